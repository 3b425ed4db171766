using Vireo.Core;
using Vireo.Model.Domain.Devices;

namespace Vireo.Model.Domain.Defaults;

/// <summary>Network cards: models by their usual spelling, options that only one model has, what means nothing.</summary>
static class InterfaceNormals
{
    static readonly string[] Models =
    [
        "netfront", "rtl8139", "virtio", "e1000", "e1000e", "virtio-transitional", "virtio-non-transitional", "usb-net", "spapr-vlan", "lan9118",
        "smc91c111", "vlance", "vmxnet", "vmxnet2", "vmxnet3", "Am79C970A", "Am79C973", "82540EM", "82545EM", "82543GC",
    ];

    public static DomainDef Apply(DomainDef machine, GeneralContext context) => machine with
    {
        Devices = machine.Devices with { Interfaces = machine.Devices.Interfaces.Map(card => Complete(card, context)) },
    };

    static Interface Complete(Interface card, GeneralContext context)
    {
        string? model = card.Model is { } word ? Array.Find(Models, m => m.Equals(word, StringComparison.OrdinalIgnoreCase)) ?? word : null;
        bool virtio = model?.StartsWith("virtio", StringComparison.Ordinal) is true;
        InterfaceDriver? driver = card.Driver;
        if (driver?.Queues is 0 or 1)
            driver = driver with { Queues = null };
        if (!virtio && card.Source is not InterfaceSource.OfHostdev)
            driver = null;
        InterfaceBackend? backend = virtio || card.Backend is null ? card.Backend : card.Backend with { Vhost = null };
        return card with
        {
            Model = model,
            Driver = driver,
            Backend = backend == new InterfaceBackend() ? null : backend,
            CoalesceRxFrames = card.CoalesceRxFrames is 0 ? null : card.CoalesceRxFrames,
            Source = card.Source switch
            {
                InterfaceSource.OfDirect { Mode: null } direct => direct with { Mode = DirectMode.Vepa },
                InterfaceSource.OfNetwork { PortId: not null } network when !context.Status => network with { PortId = null },
                _ => card.Source,
            },
        };
    }
}
