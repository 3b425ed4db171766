using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Test.Host;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Test.Domains;

/// <summary>Memory, vCPUs, saved state and names, which guests take as they come.</summary>
sealed class DomainTuning(TestHost host) : ReadsUnderGate(host), IDomainMemory, IDomainVcpus, IDomainVcpuChanges, IDomainManagedSave, IDomainManagedSaveImage, IDomainRename
{
    public ValueTask SetMemoryAsync(DomainRef domain, ulong memory, CancellationToken cancel) =>
        SetMemoryAsync(domain, memory, DomainMemoryFlags.Live, cancel);

    public ValueTask SetMaxMemoryAsync(DomainRef domain, ulong memory, CancellationToken cancel) =>
        SetMemoryAsync(domain, memory, DomainMemoryFlags.Maximum, cancel);

    public ValueTask SetMemoryAsync(DomainRef domain, ulong memory, DomainMemoryFlags flags, CancellationToken cancel)
    {
        flags.Only(DomainMemoryFlags.Live | DomainMemoryFlags.Config | DomainMemoryFlags.Maximum, "testDomainSetMemoryFlags");
        return Change(known =>
        {
            TestDomain found = flags.HasFlag(DomainMemoryFlags.Live) ? known.GetRunning(domain) : known.Get(domain);
            var size = new MemorySize(memory);
            var impact = (DomainModificationImpact)(flags & (DomainMemoryFlags.Live | DomainMemoryFlags.Config));
            if (flags.HasFlag(DomainMemoryFlags.Maximum))
            {
                if (found.IsActive && !impact.HasFlag(DomainModificationImpact.Config))
                    throw VireoException.OperationInvalid(ErrorDomain.Test, "cannot resize the maximum memory on an active domain");
                found.Edit(def => def with { Memory = size, CurrentMemory = def.CurrentMemory is { } now && now.KiB > memory ? size : def.CurrentMemory }, impact);
                return;
            }
            if (memory > (found.Def.Memory?.KiB ?? 0))
                throw VireoException.InvalidArgument(ErrorDomain.Test, "cannot set memory higher than max memory");
            found.Edit(def => def with { CurrentMemory = size }, impact);
        });
    }

    public ValueTask SetMemoryStatisticsPeriodAsync(DomainRef domain, int period, DomainMemoryFlags flags, CancellationToken cancel)
    {
        flags.Only(DomainMemoryFlags.Live | DomainMemoryFlags.Config, "testDomainSetMemoryStatsPeriod");
        TestErrors.NotBoth(flags.HasFlag(DomainMemoryFlags.Live), flags.HasFlag(DomainMemoryFlags.Config), "virDomainSetMemoryStatsPeriod");
        return Change(known =>
        {
            TestDomain found = flags.HasFlag(DomainMemoryFlags.Live) ? known.GetRunning(domain) : known.Get(domain);
            if (found.Def.Devices.MemoryBalloon is null)
                throw VireoException.Internal(ErrorDomain.Test, "No memory balloon device configured, can not set the collection period");
            found.Edit(def => def with
            {
                Devices = def.Devices with { MemoryBalloon = def.Devices.MemoryBalloon is { } balloon ? balloon with { StatsPeriod = period is 0 ? null : period } : null },
            }, (DomainModificationImpact)flags);
        });
    }

    public ValueTask<int> GetMaxVcpusAsync(DomainRef domain, CancellationToken cancel) =>
        GetVcpuCountAsync(domain, DomainVcpuFlags.Live | DomainVcpuFlags.Maximum, cancel);

    public ValueTask<int> GetVcpuCountAsync(DomainRef domain, DomainVcpuFlags flags, CancellationToken cancel)
    {
        TestErrors.NotBoth(flags.HasFlag(DomainVcpuFlags.Live), flags.HasFlag(DomainVcpuFlags.Config), "virDomainGetVcpusFlags");
        flags.Only(DomainVcpuFlags.Live | DomainVcpuFlags.Config | DomainVcpuFlags.Maximum, "testDomainGetVcpusFlags");
        return Read(known =>
        {
            TestDomain found = flags.HasFlag(DomainVcpuFlags.Live) ? known.GetRunning(domain) : known.Get(domain);
            VcpuCount? vcpu = (flags.HasFlag(DomainVcpuFlags.Config) ? found.Next ?? found.Def : found.Def).Vcpu;
            return (int)((flags.HasFlag(DomainVcpuFlags.Maximum) ? null : vcpu?.Current) ?? vcpu?.Maximum ?? 1);
        });
    }

    public ValueTask<DomainVcpus> GetVcpusAsync(DomainRef domain, int maxInfo, int mapLength, CancellationToken cancel) => Read(known =>
    {
        CpuMapBounds.Check(maxInfo, mapLength, "virDomainGetVcpus");
        TestDomain found = known.GetRunning(domain);
        int count = Math.Clamp(found.Vcpus, 0, maxInfo);
        var vcpus = new VcpuInfo[count];
        for (uint at = 0; at < count; at++)
            vcpus[at] = new(at, VcpuState.Running, known.CpuTime / 10_000, known.Node.Cpus - 1);
        byte[] map = new byte[mapLength];
        for (int cpu = 0; cpu < known.Node.Cpus && cpu / 8 < mapLength; cpu++)
            map[cpu / 8] |= (byte)(1 << (cpu % 8));
        return new DomainVcpus(vcpus, [.. Enumerable.Repeat(map, count).SelectMany(one => one)]);
    });

    public ValueTask SetVcpuCountAsync(DomainRef domain, uint count, DomainVcpuFlags flags, CancellationToken cancel)
    {
        flags.Only(DomainVcpuFlags.Live | DomainVcpuFlags.Config | DomainVcpuFlags.Maximum, "testDomainSetVcpusFlags");
        if (count > ushort.MaxValue)
            throw new VireoException(ErrorCode.Overflow, ErrorDomain.Domain, $"input too large: {count}");
        return Change(known =>
        {
            TestDomain found = flags.HasFlag(DomainVcpuFlags.Live) ? known.GetRunning(domain) : known.Get(domain);
            uint most = found.Def.Vcpu?.Maximum ?? 1;
            if (!flags.HasFlag(DomainVcpuFlags.Maximum) && count > most)
                throw VireoException.InvalidArgument(ErrorDomain.Test, $"requested cpu amount exceeds maximum ({count} > {most})");
            found.Edit(def => def with
            {
                Vcpu = flags.HasFlag(DomainVcpuFlags.Maximum)
                    ? (def.Vcpu ?? new()) with { Maximum = count, Current = def.Vcpu?.Current is { } now && now < count ? now : null }
                    : (def.Vcpu ?? new()) with { Current = count == most ? null : count },
            }, (DomainModificationImpact)(flags & (DomainVcpuFlags.Live | DomainVcpuFlags.Config)));
        });
    }

    public ValueTask<bool> HasManagedSaveAsync(DomainRef domain, uint flags, CancellationToken cancel)
    {
        flags.None("testDomainHasManagedSaveImage");
        return Read(known => known.Get(domain).ManagedSave);
    }

    public ValueTask ManagedSaveAsync(DomainRef domain, DomainSaveRestoreFlags flags, CancellationToken cancel)
    {
        flags.Only(DomainSaveRestoreFlags.BypassCache | DomainSaveRestoreFlags.Running | DomainSaveRestoreFlags.Paused, "testDomainManagedSave");
        return Change(known =>
        {
            TestDomain found = known.GetRunning(domain);
            if (!found.Persistent)
                throw VireoException.OperationInvalid(ErrorDomain.Test, "cannot do managed save for transient domain");
            found.Stop(known, DomainShutoffReason.Saved);
            found.ManagedSave = true;
            found.Tell(known, DomainEventType.Stopped, (int)DomainEventStoppedDetail.Saved);
        });
    }

    public ValueTask RemoveManagedSaveAsync(DomainRef domain, uint flags, CancellationToken cancel)
    {
        flags.None("testDomainManagedSaveRemove");
        return Change(known => known.Get(domain).ManagedSave = false);
    }

    public ValueTask<int> RenameAsync(DomainRef domain, string? name, uint flags, CancellationToken cancel)
    {
        flags.None("testDomainRename");
        return Read(known =>
        {
            TestDomain found = known.Get(domain);
            if (string.IsNullOrEmpty(name))
                throw VireoException.InvalidArgument(ErrorDomain.Test, "name must not be empty");
            if (found.IsActive)
                throw VireoException.OperationInvalid(ErrorDomain.Test, "cannot rename active domain");
            if (known.Domains.Exists(other => other.Name == name))
                throw VireoException.OperationInvalid(ErrorDomain.Test, $"domain with name '{name}' already exists");
            found.Tell(known, DomainEventType.Undefined, (int)DomainEventUndefinedDetail.Renamed);
            found.Def = found.Def with { Name = name };
            found.Tell(known, DomainEventType.Defined, (int)DomainEventDefinedDetail.Renamed);
            return 0;
        });
    }
}
