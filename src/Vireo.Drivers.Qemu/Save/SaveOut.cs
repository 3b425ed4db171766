using System.Net.Sockets;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Migrate;
using Vireo.Drivers.Qemu.Monitor;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Drivers.Qemu.Start;
using Vireo.Host.Files;
using Vireo.Host.Processes;
using Vireo.Hypervisor.Machines;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Save;

/// <summary>What a machine is saved to.</summary>
/// <param name="File">The file.</param>
/// <param name="Xml">Its definition there.</param>
/// <param name="Running">Whether it runs when it is restored; null: as it does now.</param>
/// <param name="Compression">How its state is packed.</param>
/// <param name="Managed">The next start picks it up.</param>
/// <param name="BypassCache">The kernel keeps nothing of the file in memory.</param>
sealed record SaveOrder(string File, string Xml, bool? Running, SaveCompression Compression, bool Managed, bool BypassCache);

/// <summary>Saves a machine that runs: it is stopped, its state goes into a file, and its process ends. A failure leaves it as it was.</summary>
static class SaveOut
{
    /// <summary>As fast as the disk takes it.</summary>
    const long Unlimited = long.MaxValue / (1024 * 1024) * (1024 * 1024);

    internal static async ValueTask RunAsync(QemuKeeper keeper, QemuJob job, SaveOrder order, CancellationToken cancel)
    {
        var machine = job.Machine;
        var live = job.RequireLive();
        if (live.BlockJobs.All.Count > 0) throw QemuErrors.Invalid("domain has active block job");
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, job.Interrupted);
        bool running = machine.Snapshot.State is DomainState.Running;
        var image = new SaveImage
        {
            Xml = order.Xml,
            Cookie = Cookie(keeper, machine.Snapshot, live).ToXml(),
            WasRunning = order.Running ?? running,
            Compression = order.Compression,
        };
        bool created = false, existed = File.Exists(order.File);
        try
        {
            if (running)
            {
                live.PausingFor = DomainPausedReason.Save;
                await live.Monitor.RunAsync(new Stop(), either.Token).ConfigureAwait(false);
                keeper.Save(machine);
            }
            using FileStream file = SaveFile.Create(order.File);
            created = true;
            keeper.Security.Confinement?.LabelOpen(machine.Snapshot.Live!, file.SafeFileHandle);
            SaveFile.Write(file, image.ToBytes(complete: false), order.File);
            await SendAsync(keeper, machine, live, order.File, order.Compression, DomainJobOperation.Save, either.Token).ConfigureAwait(false);
            file.Flush(flushToDisk: true);
            file.Position = 0;
            SaveFile.Write(file, image.ToBytes(complete: true), order.File);
            file.Flush(flushToDisk: true);
            if (order.BypassCache) FileCache.Forget(file.SafeFileHandle);
        }
        catch (Exception e)
        {
            if (created && !existed) File.Delete(order.File);
            if (live.Process.Exited.IsCompleted || live.Monitor.Ended.IsCompleted)
                throw new VireoException(ErrorCode.OperationFailed, ErrorDomain.Qemu, "domain is not running", e);
            await ResumeAsync(keeper, machine, live, running).ConfigureAwait(false);
            throw e is OperationCanceledException && !cancel.IsCancellationRequested
                ? new VireoException(ErrorCode.OperationAborted, ErrorDomain.Qemu, "domain save job: canceled by client", e) : e;
        }
        await EndAsync(keeper, machine, live, order).ConfigureAwait(false);
    }

    /// <summary>What is remembered beside the definition.</summary>
    internal static SaveCookie Cookie(QemuKeeper keeper, MachineSnapshot now, LiveQemu live) => new()
    {
        Cpu = live.CpuBefore is null ? null : keeper.Contracts.For(now.Live?.Cpu, live, null).Cpu,
        SlirpHelper = now.Live?.Devices.Interfaces.Any(static card => card.Source is InterfaceSource.OfUser) is not true,
    };

    // QEMU connects to a socket of ours, and a program takes the connection's other end to the file.
    internal static async ValueTask SendAsync(
        QemuKeeper keeper, QemuMachine machine, LiveQemu live, string file, SaveCompression compression, DomainJobOperation operation, CancellationToken cancel)
    {
        long began = keeper.Time.GetTimestamp();
        string path = Path.Join(live.Places.Folder, "save.sock");
        File.Delete(path);
        using var shortened = new SocketPath(path);
        using Socket listener = UnixSockets.Make(live.SocketLabels);
        listener.Bind(new UnixDomainSocketEndPoint(shortened.Text));
        listener.Listen(1);
        try
        {
            if (machine.Snapshot.Live is { } def && keeper.Security.ProcessOf(def) is { } ids)
                FileOwner.Give(path, ids);
            keeper.Security.Confinement?.LabelOwn(machine.Snapshot.Live!, path);
            await live.Monitor.RunAsync(new MigrateSetCapability("events", true), cancel).ConfigureAwait(false);
            await live.Monitor.RunAsync(new MigrateSetBandwidth(Unlimited), cancel).ConfigureAwait(false);
            using var ended = live.Monitor.Expect<MigrationEvent>(static e => e.IsEnd);
            var coming = listener.AcceptAsync(cancel).AsTask();
            await live.Monitor.RunAsync(new MigrateTo($"unix:{path}"), cancel).ConfigureAwait(false);
            StateWriter program;
            using (Socket connection = await coming.ConfigureAwait(false))
            using (var to = LogFile.OpenNamed(file, append: true))
                program = await StatePrograms.PackAsync(keeper.Processes, compression, connection.SafeHandle, to, cancel).ConfigureAwait(false);
            using (program)
            {
                try
                {
                    var told = await ended.Happened.WaitAsync(cancel).ConfigureAwait(false);
                    if (told.Status != "completed")
                    {
                        await program.FinishAsync(file, cancel).ConfigureAwait(false);
                        var why = await live.Monitor.RunAsync(new QueryMigrate(), cancel).ConfigureAwait(false);
                        throw new VireoException(ErrorCode.OperationFailed, ErrorDomain.Qemu, $"job '{Word(operation)}' failed: {why.Error ?? told.Status}");
                    }
                    // QEMU is done, whatever becomes of the file.
                    if (await live.AskAsync(new QueryMigration(), cancel).ConfigureAwait(false) is { } numbers)
                    {
                        var figures = new JobFigures(operation, Figures(machine, (ulong)keeper.Time.GetElapsedTime(began).TotalMilliseconds, numbers));
                        keeper.Migrations.Complete(machine, figures);
                        machine.Raise(new DomainJobCompletedEvent(machine.Snapshot.Ref, figures.ToParameters()));
                    }
                    await program.FinishAsync(file, cancel).ConfigureAwait(false);
                }
                catch
                {
                    await program.EndAsync(keeper.Time).ConfigureAwait(false);
                    throw;
                }
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    // A guest that was stopped for it stands still all the time, which QEMU does not count.
    static CookieStatistics Figures(QemuMachine machine, ulong milliseconds, MigrationProgress numbers)
    {
        CookieStatistics figures = JobFigures.Of(new CookieStatistics { TimeElapsed = milliseconds }, numbers);
        return machine.Snapshot.State is DomainState.Running ? figures : figures with { Downtime = milliseconds };
    }

    static string Word(DomainJobOperation operation) => operation switch
    {
        DomainJobOperation.Dump => "core dump",
        DomainJobOperation.Snapshot => "snapshot",
        _ => "domain save",
    };

    static async ValueTask ResumeAsync(QemuKeeper keeper, QemuMachine machine, LiveQemu live, bool running)
    {
        try
        {
            await live.Monitor.RunAsync(new MigrateCancel(), CancellationToken.None).ConfigureAwait(false);
            if (running && machine.Snapshot.State is DomainState.Paused)
            {
                live.RunningFor = DomainRunningReason.SaveCanceled;
                await live.Monitor.RunAsync(new Cont(), CancellationToken.None).ConfigureAwait(false);
            }
            keeper.Save(machine);
        }
        catch (VireoException)
        {
            // It ended, or QEMU refuses: what went wrong before is what the caller wants to know.
        }
    }

    /// <summary>A daemon that ended in the middle of a save left a machine that stands still: it goes on.</summary>
    internal static async ValueTask TakeBackAsync(QemuMachine machine, LiveQemu live, CancellationToken cancel)
    {
        if (machine.Snapshot.Condition != Condition.Paused(DomainPausedReason.Save) && machine.Snapshot.Condition != Condition.Paused(DomainPausedReason.Snapshot)) return;
        await live.Monitor.RunAsync(new MigrateCancel(), cancel).ConfigureAwait(false);
        live.RunningFor = DomainRunningReason.SaveCanceled;
        await live.Monitor.RunAsync(new Cont(), cancel).ConfigureAwait(false);
    }

    // All that it was is in the file: its process has nothing left to say.
    static async ValueTask EndAsync(QemuKeeper keeper, QemuMachine machine, LiveQemu live, SaveOrder order)
    {
        live.Ending = true;
        await live.Process.EndAsync(TimeSpan.Zero, keeper.Time, CancellationToken.None).ConfigureAwait(false);
        await live.Monitor.Ended.ConfigureAwait(false);
        if (order.Managed) machine.Commit(static s => s with { HasManagedSave = true });
        await StopFlow.RunAsync(keeper, machine, live, DomainShutoffReason.Saved,
            machine.Lifecycle(DomainEventType.Stopped, (int)DomainEventStoppedDetail.Saved)).ConfigureAwait(false);
    }
}
