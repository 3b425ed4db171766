using System.Collections.Immutable;
using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Model.Domain.Devices;
using Vireo.Model.Shared;

namespace Vireo.Drivers.Qemu.Devices;

/// <summary>A card's host end: what the host opens, and QEMU's arguments for it.</summary>
sealed record NetworkParts(ImmutableArray<HostStep> Host, ImmutableArray<QemuPart> Parts);

/// <summary>-netdev for every kind of connection.</summary>
static class NetworkBackend
{
    public static NetworkParts Plan(Interface card, string id, PlanContext at)
    {
        if (card.Source is InterfaceSource.OfVhostUser socket)
            return VhostUser(card, socket, id);
        if (card.Source is InterfaceSource.OfVdpa vdpa)
            return Vdpa(card, vdpa, id, at);
        if (card is { Source: InterfaceSource.OfUser, Backend.Type: "passt" })
            return Passt(card, id, at);
        QemuNetdev netdev = card.Source switch
        {
            InterfaceSource.OfServer server => Socket("listen", $"{server.Address}:{server.Port}"),
            InterfaceSource.OfClient client => Socket("connect", $"{client.Address}:{client.Port}"),
            InterfaceSource.OfMcast group => Socket("mcast", $"{group.Address}:{group.Port}"),
            InterfaceSource.OfUdp udp => new QemuNetdev("socket")
            {
                { "udp", $"{udp.Address}:{udp.Port}" },
                { "localaddr", $"{udp.LocalAddress}:{udp.LocalPort}" },
            },
            InterfaceSource.OfUser or InterfaceSource.OfInternal or InterfaceSource.OfNull => User(card),
            _ => Tap(card, at),
        };
        netdev["id"] = id;
        return new NetworkParts([], [netdev]);
    }

    // A switch in a program of its own; as a server QEMU waits for it.
    static NetworkParts VhostUser(Interface card, InterfaceSource.OfVhostUser socket, string id)
    {
        string chardev = $"char{card.Alias}";
        uint queues = card.Driver?.Queues ?? 1;
        return new NetworkParts([],
        [
            new QemuChardev("socket", chardev)
            {
                { "path", socket.Path },
                { "server", socket.Mode is ChardevMode.Bind or ChardevMode.Server ? true : null },
                { "reconnect", socket.Reconnect is { Enabled: { } enabled } again ? enabled ? again.Timeout : 0 : null },
            }.As(new ChardevSource.OfUnix
            {
                Path = socket.Path,
                Mode = socket.Mode is ChardevMode.Bind or ChardevMode.Server ? ChardevMode.Bind : ChardevMode.Connect,
                Reconnect = socket.Reconnect,
            }),
            new QemuNetdev("vhost-user") { { "chardev", chardev }, { "queues", queues > 1 ? queues : null }, { "id", id } },
        ]);
    }

    static NetworkParts Vdpa(Interface card, InterfaceSource.OfVdpa vdpa, string id, PlanContext at)
    {
        string number = at.Pass(new DescriptorStep.OpenDevice(vdpa.Device, NodeUse.Vdpa));
        int set = at.NextDescriptorSet();
        uint queues = card.Driver?.Queues ?? 1;
        return new NetworkParts([],
        [
            new QemuDescriptor(set, number, $"{card.Alias}-vdpa"),
            new QemuNetdev("vhost-vdpa") { { "vhostdev", $"/dev/fdset/{set}" }, { "queues", queues > 1 ? queues : null }, { "id", id } },
        ]);
    }

    static NetworkParts Passt(Interface card, string id, PlanContext at)
    {
        string path = at.Start.PasstSocketPath(card.Alias ?? "");
        return new NetworkParts([new HostStep.StartPasst(card, path)],
        [
            new QemuNetdev("stream")
            {
                { "addr", new QemuProperties { { "type", "unix" }, { "path", path } } },
                { "server", false },
                { "id", id },
            },
        ]);
    }

    static QemuNetdev Socket(string key, string address) => new("socket") { { key, address } };

    static QemuNetdev User(Interface card)
    {
        var netdev = new QemuNetdev("user");
        foreach (InterfaceIp ip in card.Ips)
        {
            if (ip.Address.Contains(':', StringComparison.Ordinal))
            {
                netdev["ipv6-prefix"] = ip.Address;
                netdev["ipv6-prefixlen"] = ip.Prefix;
            }
            else
                netdev["net"] = ip.Prefix is { } prefix ? $"{ip.Address}/{prefix}" : ip.Address;
        }
        return netdev;
    }

    static QemuNetdev Tap(Interface card, PlanContext at)
    {
        bool virtio = InterfacePlanner.IsVirtio(card);
        int queues = virtio ? (int)(card.Driver?.Queues ?? 1) : 1;
        bool vhost = virtio && at.Start.VhostNetUsable && card.Driver?.Name is not InterfaceDriverName.Qemu;
        // The helper that makes the taps of users' guests makes one for a card; the card keeps its queues, as with libvirt.
        if (at.Start.OfUser && card.Source is (InterfaceSource.OfBridge or InterfaceSource.OfNetwork))
            queues = 1;
        string[] taps = [.. Enumerable.Range(0, queues).Select(queue => at.Pass(TapStep(card, queue, queues, virtio)))];
        string[] kernels = vhost
            ? [.. Enumerable.Range(0, queues).Select(queue => at.Pass(new DescriptorStep.OpenVhostNet(card.Alias ?? "", queue)))]
            : [];
        return new QemuNetdev("tap")
        {
            { queues > 1 ? "fds" : "fd", string.Join(':', taps) },
            { "vhost", vhost ? true : null },
            { queues > 1 ? "vhostfds" : "vhostfd", vhost ? string.Join(':', kernels) : null },
            { "sndbuf", card.SendBuffer },
        };
    }

    static DescriptorStep TapStep(Interface card, int queue, int queues, bool virtio)
    {
        string alias = card.Alias ?? "";
        string mac = card.Mac?.Address.ToString() ?? "";
        string? name = card.Target?.Device;
        return card.Source switch
        {
            InterfaceSource.OfDirect direct => new DescriptorStep.OpenMacvtap(alias, name, direct.Device, Mode(direct.Mode), mac, queue, virtio, queues, card.Vlan),
            InterfaceSource.OfBridge bridge => new DescriptorStep.OpenTap(alias, name, bridge.Bridge, mac, queue, virtio, queues, card.Mtu, card.PortIsolated is true,
                OnSwitch: card.VirtualPort?.Type is VirtualPortType.OpenVSwitch),
            InterfaceSource.OfNetwork network => new DescriptorStep.OpenTap(alias, name, network.Bridge, mac, queue, virtio, queues, card.Mtu, card.PortIsolated is true),
            _ => new DescriptorStep.OpenTap(alias, name, null, mac, queue, virtio, queues, card.Mtu, Isolated: false, Managed: card.Target?.Managed is not false),
        };
    }

    /// <summary>The word of a mode.</summary>
    internal static string Mode(DirectMode? mode) => mode switch
    {
        DirectMode.Private => "private",
        DirectMode.Bridge => "bridge",
        DirectMode.Passthrough => "passthrough",
        _ => "vepa",
    };
}
