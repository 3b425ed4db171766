using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Hypervisor.Machines;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Capabilities;

/// <summary>Network cards in numbers: what the kernel counts of their taps, seen from the guest.</summary>
sealed class DomainInterfaces(QemuConnection connection) : IDomainInterfaceStatistics
{
    public ValueTask<InterfaceStatistics> GetInterfaceStatisticsAsync(DomainRef domain, string device, CancellationToken cancel)
    {
        var now = connection.Get(domain).Snapshot;
        if (now.Live is not { } def) throw MachineErrors.NotRunning();
        var card = def.Devices.Interfaces.FirstOrDefault(i => i.Target?.Device == device || i.Mac?.Address.ToString() == device)
            ?? throw VireoException.InvalidArgument(ErrorDomain.Qemu, $"'{device}' is not a known interface");
        if (card.Target?.Device is not { } name) throw VireoException.Internal(ErrorDomain.None, "Interface name not provided");
        return new(Read(name) ?? throw VireoException.Internal(ErrorDomain.Qemu, "/proc/net/dev: Interface not found"));
    }

    internal static InterfaceStatistics? Read(string name)
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
