using Vireo.Core.TypedParameters;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Drivers.Qemu.Status;
using Vireo.Model.Backup;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Backups;

/// <summary>A backup of one machine, from its first step to the end of its last disk. It holds the machine's long job.</summary>
/// <param name="def">What is backed up how; the state of each disk is in it.</param>
/// <param name="started">When it began.</param>
/// <param name="held">The long job.</param>
/// <param name="flags">How it was asked for.</param>
sealed class BackupRun(BackupDef def, DateTimeOffset started, IAsyncDisposable held, DomainBackupBeginFlags flags)
{
    readonly Lock gate = new();
    BackupFigures over;
    int ended;

    /// <summary>As it is now; a status file has it.</summary>
    internal BackupDef Def { get; private set; } = def;

    /// <summary>It is read by somebody, rather than written by QEMU.</summary>
    internal bool Pulls => Def.Mode is BackupMode.Pull;

    /// <summary>The file that is no good to anybody once a disk is done: what was overwritten while it was read, and what is not whole; null: there is none. Files that were there before it stay.</summary>
    internal string? RemainsOf(BackupPart part) => RemainsOf(part.Store.Source, part.Pulls, DiskOf(part.Target)?.State, flags);

    /// <inheritdoc cref="RemainsOf(BackupPart)"/>
    internal static string? RemainsOf(DiskSource store, bool pulls, BackupDiskState? state, DomainBackupBeginFlags flags) =>
        store is DiskSource.OfFile { Path: { } file } && !flags.HasFlag(DomainBackupBeginFlags.ReuseExternal) && (pulls || state is not BackupDiskState.Complete) ? file : null;

    /// <summary>Why the first disk failed that did; null: none has.</summary>
    internal string? Error { get; set; }

    /// <summary>How it ended, now that all disks are done. One that is read ends when its reader says so.</summary>
    internal DomainJobType Outcome => Pulls ? DomainJobType.Completed
        : Has(BackupDiskState.Failed) ? DomainJobType.Failed : Has(BackupDiskState.Cancelled) ? DomainJobType.Cancelled : DomainJobType.Completed;

    bool Has(BackupDiskState state) => Def.Disks?.All.Any(d => d.State == state) is true;

    /// <summary>As clients get it: without what only the driver remembers.</summary>
    internal BackupDef Shown => Def with
    {
        PrivateData = null,
        Disks = Def.Disks is { } disks ? disks with { All = disks.All.Map(static d => d with { State = null, Store = d.Store is { } store ? store with { Source = store.Source with { PrivateData = null } } : null }) } : null,
    };

    internal BackupDisk? DiskOf(string target) => Def.Disks?.All.FirstOrDefault(d => d.Name == target);

    internal void Change(Func<BackupDef, BackupDef> change) => Def = change(Def);

    internal void Set(string target, BackupDiskState state) => Change(def => def with
    {
        Disks = def.Disks! with { All = def.Disks.All.Map(d => d.Name == target ? d with { State = state } : d) },
    });

    /// <summary>The numbers of a disk that is done.</summary>
    internal void Count(JobReport report)
    {
        lock (gate)
            over = over.With(report, Pulls);
    }

    /// <summary>The numbers of now.</summary>
    /// <param name="running">QEMU's jobs on the disks that are not done.</param>
    /// <param name="now">The time.</param>
    internal BackupFigures Figures(IEnumerable<JobReport> running, DateTimeOffset now)
    {
        lock (gate)
            return running.Aggregate(over, (sum, report) => sum.With(report, Pulls)) with { Elapsed = (ulong)Math.Max(0, (long)(now - started).TotalMilliseconds) };
    }

    internal StatusJob ToStatus() => new() { Type = JobKind.None, Async = LongJobKind.Backup, Flags = (ulong)flags, Started = (ulong)started.ToUnixTimeMilliseconds() };

    /// <summary>Others may hold the machine.</summary>
    internal ValueTask EndAsync() => Interlocked.Exchange(ref ended, 1) == 0 ? held.DisposeAsync() : ValueTask.CompletedTask;
}

/// <summary>A backup in numbers.</summary>
/// <param name="Elapsed">Milliseconds since it began.</param>
/// <param name="Total">Bytes that QEMU writes.</param>
/// <param name="Done">Those that it has written.</param>
/// <param name="TemporaryTotal">The most bytes that what is overwritten meanwhile may take.</param>
/// <param name="Temporary">What it takes.</param>
readonly record struct BackupFigures(ulong Elapsed, ulong Total, ulong Done, ulong TemporaryTotal, ulong Temporary)
{
    internal BackupFigures With(JobReport report, bool pulls) => pulls
        ? this with { TemporaryTotal = TemporaryTotal + report.Whole, Temporary = Temporary + report.Done }
        : this with { Total = Total + report.Whole, Done = Done + report.Done };

    /// <summary>By name, in libvirt's order. What says nothing is left out.</summary>
    internal IEnumerable<TypedParameter> ToParameters()
    {
        yield return new("time_elapsed", Elapsed);
        if (Total > 0)
        {
            yield return new("disk_total", Total);
            yield return new("disk_processed", Done);
            yield return new("disk_remaining", Total - Done);
        }
        if (TemporaryTotal > 0)
        {
            yield return new("disk_temp_used", Temporary);
            yield return new("disk_temp_total", TemporaryTotal);
        }
    }

    /// <summary>The few numbers of the older call.</summary>
    internal DomainJobInfo ToInfo(DomainJobType type) => new(type, Elapsed, 0, Total, Done, Total - Done, 0, 0, 0, Total, Done, Total - Done);
}
