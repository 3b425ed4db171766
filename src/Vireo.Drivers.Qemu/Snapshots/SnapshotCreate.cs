using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Core.Xml;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Drivers.Qemu.Save;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;
using Vireo.Model.Snapshot;

namespace Vireo.Drivers.Qemu.Snapshots;

/// <summary>Makes a snapshot, or tells one again.</summary>
static class SnapshotCreate
{
    internal const SnapshotCreateFlags Known = SnapshotCreateFlags.Redefine | SnapshotCreateFlags.Current | SnapshotCreateFlags.NoMetadata | SnapshotCreateFlags.Halt
        | SnapshotCreateFlags.DiskOnly | SnapshotCreateFlags.ReuseExt | SnapshotCreateFlags.Quiesce | SnapshotCreateFlags.Atomic | SnapshotCreateFlags.Live | SnapshotCreateFlags.Validate;

    internal static async ValueTask<string> RunAsync(SnapshotWork work, string xml, SnapshotCreateFlags flags, Func<ValueTask<string>> liveXml)
    {
        bool again = flags.HasFlag(SnapshotCreateFlags.Redefine), diskOnly = flags.HasFlag(SnapshotCreateFlags.DiskOnly), active = work.IsActive;
        if (!work.Machine.Snapshot.IsPersistent && flags.HasFlag(SnapshotCreateFlags.Halt))
            throw QemuErrors.Invalid("cannot halt after transient domain snapshot");
        if (flags.HasFlag(SnapshotCreateFlags.Validate))
            Model.Documents.DocumentKinds.Snapshot.Validate(xml);
        SnapshotParse how = again ? SnapshotParse.Redefine : diskOnly || !active ? SnapshotParse.Offline : SnapshotParse.None;
        SnapshotDef def = SnapshotDef.Define(xml, how, again ? null : work.Keeper.Time.GetUtcNow().ToUnixTimeSeconds());
        CheckName(def.Name!, flags);
        if (flags.HasFlag(SnapshotCreateFlags.Live) && (!active || def.Memory?.Location is not SnapshotLocation.External))
            throw SnapshotErrors.Operation("live snapshot creation is supported only during full system snapshots");
        return again ? await RedefineAsync(work, def, flags).ConfigureAwait(false) : await TakeAsync(work, def, flags, liveXml).ConfigureAwait(false);
    }

    // The name becomes a file's.
    static void CheckName(string name, SnapshotCreateFlags flags)
    {
        if (flags.HasFlag(SnapshotCreateFlags.NoMetadata))
            return;
        if (name.Contains('/', StringComparison.Ordinal))
            throw Named($"invalid snapshot name '{name}': name can't contain '/'");
        if (name.StartsWith('.'))
            throw Named($"invalid snapshot name '{name}': name can't start with '.'");
    }

    static VireoException Named(string text) => new(new VirError(ErrorCode.XmlDetail, ErrorDomain.DomainSnapshot, text));

    static async ValueTask<string> TakeAsync(SnapshotWork work, SnapshotDef def, SnapshotCreateFlags flags, Func<ValueTask<string>> liveXml)
    {
        bool diskOnly = flags.HasFlag(SnapshotCreateFlags.DiskOnly), active = work.IsActive, reuse = flags.HasFlag(SnapshotCreateFlags.ReuseExt);
        bool external = diskOnly || def.Memory?.Location is SnapshotLocation.External;
        SnapshotLocation usual = external ? SnapshotLocation.External : SnapshotLocation.Internal;
        DomainDef now = work.Def;
        // Nobody would note in a new image what is written from then on.
        if (!active && !work.Keeper.Checkpoints.Of(work.Name).IsEmpty)
            throw SnapshotErrors.Operation("cannot perform block operations while checkpoint exists");
        if (active)
        {
            if (work.Guest.Jobs.All.Count > 0)
                throw QemuErrors.Invalid("domain has active block job");
            (now, _) = await work.CompleteAsync(DomainDef.Parse(await liveXml().ConfigureAwait(false))).ConfigureAwait(false);
        }
        SnapshotState state = diskOnly ? active ? SnapshotState.DiskSnapshot : SnapshotState.Shutoff : SnapshotStates.Of(work.Machine.Snapshot.State);
        def = def with
        {
            State = state,
            Disks = SnapshotDisks.Align(def, now, usual, mustMatch: false),
            Memory = diskOnly || state is SnapshotState.Shutoff ? new SnapshotMemory { Location = SnapshotLocation.No } : external ? def.Memory : new SnapshotMemory { Location = SnapshotLocation.Internal },
            Domain = new MomentDomain(now with { Id = null }),
            InactiveDomain = active ? work.Machine.Snapshot.Persistent : null,
        };
        SnapshotDisks.Check(def, now, active, diskOnly, reuse);
        if (!flags.HasFlag(SnapshotCreateFlags.NoMetadata))
        {
            if (work.All.Find(def.Name) is not null)
                throw new VireoException(ErrorCode.OperationFailed, ErrorDomain.Domain, $"domain moment {def.Name} already exists");
            def = def with { Parent = work.All.Current };
        }
        if (def.Memory?.Location is SnapshotLocation.External or SnapshotLocation.Internal && Cookie(work) is { } cookie)
            def = def with { Cookie = XmlFragment.Parse(cookie, "domain_snapshot") };
        var run = new SnapshotRun(work, def, flags);
        if (!active)
            await (external ? SnapshotFlows.OfflineExternal : SnapshotFlows.OfflineInternal).RunAsync(run, work.Keeper.Flows, work.Interrupted).ConfigureAwait(false);
        else if (external)
            await SnapshotFlows.LiveExternalAsync(run).ConfigureAwait(false);
        else
            await SnapshotFlows.LiveInternalAsync(run).ConfigureAwait(false);
        if (flags.HasFlag(SnapshotCreateFlags.Halt) && work.IsActive)
            await SnapshotPower.StopAsync(work).ConfigureAwait(false);
        return def.Name!;
    }

    static string? Cookie(SnapshotWork work) => work.Job.RequireLive() is { } live ? SaveOut.Cookie(work.Keeper, work.Machine.Snapshot, live).ToXml() : null;

    static async ValueTask<string> RedefineAsync(SnapshotWork work, SnapshotDef def, SnapshotCreateFlags flags)
    {
        Moments<SnapshotDef> all = work.All;
        MomentRules.CheckParent(all, def, static s => s.Name!, static s => s.Parent);
        SnapshotDef? before = all.Find(def.Name);
        if (def.Domain is { } then && (then.Def?.Uuid ?? then.Uuid) is { } uuid && uuid != work.Machine.Uuid)
            throw VireoException.InvalidArgument(ErrorDomain.DomainSnapshot, $"definition for snapshot {def.Name} must use uuid {work.Machine.Uuid}");
        if (before is not null)
        {
            if (SnapshotStates.HasMemory(before.State) != SnapshotStates.HasMemory(def.State))
                throw VireoException.InvalidArgument(ErrorDomain.DomainSnapshot, $"cannot change between online and offline snapshot state in snapshot {def.Name}");
            if (before.State is SnapshotState.DiskSnapshot != def.State is SnapshotState.DiskSnapshot)
                throw VireoException.InvalidArgument(ErrorDomain.DomainSnapshot, $"cannot change between disk only and full system in snapshot {def.Name}");
        }
        if (def.Domain?.Def is { } machine)
        {
            (machine, _) = await work.CompleteAsync(machine).ConfigureAwait(false);
            bool external = def.State is SnapshotState.DiskSnapshot || def.Memory?.Location is SnapshotLocation.External;
            def = def with
            {
                Domain = new MomentDomain(machine),
                Disks = SnapshotDisks.Align(def, machine, external ? SnapshotLocation.External : SnapshotLocation.Internal, mustMatch: false),
            };
        }
        else
            def = def with { Domain = before?.Domain ?? def.Domain };
        all = all.Put(def);
        work.Save(flags.HasFlag(SnapshotCreateFlags.Current) ? all.MakeCurrent(def.Name) : all);
        return def.Name!;
    }
}
