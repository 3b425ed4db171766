using System.Net;
using System.Net.Sockets;
using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Model.Domain.Devices;

namespace Vireo.Model.Domain.Defaults;

/// <summary>Network cards: models by their usual spelling, options that only one model has, what means nothing.</summary>
static class InterfaceNormals
{
    public static DomainDef Apply(DomainDef machine, GeneralContext context) => machine with
    {
        Devices = machine.Devices with { Interfaces = machine.Devices.Interfaces.Map(card => Complete(card, context)) },
    };

    static Interface Complete(Interface card, GeneralContext context)
    {
        string? model = card.Model is { } word ? CardModels.Find(word) ?? word : null;
        bool virtio = model?.StartsWith("virtio", StringComparison.Ordinal) is true;
        InterfaceDriver? driver = Complete(card.Driver, virtio, card.Source is InterfaceSource.OfHostdev);
        InterfaceBackend? backend = virtio || card.Backend is null ? card.Backend : card.Backend with { Vhost = null };
        return card with
        {
            // Of a card of the host that is not to be detached nothing is said, and no other card is.
            Managed = card.Managed is true && card.Source is InterfaceSource.OfHostdev ? true : null,
            Model = model,
            Driver = driver,
            Ips = card.Ips.Map(Complete),
            Backend = backend == new InterfaceBackend() ? null : backend,
            CoalesceRxFrames = card.CoalesceRxFrames is 0 ? null : card.CoalesceRxFrames,
            Source = card.Source switch
            {
                InterfaceSource.OfDirect { Mode: null } direct => direct with { Mode = DirectMode.Vepa },
                InterfaceSource.OfEthernet { Ips.IsEmpty: false } wire => wire with { Ips = wire.Ips.Map(Complete) },
                InterfaceSource.OfNetwork { PortId: not null } network when !context.Status => network with { PortId = null },
                _ => card.Source,
            },
        };
    }

    // A card of the host says what lends it, and nothing of how the host's side works.
    static InterfaceDriver? Complete(InterfaceDriver? driver, bool virtio, bool lent)
    {
        if (driver?.Name is { } name && (lent ? name is InterfaceDriverName.Qemu or InterfaceDriverName.Vhost : virtio && name is not (InterfaceDriverName.Qemu or InterfaceDriverName.Vhost)))
            throw new VireoException(ErrorCode.XmlError, ErrorDomain.Xml, $"Invalid value for attribute 'name' in element 'driver': '{name.ToXml()}'.");
        if (driver is null || virtio && !lent)
            return driver?.Queues is 0 or 1 ? driver with { Queues = null } : driver;
        // What only virtio cards can have is kept for the rules to refuse.
        var kept = new InterfaceDriver { Name = lent ? driver.Name : null, Iommu = driver.Iommu, Ats = driver.Ats, Packed = driver.Packed, PagePerVq = driver.PagePerVq };
        return kept == new InterfaceDriver() ? null : kept;
    }

    // The address says the family where nobody does, in the shortest form that it has.
    static InterfaceIp Complete(InterfaceIp ip)
    {
        AddressFamily? wanted = ip.Family switch { "ipv4" => AddressFamily.InterNetwork, "ipv6" => AddressFamily.InterNetworkV6, _ => null };
        if (!IPAddress.TryParse(ip.Address, out IPAddress? address) || (wanted ?? address.AddressFamily) != address.AddressFamily)
            throw Wrong($"Invalid address '{ip.Address}' in <ip>");
        bool four = address.AddressFamily is AddressFamily.InterNetwork;
        if (ip.Prefix > (four ? 32u : 128u))
            throw Wrong($"Invalid prefix value '{ip.Prefix}' in <ip>");
        IPAddress? peer = null;
        if (ip.Peer is not null && (!IPAddress.TryParse(ip.Peer, out peer) || peer.AddressFamily != address.AddressFamily))
            throw VireoException.InvalidArgument(ErrorDomain.Domain, $"Invalid peer '{ip.Peer}' in <ip>");
        return ip with
        {
            Address = address.ToString(),
            Family = four ? "ipv4" : "ipv6",
            Prefix = ip.Prefix is 0 ? null : ip.Prefix,
            Peer = peer?.ToString(),
        };
    }

    static VireoException Wrong(string text) => new(ErrorCode.XmlError, ErrorDomain.Domain, text);
}
