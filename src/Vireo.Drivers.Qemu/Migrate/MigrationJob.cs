using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Vireo.Core;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Monitor;
using Vireo.Drivers.Qemu.Status;

namespace Vireo.Drivers.Qemu.Migrate;

/// <summary>A migration of one machine as one of its two sides knows it, from its first step to its last. It holds the machine's long job.</summary>
sealed class MigrationJob(IAsyncDisposable held, bool outgoing, DomainMigrateFlags flags, object owner, DateTimeOffset started)
{
    int _ended, _taken;

    /// <summary>It leaves this host.</summary>
    internal bool Outgoing => outgoing;

    /// <summary>How.</summary>
    internal DomainMigrateFlags Flags => flags;

    /// <summary>The connection whose end leaves nobody to go on with it.</summary>
    internal object Owner { get; set; } = owner;

    internal DateTimeOffset Started => started;

    /// <summary>How far it is.</summary>
    internal MigrationPhase Phase { get; set; }

    /// <summary>QEMU's parameters before it.</summary>
    internal ValueList<StatusMigrationParameter> Before { get; set; }

    /// <summary>How many bytes QEMU was allowed to lock before it; null: that was not changed.</summary>
    internal ulong? LockedBefore { get; set; }

    /// <summary>The end of the connection of whoever leads it: nobody will hear how it ends.</summary>
    internal CancellationTokenSource Deserted { get; } = new();

    /// <summary>The disks whose content goes along, by their targets.</summary>
    internal ValueList<string> Copied { get; set; }

    /// <summary>QEMU's names of the jobs that copy them.</summary>
    internal ValueList<string> CopyJobs { get; set; }

    /// <summary>The machine's name at the source.</summary>
    internal string? Origin { get; init; }

    /// <summary>The target knew the machine before.</summary>
    internal bool WasKnown { get; init; }

    /// <summary>The end of the state's arrival.</summary>
    internal Expectation<MigrationEvent>? Arrival { get; set; }

    /// <summary>The beginning of a post-copy, at the target, if it was asked for.</summary>
    internal Expectation<MigrationEvent>? Early { get; set; }

    /// <summary>The end of the state's departure, where the steps before the last do not wait for it.</summary>
    internal Expectation<MigrationEvent>? Departure { get; set; }

    /// <summary>The guest runs at the target, and part of its memory is at the source.</summary>
    internal volatile bool InPostcopy;

    /// <summary>The guest ran when it began.</summary>
    internal bool WasRunning { get; set; }

    /// <summary>When the guest stopped.</summary>
    internal DateTimeOffset? Stopped { get; set; }

    /// <summary>When it ran again, at the target.</summary>
    internal DateTimeOffset? Resumed { get; set; }

    /// <summary>Whether the caller is the first who asks: it is the one that ends what nobody leads any more, or what came in vain.</summary>
    internal bool TakeEnd() => Interlocked.Exchange(ref _taken, 1) == 0;

    /// <summary>A client asked for its end.</summary>
    internal CancellationTokenSource Abort { get; } = new();

    /// <summary>The last numbers of it.</summary>
    internal CookieStatistics Numbers { get; set; } = new();

    /// <summary>What to give back at its end: ports.</summary>
    internal List<Action> Releases { get; } = [];

    /// <summary>The numbers of now.</summary>
    internal CookieStatistics Times(DateTimeOffset now) => Numbers with
    {
        Started = (ulong)started.ToUnixTimeMilliseconds(),
        Stopped = (ulong?)Stopped?.ToUnixTimeMilliseconds(),
        TimeElapsed = (ulong)Math.Max(0, (long)(now - started).TotalMilliseconds),
    };

    /// <summary>What of it the status file has.</summary>
    internal StatusJob ToStatus() => new()
    {
        Type = JobKind.None,
        Async = outgoing ? LongJobKind.MigrationOut : LongJobKind.MigrationIn,
        Phase = Phase.ToXml(),
        Flags = (ulong)flags,
        Started = (ulong)started.ToUnixTimeMilliseconds(),
        Disks = [.. Copied.Select(static target => new StatusJobDisk { Target = target, Migrating = true })],
        MigrationParameters = Before,
    };

    /// <summary>Whether the images of a disk stay what they are when the guest ends here: they are another host's by then. Those that were copied are nobody's.</summary>
    internal bool Leaves(string target) => !Copied.Contains(target);

    internal ValueTask EndAsync()
    {
        if (Interlocked.Exchange(ref _ended, 1) != 0) return ValueTask.CompletedTask;
        foreach (Action release in Releases) release();
        Arrival?.Dispose();
        Early?.Dispose();
        Departure?.Dispose();
        return held.DisposeAsync();
    }
}

/// <summary>The migrations under way, and what is known of the last one of a machine.</summary>
sealed class MigrationTable
{
    readonly ConcurrentDictionary<Uuid, MigrationJob> _jobs = new();
    readonly ConcurrentDictionary<Uuid, JobFigures> _completed = new();
    readonly ConditionalWeakTable<QemuMachine, StrongBox<ulong>> _speeds = [];

    /// <summary>The MiB a second at which a machine is sent, this time or the next; what was set stays from run to run.</summary>
    internal ulong SpeedOf(QemuMachine machine) => _speeds.TryGetValue(machine, out var set) ? set.Value : MigrationSettings.MostMiB;

    internal void SetSpeed(QemuMachine machine, ulong mebibytes) => _speeds.AddOrUpdate(machine, new(mebibytes));

    internal MigrationJob? Find(QemuMachine machine) => _jobs.GetValueOrDefault(machine.Uuid);

    internal void Begin(QemuMachine machine, MigrationJob job)
    {
        _jobs[machine.Uuid] = job;
        _completed.TryRemove(machine.Uuid, out _);
        if (machine.Live is not { } live) return;
        live.Migration = job;
        _ = EndWithAsync(machine, live, job);
    }

    // A guest that ends takes its migration along.
    async Task EndWithAsync(QemuMachine machine, LiveQemu live, MigrationJob job)
    {
        await live.Gone.ConfigureAwait(false);
        await EndAsync(machine, job).ConfigureAwait(false);
    }

    internal ValueTask EndAsync(QemuMachine machine, MigrationJob job)
    {
        _jobs.TryRemove(new(machine.Uuid, job));
        if (machine.Live is { } live && live.Migration == job) live.Migration = null;
        return job.EndAsync();
    }

    internal IEnumerable<(Uuid Machine, MigrationJob Job)> OwnedBy(object owner) => _jobs.Where(j => j.Value.Owner == owner).Select(static j => (j.Key, j.Value));

    internal void Complete(QemuMachine machine, JobFigures figures)
    {
        if (!machine.IsRemoved) _completed[machine.Uuid] = figures;
    }

    /// <summary>The numbers of the last one; told once unless they are kept.</summary>
    internal JobFigures? Completed(QemuMachine machine, bool keep)
    {
        if (keep) return _completed.GetValueOrDefault(machine.Uuid);
        return _completed.TryRemove(machine.Uuid, out var figures) ? figures : null;
    }
}
