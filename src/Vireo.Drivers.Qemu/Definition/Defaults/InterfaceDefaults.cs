using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Definition.Defaults;

/// <summary>Network cards: address and model.</summary>
static class InterfaceDefaults
{
    public static DomainDef Apply(DomainDef machine, DefinitionContext context)
    {
        string model = DefaultModel(MachineType.OfDefinition(machine), context);
        return machine with
        {
            Devices = machine.Devices with
            {
                Interfaces = machine.Devices.Interfaces.Map(card => card with
                {
                    Mac = card.Mac ?? new InterfaceMac { Address = context.NewMac() },
                    Model = card.Model ?? (card.Source is InterfaceSource.OfHostdev ? null : model),
                    Source = card.Source is InterfaceSource.OfDirect { Mode: null } direct ? direct with { Mode = DirectMode.Vepa } : card.Source,
                }),
            },
        };
    }

    static string DefaultModel(MachineType type, DefinitionContext context)
    {
        if (type.IsS390Ccw || type.IsVirt)
            return "virtio";
        foreach (string model in (ReadOnlySpan<string>)["rtl8139", "e1000"])
            if (context.Facts.Has(model))
                return model;
        return context.Facts.Has("virtio-net") ? "virtio" : "rtl8139";
    }
}
