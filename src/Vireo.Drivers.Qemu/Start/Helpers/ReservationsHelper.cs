using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Devices;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Host.Files;
using Vireo.Host.Processes;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Start.Helpers;

/// <summary>
/// qemu-pr-helper: a process beside QEMU, as root and in the guest's control groups, that sends commands of persistent reservations, which the guest's
/// process may not, to the disks that leave them to the host.
/// </summary>
static class ReservationsHelper
{
    const string Usual = "/usr/bin/qemu-pr-helper";
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10), Pause = TimeSpan.FromMilliseconds(2);

    /// <summary>Whether a disk of a machine leaves its reservations to the host.</summary>
    internal static bool IsWanted(DomainDef machine) => machine.Devices.Disks.Any(IsWanted);

    /// <summary>Whether a disk does.</summary>
    internal static bool IsWanted(Disk disk)
    {
        for (BackingStore? image = new() { Source = disk.Source, Next = disk.BackingStore }; image is { Source: { } source }; image = image.Next)
            if (source.Reservations is { Managed: true })
                return true;
        return false;
    }

    /// <summary>Where it listens.</summary>
    /// <param name="folder">The run's folder.</param>
    internal static string SocketOf(string folder) => Path.Join(folder, BlockObjects.ManagedReservations + ".sock");

    // Beside the files of other runs, where a guest's process cannot write. The run's folder is domain-ID-NAME.
    static string PidFileOf(QemuKeeper keeper, string folder) =>
        Path.Join(keeper.Paths.StateDir, $"{Path.GetFileName(folder)["domain-".Length..]}-{BlockObjects.ManagedReservations}.pid");

    internal static async ValueTask StartAsync(StartRun run, CancellationToken cancel)
    {
        int pid = await StartAsync(run.Keeper, run.Live, run.Places.Folder, run.Cgroup?.Folders ?? [], cancel).ConfigureAwait(false);
        run.Helpers.Add(pid);
    }

    /// <summary>Starts it for a run, and waits until it listens.</summary>
    internal static async ValueTask<int> StartAsync(QemuKeeper keeper, DomainDef live, string folder, IReadOnlyList<string> groups, CancellationToken cancel)
    {
        string program = keeper.Config.PrHelper ?? Usual, socket = SocketOf(folder);
        if (!File.Exists(program))
            throw VireoException.System(ErrorDomain.Qemu, 2, $"'{program}' is not a suitable pr helper");
        File.Delete(socket);
        using HostProcess process = await keeper.Processes.StartAsync(new ProcessPlan
        {
            Program = program,
            Arguments = ["-k", socket],
            Environment = [new("LC_ALL", "C"), .. CommandLine.StartContext.DaemonsPath],
            Cgroups = groups,
        }, cancel).ConfigureAwait(false);
        AtomicFile.Write(PidFileOf(keeper, folder), process.Pid.ToString(System.Globalization.CultureInfo.InvariantCulture), 0x1a4, durable: false);
        try
        {
            // It tells nobody when it listens.
            long began = keeper.Time.GetTimestamp();
            while (!File.Exists(socket))
            {
                if (process.Exited.IsCompleted || keeper.Time.GetElapsedTime(began) > Patience)
                    throw VireoException.Internal(ErrorDomain.Qemu, "pr-helper process died unexpectedly");
                await Task.Delay(Pause, keeper.Time, cancel).ConfigureAwait(false);
            }
            keeper.Security.GiveSocket(live, socket);
        }
        catch
        {
            await StopAsync(keeper, folder).ConfigureAwait(false);
            throw;
        }
        return process.Pid;
    }

    /// <summary>Starts it for a run that has none yet.</summary>
    internal static async ValueTask NeedAsync(QemuKeeper keeper, DomainDef def, LiveQemu live, CancellationToken cancel)
    {
        using HostProcess? running = keeper.Processes.Find(PidFileOf(keeper, live.Places.Folder), SocketOf(live.Places.Folder));
        if (running is null)
            await StartAsync(keeper, def, live.Places.Folder, live.Cgroup?.Folders ?? [], cancel).ConfigureAwait(false);
    }

    /// <summary>Ends it; idle where there is none.</summary>
    internal static async ValueTask StopAsync(QemuKeeper keeper, string folder)
    {
        string socket = SocketOf(folder);
        await HelperPrograms.EndAsync(keeper, PidFileOf(keeper, folder), socket).ConfigureAwait(false);
        if (File.Exists(socket))
            File.Delete(socket);        // its folder may be gone
    }

    /// <summary>QEMU lost it: another takes its place, and QEMU finds that by itself.</summary>
    internal static async Task RestartAsync(QemuKeeper keeper, QemuMachine machine, LiveQemu live)
    {
        try
        {
            await using var job = await machine.EnterAsync(Hypervisor.Jobs.Job.Modify, "pr-helper", CancellationToken.None).ConfigureAwait(false);
            if (machine.Live != live || live.Ending || machine.Snapshot.Live is not { } def || !IsWanted(def))
                return;
            await StopAsync(keeper, live.Places.Folder).ConfigureAwait(false);
            await StartAsync(keeper, def, live.Places.Folder, live.Cgroup?.Folders ?? [], job.Interrupted).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            keeper.Log.HelperNotRestarted(machine.Name, e);
        }
    }
}
