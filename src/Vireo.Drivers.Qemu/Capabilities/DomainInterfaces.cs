using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Start.HostDevices;
using Vireo.Host.Network;
using Vireo.Hypervisor.Machines;
using Vireo.Hypervisor.Switches;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Capabilities;

/// <summary>Network cards in numbers, seen from the guest: what the kernel counts of their taps, and Open vSwitch of what programs serve.</summary>
sealed class DomainInterfaces(QemuConnection connection) : IDomainInterfaceStatistics
{
    public async ValueTask<InterfaceStatistics> GetInterfaceStatisticsAsync(DomainRef domain, string device, CancellationToken cancel)
    {
        var now = connection.Get(domain).Snapshot;
        if (now.Live is not { } def) throw MachineErrors.NotRunning();
        var card = def.Devices.Interfaces.FirstOrDefault(i => i.Target?.Device == device || i.Mac?.Address.ToString() == device)
            ?? throw VireoException.InvalidArgument(ErrorDomain.Qemu, $"'{device}' is not a known interface");
        if (card.Source is InterfaceSource.OfHostdev)
            return Of(FunctionCards.OfHost(connection.Keeper.Host).TrafficOf(card));
        if (card.Target?.Device is not { } name) throw VireoException.Internal(ErrorDomain.None, "Interface name not provided");
        return await ReadAsync(connection.Keeper, card, name, cancel).ConfigureAwait(false) ?? throw VireoException.Internal(ErrorDomain.Qemu, "/proc/net/dev: Interface not found");
    }

    // Errors are not among what cards count of functions.
    static InterfaceStatistics Of(FunctionTraffic? counted) => counted is not { } n
        ? throw VireoException.Internal(ErrorDomain.None, "the card counts nothing of its virtual functions")
        : new InterfaceStatistics(n.ReceivedBytes, n.ReceivedPackets, -1, n.ReceiveDrops, n.SentBytes, n.SentPackets, -1, n.SendDrops);

    static async ValueTask<InterfaceStatistics?> ReadAsync(QemuKeeper keeper, Interface card, string name, CancellationToken cancel)
    {
        if (card.Source is not InterfaceSource.OfVhostUser)
            return Read(name, isGuests: card.Source is InterfaceSource.OfDirect);
        PortTraffic n = await keeper.Switch.StatisticsAsync(name, cancel).ConfigureAwait(false);
        return new InterfaceStatistics(
            n.ReceivedBytes, n.ReceivedPackets, n.ReceivedErrors, n.ReceivedDrops, n.SentBytes, n.SentPackets, n.SentErrors, n.SentDrops);
    }

    /// <summary>What a card with a name has moved; null: nobody can tell.</summary>
    internal static async ValueTask<InterfaceStatistics?> FindAsync(QemuKeeper keeper, Interface card, CancellationToken cancel)
    {
        try
        {
            return await ReadAsync(keeper, card, card.Target!.Device!, cancel).ConfigureAwait(false);
        }
        catch (VireoException)
        {
            return null;
        }
    }

    static InterfaceStatistics? Read(string name, bool isGuests) => Find(File.ReadLines("/proc/net/dev"), name, isGuests);

    /// <summary>What the kernel's list of devices says of one: what the host's end of a tap sends, the guest receives.</summary>
    /// <param name="devices">The lines of /proc/net/dev.</param>
    /// <param name="name">The device.</param>
    /// <param name="isGuests">It is the guest's own end: a device on top of a card.</param>
    internal static InterfaceStatistics? Find(IEnumerable<string> devices, string name, bool isGuests)
    {
        foreach (string line in devices)
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0 || line[..colon].Trim() != name) continue;
            long[] n = [.. line[(colon + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(long.Parse)];
            if (n.Length < 12)
                return null;
            return isGuests ? new InterfaceStatistics(n[0], n[1], n[2], n[3], n[8], n[9], n[10], n[11]) : new InterfaceStatistics(n[8], n[9], n[10], n[11], n[0], n[1], n[2], n[3]);
        }
        return null;
    }
}
