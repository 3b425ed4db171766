using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Machine;
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
        if (card.Target?.Device is not { } name) throw VireoException.Internal(ErrorDomain.None, "Interface name not provided");
        return await ReadAsync(connection.Keeper, card, name, cancel).ConfigureAwait(false) ?? throw VireoException.Internal(ErrorDomain.Qemu, "/proc/net/dev: Interface not found");
    }

    static async ValueTask<InterfaceStatistics?> ReadAsync(QemuKeeper keeper, Interface card, string name, CancellationToken cancel)
    {
        if (card.Source is not InterfaceSource.OfVhostUser)
            return Read(name);
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

    static InterfaceStatistics? Read(string name)
    {
        foreach (string line in File.ReadLines("/proc/net/dev"))
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0 || line[..colon].Trim() != name) continue;
            long[] n = [.. line[(colon + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(long.Parse)];
            // What the host's side sends, the guest receives.
            return n.Length < 12 ? null : new InterfaceStatistics(n[8], n[9], n[10], n[11], n[0], n[1], n[2], n[3]);
        }
        return null;
    }
}
