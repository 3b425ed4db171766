using System.Globalization;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Host;
using Vireo.Host.Files;
using Vireo.Hypervisor.Jobs;

namespace Vireo.Drivers.Qemu.Save;

/// <summary>Dumps that a definition asks for: of a guest that crashed, or whose watchdog barked. They are in qemu.conf's auto_dump_path, named after guest and time.</summary>
static class AutoDump
{
    /// <summary>Of a guest that crashed, which is destroyed or starts anew then.</summary>
    internal static async Task CrashedAsync(QemuKeeper keeper, QemuMachine machine, LiveQemu live, bool restart)
    {
        await RunAsync(keeper, machine, live, "panic").ConfigureAwait(false);
        if (restart)
        {
            await keeper.RebootInPlaceAsync(machine, live).ConfigureAwait(false);
            return;
        }
        live.Panicked = true;
        live.Process.Signal(Signals.Terminate);
    }

    /// <summary>Of a guest whose watchdog barked, which goes on then.</summary>
    internal static async Task BarkedAsync(QemuKeeper keeper, QemuMachine machine, LiveQemu live)
    {
        await RunAsync(keeper, machine, live, "watchdog").ConfigureAwait(false);
        try
        {
            await using var job = await machine.EnterAsync(Job.Modify, "watchdog", CancellationToken.None).ConfigureAwait(false);
            if (machine.Live != live || live.Ending || machine.Snapshot.State is not DomainState.Paused)
                return;
            live.RunningFor = DomainRunningReason.Unpaused;
            await live.Monitor.RunAsync(new Cont(), job.Interrupted).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            keeper.Log.NotResumed(machine.Name, e);
        }
    }

    static async Task RunAsync(QemuKeeper keeper, QemuMachine machine, LiveQemu live, string who)
    {
        try
        {
            await using var job = await machine.EnterAsync(AsyncJob.Dump, who, JobMask.Default, CancellationToken.None).ConfigureAwait(false);
            if (machine.Live != live || live.Ending)
                return;
            var flags = DomainCoreDumpFlags.MemoryOnly | (keeper.Config.AutoDumpBypassCache ? DomainCoreDumpFlags.BypassCache : 0);
            await CoreDump.RunAsync(keeper, job, new CoreOrder(FileOf(keeper, machine), DomainCoreDumpFormat.Raw, flags), CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            keeper.Log.NotDumped(machine.Name, e);
        }
    }

    static string FileOf(QemuKeeper keeper, QemuMachine machine)
    {
        string folder = keeper.Config.AutoDumpPath ?? keeper.Paths.DumpDir;
        AtomicFile.MakeFolder(folder);
        string moment = keeper.Time.GetLocalNow().ToString("yyyy-MM-dd-HH:mm:ss", CultureInfo.InvariantCulture);
        return Path.Join(folder, $"{DriverPaths.RunName(machine.Snapshot.Id, machine.Name)}-{moment}");
    }
}
