using Vireo.Drivers.Qemu.Definition.Platforms;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Definition.Defaults;

/// <summary>Network cards: address, model, and who they are to their switch.</summary>
static class InterfaceDefaults
{
    public static DomainDef Apply(DomainDef machine, DefinitionContext context)
    {
        string model = DefaultModel(Platform.Of(machine, context.Facts), context);
        return machine with
        {
            Devices = machine.Devices with
            {
                Interfaces = machine.Devices.Interfaces.Map(card => card with
                {
                    Mac = card.Mac ?? new InterfaceMac { Address = context.NewMac() },
                    VirtualPort = card.VirtualPort?.Identified(context.NewUuid),
                    Model = card.Model ?? (card.Source is InterfaceSource.OfHostdev ? null : model),
                }),
            },
        };
    }

    static string DefaultModel(Platform platform, DefinitionContext context)
    {
        if (platform.NetworkModel is { } usual)
            return usual;
        foreach (string model in (ReadOnlySpan<string>)["rtl8139", "e1000"])
            if (context.Facts.Has(model))
                return model;
        return context.Facts.Has("virtio-net") ? "virtio" : "rtl8139";
    }
}
