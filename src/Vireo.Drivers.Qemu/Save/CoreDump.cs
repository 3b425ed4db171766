using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Monitor;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Drivers.Qemu.Start;
using Vireo.Host.Files;

namespace Vireo.Drivers.Qemu.Save;

/// <summary>What a machine's memory is written to, and what becomes of the machine.</summary>
/// <param name="File">The file.</param>
/// <param name="Format">Of memory alone.</param>
/// <param name="Flags">Whether it goes on meanwhile, and whether it goes on afterwards.</param>
sealed record CoreOrder(string File, DomainCoreDumpFormat Format, DomainCoreDumpFlags Flags);

/// <summary>Writes the memory of a machine that runs into a file. A failure leaves no file, and the machine as it was.</summary>
static class CoreDump
{
    const string Descriptor = "dump";

    internal static async ValueTask RunAsync(QemuKeeper keeper, QemuJob job, CoreOrder order, CancellationToken cancel)
    {
        var machine = job.Machine;
        LiveQemu live = job.RequireLive();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, job.Interrupted);
        bool running = machine.Snapshot.State is DomainState.Running, paused = false, existed = File.Exists(order.File), created = false;
        try
        {
            if (running && !order.Flags.HasFlag(DomainCoreDumpFlags.Live))
            {
                live.PausingFor = DomainPausedReason.Dump;
                await live.Monitor.RunAsync(new Stop(), either.Token).ConfigureAwait(false);
                paused = true;
                keeper.Save(machine);
            }
            string? format = await FormatAsync(live, order, either.Token).ConfigureAwait(false);
            using FileStream file = SaveFile.Create(order.File);
            created = true;
            if (order.Flags.HasFlag(DomainCoreDumpFlags.MemoryOnly))
                await WriteAsync(live, file, format, either.Token).ConfigureAwait(false);
            else
                await SaveOut.SendAsync(keeper, machine, live, order.File, Packing(keeper), DomainJobOperation.Dump, either.Token).ConfigureAwait(false);
            file.Flush(flushToDisk: true);
            if (order.Flags.HasFlag(DomainCoreDumpFlags.BypassCache))
                FileCache.Forget(file.SafeFileHandle);
        }
        catch (Exception e)
        {
            if (created && !existed) File.Delete(order.File);
            if (live.Process.Exited.IsCompleted || live.Monitor.Ended.IsCompleted)
                throw new VireoException(ErrorCode.OperationFailed, ErrorDomain.Qemu, "domain is not running", e);
            await GoOnAsync(keeper, machine, live, running, reset: false).ConfigureAwait(false);
            throw e is OperationCanceledException && !cancel.IsCancellationRequested
                ? new VireoException(ErrorCode.OperationAborted, ErrorDomain.Qemu, "domain core dump job: canceled by client", e) : e;
        }
        if (order.Flags.HasFlag(DomainCoreDumpFlags.Crash))
            await EndAsync(keeper, machine, live).ConfigureAwait(false);
        else
            await GoOnAsync(keeper, machine, live, running && (paused || machine.Snapshot.State is DomainState.Paused), order.Flags.HasFlag(DomainCoreDumpFlags.Reset)).ConfigureAwait(false);
    }

    // Memory alone is for debuggers, who read no other format.
    static SaveCompression Packing(QemuKeeper keeper) =>
        SaveFile.Format(keeper.Config.DumpImageFormat) is var wanted && StatePrograms.IsThere(wanted) ? wanted : SaveCompression.Raw;

    static async ValueTask<string?> FormatAsync(LiveQemu live, CoreOrder order, CancellationToken cancel)
    {
        string? word = order.Format switch
        {
            DomainCoreDumpFormat.KdumpZlib => "kdump-zlib",
            DomainCoreDumpFormat.KdumpLzo => "kdump-lzo",
            DomainCoreDumpFormat.KdumpSnappy => "kdump-snappy",
            DomainCoreDumpFormat.WinDmp => "win-dmp",
            _ => null,
        };
        if (word is not null && !(await live.Monitor.RunAsync(new QueryDumpGuestMemoryCapability(), cancel).ConfigureAwait(false)).Contains(word))
            throw VireoException.InvalidArgument(ErrorDomain.Qemu, $"unsupported dumpformat '{word}' for this QEMU binary");
        return word;
    }

    // QEMU writes in the background, and tells when it is done.
    static async ValueTask WriteAsync(LiveQemu live, FileStream file, string? format, CancellationToken cancel)
    {
        using var ended = live.Monitor.Expect<DumpCompletedEvent>();
        await live.Monitor.PassAsync(new GetFd(Descriptor), file.SafeFileHandle, cancel).ConfigureAwait(false);
        try
        {
            await live.Monitor.RunAsync(new DumpGuestMemory($"fd:{Descriptor}", format, Detach: true), cancel).ConfigureAwait(false);
        }
        catch (VireoException)
        {
            await live.AskAsync(new CloseFd(Descriptor), CancellationToken.None).ConfigureAwait(false);
            throw;
        }
        DumpCompletedEvent told = await ended.Happened.WaitAsync(cancel).ConfigureAwait(false);
        if (told.Status != "completed")
            throw new VireoException(ErrorCode.OperationFailed, ErrorDomain.Qemu, $"memory-only dump failed: {told.Error ?? told.Status}");
    }

    static async ValueTask GoOnAsync(QemuKeeper keeper, QemuMachine machine, LiveQemu live, bool run, bool reset)
    {
        try
        {
            if (reset)
                await live.Monitor.RunAsync(new SystemReset(), CancellationToken.None).ConfigureAwait(false);
            if (run && machine.Snapshot.State is DomainState.Paused)
            {
                live.RunningFor = DomainRunningReason.Unpaused;
                await live.Monitor.RunAsync(new Cont(), CancellationToken.None).ConfigureAwait(false);
            }
            keeper.Save(machine);
        }
        catch (VireoException e)
        {
            keeper.Log.NotResumed(machine.Name, e);
        }
    }

    static async ValueTask EndAsync(QemuKeeper keeper, QemuMachine machine, LiveQemu live)
    {
        live.Ending = true;
        await live.Process.EndAsync(TimeSpan.Zero, keeper.Time, CancellationToken.None).ConfigureAwait(false);
        await live.Monitor.Ended.ConfigureAwait(false);
        await StopFlow.RunAsync(keeper, machine, live, DomainShutoffReason.Crashed,
            machine.Lifecycle(DomainEventType.Stopped, (int)DomainEventStoppedDetail.Crashed)).ConfigureAwait(false);
    }
}
