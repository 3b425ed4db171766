using System.Collections.Immutable;
using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Devices;

/// <summary>Network cards and what they are connected to.</summary>
sealed class InterfacePlanner : IDevicePlanner<Interface>
{
    public DevicePlan Plan(Interface card, PlanContext at)
    {
        if (card.Source is InterfaceSource.OfHostdev)
            return DevicePlan.Nothing;                   // planned among the host's devices
        string host = $"host{card.Alias}";
        NetworkParts backend = NetworkBackend.Plan(card, host, at);
        return new DevicePlan { Host = backend.Host, Backends = backend.Parts, Frontends = [IsOfBoard(card, at) ? OfBoard(card, host) : Front(card, host, at)] };
    }

    // Arm's boards have cards of their own, which cannot be made: QEMU is told what they are connected to.
    static bool IsOfBoard(Interface card, PlanContext at) =>
        at.MachineType.Arch is "aarch64" or "armv7l" or "armv6l" && card.Address is not (DeviceAddress.Pci or DeviceAddress.VirtioMmio);

    static QemuOption OfBoard(Interface card, string host) =>
        new("net", $"nic,macaddr={card.Mac?.Address},netdev={host},model={card.Model},id={card.Alias}");

    static QemuDevice Front(Interface card, string host, PlanContext at)
    {
        VirtioModel model = card.Model switch
        {
            "virtio-transitional" => VirtioModel.Transitional,
            "virtio-non-transitional" => VirtioModel.NonTransitional,
            _ => VirtioModel.Plain,
        };
        bool virtio = IsVirtio(card);
        InterfaceDriver? driver = virtio ? card.Driver : null;
        uint queues = driver?.Queues ?? 1;
        return new QemuDevice(virtio ? at.Virtio("virtio-net", card, model) : card.Model ?? "rtl8139")
        {
            at.VirtioOptions(driver, model),
            { "tx", driver?.TxMode switch { TxMode.Iothread => "bh", TxMode.Timer => "timer", _ => null } },
            { "ioeventfd", driver?.IoEventFd },
            { "event_idx", driver?.EventIdx },
            Offloads(driver),
            { "mq", queues > 1 ? true : null },
            { "vectors", queues > 1 && card.Address is not DeviceAddress.Ccw ? 2 * queues + 2 : null },
            { "rx_queue_size", driver?.RxQueueSize },
            { "tx_queue_size", driver?.TxQueueSize },
            { "rss", driver?.Rss },
            { "hash", driver?.RssHashReport },
            { "host_mtu", virtio ? card.Mtu : null },
            { "failover", virtio && card.Teaming?.Type is TeamingKind.Persistent ? true : null },
            { "netdev", host },
            { "id", card.Alias },
            { "mac", card.Mac?.Address.ToString() },
            { "bootindex", at.BootIndex(card) },
            at.Address(card),
            HostdevPlanner.Rom(card.Rom),
        };
    }

    /// <summary>The card is a virtio one.</summary>
    internal static bool IsVirtio(Interface card) =>
        card.Model is "virtio" or "virtio-transitional" or "virtio-non-transitional";

    static QemuProperties Offloads(InterfaceDriver? driver) => new()
    {
        { "csum", driver?.Host?.Csum },
        { "gso", driver?.Host?.Gso },
        { "host_tso4", driver?.Host?.Tso4 },
        { "host_tso6", driver?.Host?.Tso6 },
        { "host_ecn", driver?.Host?.Ecn },
        { "host_ufo", driver?.Host?.Ufo },
        { "mrg_rxbuf", driver?.Host?.MergeRxBuffers },
        { "guest_csum", driver?.Guest?.Csum },
        { "guest_tso4", driver?.Guest?.Tso4 },
        { "guest_tso6", driver?.Guest?.Tso6 },
        { "guest_ecn", driver?.Guest?.Ecn },
        { "guest_ufo", driver?.Guest?.Ufo },
    };
}
