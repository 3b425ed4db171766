using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Blocks.Jobs;
using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Monitor;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Migrate.Storage;

/// <summary>Where copies of disks are sent to.</summary>
/// <param name="Server">The target's NBD server, in QEMU's words.</param>
/// <param name="TlsHost">The name in its certificate; null: no TLS.</param>
sealed record CopyPlace(QemuProperties Server, string? TlsHost);

/// <summary>
/// Copies of the source's disks, which QEMU keeps equal to what the guest writes until it stands still. They are jobs of the migration and nobody else's.
/// </summary>
sealed class DiskCopies : IDisposable
{
    sealed class Copy(Disk disk, Expectation<JobStatusEvent> settled, Expectation<JobStatusEvent> ended) : IDisposable
    {
        internal string Target => disk.Target.Device;
        internal string Job => CopiedDisks.ExportOf(disk);
        internal string Storage => $"migration-{Target}-storage";
        internal string Format => $"migration-{Target}-format";
        internal Disk Disk => disk;

        /// <summary>It is equal, or over.</summary>
        internal Task Settled => settled.Happened;
        internal Task Ended => ended.Happened;

        public void Dispose()
        {
            settled.Dispose();
            ended.Dispose();
        }
    }

    readonly QemuMachine machine;
    readonly LiveQemu live;
    readonly MigrationJob job;
    readonly List<Copy> copies = [];
    static readonly Task never = new TaskCompletionSource().Task;

    DiskCopies(QemuMachine machine, LiveQemu live, MigrationJob job) => (this.machine, this.live, this.job) = (machine, live, job);

    /// <summary>Completes when one of them is over before its time.</summary>
    internal Task Failed => copies.Count == 0 ? never : Task.WhenAny(copies.Select(static c => c.Ended));

    /// <summary>Begins the copies, and waits until all are equal.</summary>
    /// <exception cref="VireoException">One failed; all are ended then.</exception>
    internal static async ValueTask<DiskCopies> StartAsync(
        QemuMachine machine, LiveQemu live, MigrationJob job, MigrationOrder order, CopyPlace place, ulong speed, CancellationToken cancel)
    {
        var all = new DiskCopies(machine, live, job);
        try
        {
            foreach (Disk disk in CopiedDisks.Of(machine.Snapshot.Live!, order).ToList())
                await all.BeginAsync(disk, order, place, speed, cancel).ConfigureAwait(false);
            job.CopyJobs = [.. all.copies.Select(static c => c.Job)];
            foreach (Copy copy in all.copies)
                await Task.WhenAny(copy.Settled, live.Monitor.Ended).WaitAsync(cancel).ConfigureAwait(false);
            if (all.copies.Find(static c => c.Ended.IsCompleted) is { } over) throw await all.WhyAsync(over).ConfigureAwait(false);
            foreach (Copy copy in all.copies) all.Tell(copy, BlockJobStatus.Ready);
            return all;
        }
        catch
        {
            await all.AbandonAsync().ConfigureAwait(false);
            all.Dispose();
            throw;
        }
    }

    async ValueTask BeginAsync(Disk disk, MigrationOrder order, CopyPlace place, ulong speed, CancellationToken cancel)
    {
        string name = CopiedDisks.ExportOf(disk);
        var copy = new Copy(disk, live.Monitor.Expect<JobStatusEvent>(e => e.Id == name && e.Status is "ready" or "concluded"),
            live.Monitor.Expect<JobStatusEvent>(e => e.Id == name && e.Status is "concluded"));
        copies.Add(copy);
        await live.Monitor.RunAsync(new MakePart("blockdev-add", new QemuProperties
        {
            { "driver", "nbd" }, { "server", place.Server }, { "export", name },
            { "tls-creds", place.TlsHost is null ? null : MigrationTls.Alias },
            { "tls-hostname", place.TlsHost is { } host && live.Facts.Has(QemuFlag.NbdTlsHostname) ? host : null },
            { "node-name", copy.Storage }, { "read-only", false }, { "discard", "unmap" },
        }), cancel).ConfigureAwait(false);
        await live.Monitor.RunAsync(new MakePart("blockdev-add", new QemuProperties
        {
            { "node-name", copy.Format }, { "read-only", false }, { "driver", "raw" }, { "file", copy.Storage },
        }), cancel).ConfigureAwait(false);
        await live.Monitor.RunAsync(new BlockdevMirror(name, BlockChain.NodeOf(disk.Source.Index), copy.Format)
        {
            IsPersistent = true,
            IsShallow = order.Has(DomainMigrateFlags.NonSharedInc),
            Speed = speed,
            IsSynchronous = order.Has(DomainMigrateFlags.NonSharedSynchronousWrites),
        }, cancel).ConfigureAwait(false);
    }

    /// <summary>The guest stands still: what was written last goes over, and the copies are whole.</summary>
    /// <exception cref="VireoException">One is not.</exception>
    internal async ValueTask CompleteAsync(CancellationToken cancel)
    {
        await CountAsync(live, job, cancel).ConfigureAwait(false);
        foreach (Copy copy in copies)
            if (!copy.Ended.IsCompleted)
                await live.Monitor.RunAsync(new BlockJobCancel(copy.Job, Force: false), cancel).ConfigureAwait(false);
        foreach (Copy copy in copies)
            await Task.WhenAny(copy.Ended, live.Monitor.Ended).WaitAsync(cancel).ConfigureAwait(false);
        var ended = await live.Monitor.RunAsync(new QueryJobs(), cancel).ConfigureAwait(false);
        foreach (Copy copy in copies)
            if (ended.FirstOrDefault(j => j.Id == copy.Job) is not { Error: null }) throw await WhyAsync(copy).ConfigureAwait(false);
        foreach (Copy copy in copies) await SweepAsync(live, copy.Target, copy.Job).ConfigureAwait(false);
        foreach (Copy copy in copies) Tell(copy, BlockJobStatus.Completed);
        job.CopyJobs = [];
        copies.ForEach(static c => c.Dispose());
        copies.Clear();
    }

    /// <summary>Why one is over.</summary>
    internal async ValueTask<VireoException> WhyAsync() =>
        copies.Find(static c => c.Ended.IsCompleted) is { } over ? await WhyAsync(over).ConfigureAwait(false) : Failure("", null);

    async ValueTask<VireoException> WhyAsync(Copy copy) =>
        Failure(copy.Target, (await live.Monitor.RunAsync(new QueryJobs(), CancellationToken.None).ConfigureAwait(false)).FirstOrDefault(j => j.Id == copy.Job)?.Error);

    static VireoException Failure(string target, string? why) =>
        new(ErrorCode.OperationFailed, ErrorDomain.Qemu, $"migration of disk {target} failed" + (why is null ? "" : $": {why}"));

    /// <summary>Ends the copies; what the target has of them is worth nothing.</summary>
    internal async ValueTask AbandonAsync()
    {
        job.CopyJobs = [];
        foreach (Copy copy in copies)
        {
            if (live.Monitor.Ended.IsCompleted) return;
            bool failed = copy.Ended.IsCompleted;
            await SweepAsync(live, copy.Target, copy.Job).ConfigureAwait(false);
            Tell(copy, failed ? BlockJobStatus.Failed : BlockJobStatus.Canceled);
        }
        copies.ForEach(static c => c.Dispose());
        copies.Clear();
    }

    /// <summary>Takes the copy of a disk away, however far it is.</summary>
    internal static async ValueTask SweepAsync(LiveQemu live, string target, string job)
    {
        using var over = live.Monitor.Expect<JobStatusEvent>(e => e.Id == job && e.Status is "concluded");
        if ((await live.Monitor.RunAsync(new QueryJobs(), CancellationToken.None).ConfigureAwait(false)).FirstOrDefault(j => j.Id == job) is { } there)
        {
            if (there.Status is not "concluded")
            {
                await TryAsync(live, new BlockJobCancel(job, Force: true)).ConfigureAwait(false);
                await Task.WhenAny(over.Happened, live.Monitor.Ended).ConfigureAwait(false);
            }
            await TryAsync(live, new JobDismiss(job)).ConfigureAwait(false);
        }
        await TryAsync(live, new BlockdevDel($"migration-{target}-format")).ConfigureAwait(false);
        await TryAsync(live, new BlockdevDel($"migration-{target}-storage")).ConfigureAwait(false);
    }

    static async ValueTask TryAsync(LiveQemu live, IQmpAction action)
    {
        try
        {
            await live.Monitor.RunAsync(action, CancellationToken.None).ConfigureAwait(false);
        }
        catch (QmpRefusal)
        {
            // It is gone already.
        }
    }

    /// <summary>How far they are, into the numbers of the migration.</summary>
    internal static async ValueTask CountAsync(LiveQemu live, MigrationJob job, CancellationToken cancel)
    {
        if (job.CopyJobs.IsEmpty || await live.AskAsync(new QueryBlockJobs(), cancel).ConfigureAwait(false) is not { } now) return;
        ulong done = 0, whole = 0;
        foreach (BlockJobProgress one in now.Where(j => job.CopyJobs.Contains(j.Id)))
            (done, whole) = (done + one.Done, whole + one.Whole);
        job.Numbers = job.Numbers with { DiskTotal = whole, DiskProcessed = done, DiskRemaining = whole - done };
    }

    void Tell(Copy copy, BlockJobStatus status) =>
        machine.Raise(BlockJobGuest.Told(machine, new BlockJob(copy.Job, DomainBlockJobType.Copy, copy.Target), status));

    public void Dispose() => copies.ForEach(static c => c.Dispose());
}
