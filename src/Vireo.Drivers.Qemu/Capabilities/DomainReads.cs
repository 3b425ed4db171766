using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Cpu.Map;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Definition;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Start;
using Vireo.Host.Processes;
using Vireo.Hypervisor.Machines;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Cpu;
using SecurityLabel = Vireo.Driver.SecurityLabel;

namespace Vireo.Drivers.Qemu.Capabilities;

/// <summary>What a guest is: from its snapshot and from /proc, never from QEMU.</summary>
sealed class DomainReads(QemuConnection connection) : IDomainInfo, IDomainSecurity, IDomainSecurityList
{
    const DomainXmlFlags KnownXml = DomainXmlFlags.Secure | DomainXmlFlags.Inactive | DomainXmlFlags.UpdateCpu | DomainXmlFlags.Migratable;
    internal const ulong NanosecondsPerTick = 10_000_000;

    MachineSnapshot Get(DomainRef domain) => connection.Get(domain).Snapshot;

    public ValueTask<string> GetXmlAsync(DomainRef domain, DomainXmlFlags flags, CancellationToken cancel) => GetXmlForAsync(domain, flags, null, cancel);

    /// <summary>A definition as other hosts and older releases want to see it, for the map of who will read it; null: nobody knows who.</summary>
    internal ValueTask<string> GetMigratableXmlAsync(DomainRef domain, CpuMap? peer, CancellationToken cancel) =>
        GetXmlForAsync(domain, DomainXmlFlags.Migratable | DomainXmlFlags.Secure, peer, cancel);

    async ValueTask<string> GetXmlForAsync(DomainRef domain, DomainXmlFlags flags, CpuMap? peer, CancellationToken cancel)
    {
        flags.Only(KnownXml, "qemuDomainGetXMLDesc");
        var machine = connection.Get(domain);
        var now = machine.Snapshot;
        bool inactive = flags.HasFlag(DomainXmlFlags.Inactive) || !now.IsActive;
        var def = (inactive ? now.Persistent ?? now.Live : now.Live) ?? throw MachineErrors.NoUuid(ErrorDomain.Qemu, domain.Uuid, domain.Name);
        bool migratable = flags.HasFlag(DomainXmlFlags.Migratable);
        var format = inactive || migratable ? DomainFormat.Inactive : DomainFormat.None;
        if (migratable || flags.HasFlag(DomainXmlFlags.Secure)) format |= DomainFormat.Secure;
        var live = machine.Live;
        bool update = inactive && flags.HasFlag(DomainXmlFlags.UpdateCpu) && def.Cpu is not null, transient = inactive && ReferenceEquals(def, now.Live);
        if (transient && !migratable && !update)
        {
            def = ShownDefinition.OfTransient(def);
            format &= ~DomainFormat.Inactive;
        }
        else if (transient && !migratable)
            def = RunOnly.StripNames(ShownDefinition.WithoutRun(def, now.Persistent, live?.Places.ChannelFolder));
        else if (format.HasFlag(DomainFormat.Inactive) && ReferenceEquals(def, now.Live))
            def = RunOnly.Strip(ShownDefinition.WithoutRun(def, now.Persistent, live?.Places.ChannelFolder), live?.Written);
        if (!inactive && now.BalloonKiB > 0) def = def with { CurrentMemory = new MemorySize(now.BalloonKiB) };
        if (update)
            def = def with { Cpu = HostCpu.Update(def, await connection.Keeper.FactsForAsync(def, cancel).ConfigureAwait(false), connection.Keeper.CpuMap.X86) };
        if (migratable)
        {
            var (cpu, asked) = inactive && !transient ? (def.Cpu, null) : connection.Keeper.Contracts.For(def.Cpu, live, peer);
            def = ShownDefinition.Migratable(def with { Cpu = cpu }, asked, connection.Keeper.CpuMap.X86.Map);
        }
        return def.ToXml(format);
    }

    public ValueTask<DomainInfo> GetInfoAsync(DomainRef domain, CancellationToken cancel)
    {
        var now = Get(domain);
        var def = now.Def!;
        ulong most = def.Memory?.KiB ?? 0;
        ulong current = now.IsActive && now.BalloonKiB > 0 ? now.BalloonKiB : def.CurrentMemory?.KiB ?? most;
        return new(new DomainInfo(now.State, most, current, Vcpus(def), CpuTime(now)));
    }

    internal static int Vcpus(DomainDef def) => (int)(def.Vcpu?.Current ?? def.Vcpu?.Maximum ?? 1);

    internal static int MaxVcpus(DomainDef def) => (int)(def.Vcpu?.Maximum ?? 1);

    internal static ulong CpuTime(MachineSnapshot now) =>
        now.Pid > 0 && ProcTimes.Read(now.Pid) is { } times ? (times.UserTicks + times.SystemTicks) * NanosecondsPerTick : 0;

    public ValueTask<DomainStateReason> GetStateAsync(DomainRef domain, uint flags, CancellationToken cancel) => new(Get(domain).Condition);

    public ValueTask<string> GetOsTypeAsync(DomainRef domain, CancellationToken cancel) =>
        new((Get(domain).Def!.Os.Type ?? OsType.Hvm).ToString().ToLowerInvariant());

    public ValueTask<ulong> GetMaxMemoryAsync(DomainRef domain, CancellationToken cancel) => new(Get(domain).Def!.Memory?.KiB ?? 0);

    public ValueTask<DomainControlInfo> GetControlInfoAsync(DomainRef domain, uint flags, CancellationToken cancel)
    {
        var machine = connection.Get(domain);
        var now = machine.Snapshot;
        if (machine.Live is not { } live) throw MachineErrors.NotRunning();
        if (live.Monitor.Ended.IsCompleted)
            return new(new DomainControlInfo(DomainControlState.Error, DomainControlErrorReason.Monitor, 0));
        if (live.Monitor.Waiting is not null)
        {
            var since = now.Job?.Since ?? connection.Keeper.Time.GetUtcNow();
            ulong for_ = (ulong)Math.Max(0, (connection.Keeper.Time.GetUtcNow() - since).TotalMilliseconds);
            return new(new DomainControlInfo(DomainControlState.Occupied, DomainControlErrorReason.None, for_));
        }
        return new(new DomainControlInfo(now.LongJob is null ? DomainControlState.Ok : DomainControlState.Job, DomainControlErrorReason.None, 0));
    }

    public ValueTask<bool> IsActiveAsync(DomainRef domain, CancellationToken cancel) => new(Get(domain).IsActive);

    public ValueTask<bool> IsPersistentAsync(DomainRef domain, CancellationToken cancel) => new(Get(domain).IsPersistent);

    public ValueTask<bool> IsUpdatedAsync(DomainRef domain, CancellationToken cancel) => new(Get(domain).IsUpdated);

    public ValueTask<SecurityLabel> GetSecurityLabelAsync(DomainRef domain, CancellationToken cancel) =>
        new(Get(domain) is { IsActive: true, Live: { } live } now ? LabelOf(connection.Keeper.Node.SecurityModels[0].Model, live, now.Pid) : new SecurityLabel("", false));

    public ValueTask<SecurityLabel[]> GetSecurityLabelsAsync(DomainRef domain, CancellationToken cancel)
    {
        return new(Get(domain) is { IsActive: true, Live: { } live } now
            ? [.. connection.Keeper.Node.SecurityModels.Select(m => LabelOf(m.Model, live, now.Pid))]
            : Array.Empty<SecurityLabel>());
    }

    SecurityLabel LabelOf(string model, DomainDef live, int pid) => connection.Keeper.Security.Confinement is { } confinement && confinement.Model == model
        ? confinement.LabelOf(live, pid) : new SecurityLabel(live.SecurityLabels.FirstOrDefault(l => l.Model == model)?.Label ?? "", false);
}
