using System.Numerics;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Model.Rules;

/// <summary>Memory, scheduling and sound of a machine: ranges, and what excludes what.</summary>
public sealed class HostSideRules : IRules<DomainDef, DomainDef>
{
    const ulong LeastPeriod = 1000;
    const ulong LargestPeriod = 1_000_000;
    const long LargestQuota = 17592186044415;
    const ulong LeastShares = 2, LargestShares = 262144;

    /// <inheritdoc/>
    public static void Check(DomainDef element, DomainDef document, Findings found)
    {
        if (element.MemoryBacking is { HugePages: not null, Allocation: MemoryAllocation.Ondemand } backing)
            found.Unsupported(backing, "hugepages are not allowed with memory allocation ondemand");
        if (element.Features?.Kvm?.DirtyRing is { State: true, Size: var size } ring && (size is null or < 1024 or > 65536 || !BitOperations.IsPow2(size.Value)))
            found.Wrong(ring, "dirty ring must be power of 2 and ranges [1024, 65536]");
        if (element.CpuTune is { } tune)
            CheckTimes(tune, found);
        var ids = new HashSet<uint>();
        foreach (Audio audio in element.Devices.Audios)
        {
            if (!ids.Add(audio.Id))
                found.Wrong(audio, $"audio ID {audio.Id} is used multiple times");
            CheckSettings(audio, audio.Input, found);
            CheckSettings(audio, audio.Output, found);
        }
        if (element.Os.Bios?.UseSerial is true && element.Devices.Serials.IsEmpty)
            found.Wrong(element.Os, "need at least one serial port to use BIOS serial output");
        if (element.Devices.Vsock is { Cid: < 3 } vsock)
            found.Unsupported(vsock, "guest CIDs must be >= 3");
    }

    // Without a mixing engine the guest's own settings go through as they are.
    static void CheckSettings(Audio audio, AudioDirection? way, Findings found)
    {
        if (way is { FixedSettings: true, MixingEngine: not true })
            found.Unsupported(audio, "fixed audio settings requires mixing engine");
        if (way is { FixedSettings: not true, Settings: not null })
            found.Unsupported(audio, "audio settings specified without fixed settings flag");
    }

    // The kernel's ranges, of cgroup v1. 0 and less is no limit.
    static void CheckTimes(CpuTune tune, Findings found)
    {
        if (tune.Shares is > 0 and (< LeastShares or > LargestShares))
            found.Unsupported(tune, $"Value of cputune 'shares' must be in range [{LeastShares}, {LargestShares}]");
        foreach (var (period, name) in ((ulong?, string)[])
            [
                (tune.Period, "period"), (tune.GlobalPeriod, "global_period"), (tune.EmulatorPeriod, "emulator_period"), (tune.IoThreadPeriod, "iothread_period"),
            ])
            if (period is > 0 and (< LeastPeriod or > LargestPeriod))
                found.Unsupported(tune, $"Value of cputune '{name}' must be in range [{LeastPeriod}, {LargestPeriod}]");
        foreach (var (quota, name) in ((long?, string)[])
            [
                (tune.Quota, "quota"), (tune.GlobalQuota, "global_quota"), (tune.EmulatorQuota, "emulator_quota"), (tune.IoThreadQuota, "iothread_quota"),
            ])
            if (quota is > 0 and (< (long)LeastPeriod or > LargestQuota))
                found.Unsupported(tune, $"Value of cputune '{name}' must be in range [{LeastPeriod}, {LargestQuota}]");
    }
}
