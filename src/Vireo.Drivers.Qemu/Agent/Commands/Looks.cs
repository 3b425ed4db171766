using System.Globalization;
using System.Text.Json;
using Vireo.Drivers.Qemu.Monitor;

namespace Vireo.Drivers.Qemu.Agent.Commands;

/// <summary>An address of a guest's network card.</summary>
/// <param name="IsIpv6">Its kind.</param>
/// <param name="Address">The address, as the guest writes it.</param>
/// <param name="Prefix">The bits of the network.</param>
public sealed record GuestAddress(bool IsIpv6, string Address, uint Prefix);

/// <summary>A guest's network card with all its addresses.</summary>
/// <param name="Name">The guest's name for it.</param>
/// <param name="Mac">Its hardware's address; null: it has none.</param>
/// <param name="Addresses">Its addresses.</param>
public sealed record GuestInterface(string Name, string? Mac, IReadOnlyList<GuestAddress> Addresses);

/// <summary>The guest's network cards. What stands for further addresses of a card ("eth0:1") is part of the card.</summary>
public sealed record GuestNetworkGetInterfaces : IQmpCommand<IReadOnlyList<GuestInterface>>
{
    /// <inheritdoc/>
    public string Name => "guest-network-get-interfaces";

    /// <inheritdoc/>
    public IReadOnlyList<GuestInterface> Read(JsonElement reply)
    {
        var cards = new List<(string Name, string? Mac, List<GuestAddress> Addresses)>();
        foreach (var one in AgentRead.List(reply, Name))
        {
            string name = one.Text("name") ?? throw AgentRead.Malformed(Name), card = name.Split(':')[0];
            int at = cards.FindIndex(c => c.Name == card);
            if (at < 0)
            {
                at = cards.Count;
                cards.Add((card, one.Text("hardware-address"), []));
            }
            foreach (var address in one.Items("ip-addresses").Take(AgentRead.Most))
                cards[at].Addresses.Add(new GuestAddress(
                    address.Text("ip-address-type") switch { "ipv4" => false, "ipv6" => true, _ => throw AgentRead.Malformed(Name) },
                    address.Text("ip-address") ?? throw AgentRead.Malformed(Name),
                    address.Number("prefix") is { } prefix and >= 0 and <= 128 ? (uint)prefix : throw AgentRead.Malformed(Name)));
        }
        return [.. cards.Select(static c => new GuestInterface(c.Name, c.Mac, c.Addresses))];
    }
}

/// <summary>Where a disk is in the machine, as the guest sees it.</summary>
/// <param name="Bus">The kind of its bus: ide, fdc, scsi, virtio, usb, sata ...</param>
/// <param name="BusNumber">Which bus.</param>
/// <param name="Target">Which target on it.</param>
/// <param name="Unit">Which unit of the target.</param>
/// <param name="Pci">The PCI address of its controller: "0000:00:06.0".</param>
/// <param name="Serial">Its serial number; null: it has none.</param>
/// <param name="Device">The guest's path of it; null: the guest does not say.</param>
public sealed record GuestDisk(string Bus, uint BusNumber, uint Target, uint Unit, string Pci, string? Serial, string? Device);

/// <summary>A file system of a guest.</summary>
/// <param name="Name">The guest's name of the device.</param>
/// <param name="MountPoint">Where it is mounted.</param>
/// <param name="Type">Its kind: ext4, xfs, NTFS ...</param>
/// <param name="TotalBytes">Its size; null: not told.</param>
/// <param name="UsedBytes">How much of it is used; null: not told.</param>
/// <param name="Disks">The disks that it is on.</param>
public sealed record GuestFileSystem(string Name, string MountPoint, string Type, ulong? TotalBytes, ulong? UsedBytes, IReadOnlyList<GuestDisk> Disks);

/// <summary>The guest's file systems; the agent tells the last one mounted first.</summary>
public sealed record GuestGetFsInfo : IQmpCommand<IReadOnlyList<GuestFileSystem>>
{
    /// <inheritdoc/>
    public string Name => "guest-get-fsinfo";

    /// <inheritdoc/>
    public IReadOnlyList<GuestFileSystem> Read(JsonElement reply) => [.. AgentRead.List(reply, Name).Reverse().Select(f => new GuestFileSystem(
        f.Text("name") ?? throw AgentRead.Malformed(Name), f.Text("mountpoint") ?? throw AgentRead.Malformed(Name), f.Text("type") ?? throw AgentRead.Malformed(Name),
        f.Unsigned("total-bytes"), f.Unsigned("used-bytes"),
        [.. f.Member("disk") is { ValueKind: JsonValueKind.Array } disks ? disks.EnumerateArray().Take(AgentRead.Most).Select(Disk) : throw AgentRead.Malformed(Name)]))];

    internal static GuestDisk Disk(JsonElement disk)
    {
        JsonElement pci = disk.Member("pci-controller") ?? throw AgentRead.Malformed("guest-get-fsinfo");
        uint Of(JsonElement from, string name) => from.Number(name) is { } number and >= 0 and <= uint.MaxValue ? (uint)number : throw AgentRead.Malformed("guest-get-fsinfo");
        return new GuestDisk(disk.Text("bus-type") ?? throw AgentRead.Malformed("guest-get-fsinfo"), Of(disk, "bus"), Of(disk, "target"), Of(disk, "unit"),
            string.Create(CultureInfo.InvariantCulture, $"{Of(pci, "domain"):x4}:{Of(pci, "bus"):x2}:{Of(pci, "slot"):x2}.{Of(pci, "function"):x}"),
            disk.Text("serial"), disk.Text("dev"));
    }
}
