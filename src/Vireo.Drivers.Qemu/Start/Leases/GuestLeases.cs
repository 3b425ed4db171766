using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Driver.Contracts;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Settings;
using Vireo.Host.Processes;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Qemu.Start.Leases;

/// <summary>
/// Takes the leases of a guest from the lock manager. The guest's own process registers there before it becomes QEMU and stays connected, so
/// that the leases end with it, whatever becomes of this daemon; the leases are taken just before the guest runs.
/// </summary>
static class GuestLeases
{
    /// <summary>Guests have leases on this host.</summary>
    internal static bool AreWanted(QemuKeeper keeper) => keeper.Config.LockManager is LockdConfig.Name;

    static LockOwner OwnerOf(QemuMachine machine, int id, int pid) => new(machine.Uuid, machine.Name, (uint)id, (uint)pid);

    /// <summary>What the guest's process says to the lock manager; null: nothing, no leases are wanted.</summary>
    /// <exception cref="VireoException">There is no lock manager, or the leases cannot be had at all.</exception>
    internal static async ValueTask<Greeting?> RegistrationAsync(StartRun run, CancellationToken cancel)
    {
        if (!AreWanted(run.Keeper))
            return null;
        run.Leases = await LeaseList.OfAsync(run.Live, run.Keeper.Options.Lockd, DiskIds.Of(run.Keeper.Processes), cancel).ConfigureAwait(false);
        IGuestManagers managers = ManagersOf(run.Keeper);
        try
        {
            managers.OpenLocks().Dispose();
        }
        catch (VireoException e)
        {
            // As stock says it, whose child finds out.
            throw VireoException.Internal(ErrorDomain.Qemu, $"Process exited prior to exec: libvirt: XML-RPC error : {e.Message}");
        }
        LockRegistration said = managers.RegistrationOf(OwnerOf(run.Machine, run.Id, 0));
        int number = run.Passed.Select(static passed => passed.Number + 1).Append(run.StateNumber + 1).Append(3).Max();
        return new Greeting(said.Socket, said.Bytes, said.PidAt, said.Replies, number);
    }

    static IGuestManagers ManagersOf(QemuKeeper keeper) => keeper.Options.Managers
        ?? throw QemuErrors.Unsupported($"lock_manager = \"{LockdConfig.Name}\" needs a lock manager");

    /// <summary>Takes the leases.</summary>
    /// <exception cref="VireoException">Somebody else has one.</exception>
    internal static async ValueTask TakeAsync(StartRun run, CancellationToken cancel)
    {
        // Whoever comes from another host takes them when that one has let go.
        if (run.Leases.Count == 0 || run.Wishes.Incoming?.Listen is not null)
            return;
        await TakeAsync(run.Keeper, run.Machine, run.Leases, run.Id, run.Process!.Pid, cancel).ConfigureAwait(false);
    }

    /// <summary>Takes the leases of a guest that has come, or that stays after all.</summary>
    /// <exception cref="VireoException">Somebody else has one.</exception>
    internal static async ValueTask TakeAsync(QemuKeeper keeper, QemuMachine machine, CancellationToken cancel)
    {
        if (!AreWanted(keeper) || machine.Snapshot is not { Live: { } guest } now)
            return;
        var leases = await LeaseList.OfAsync(guest, keeper.Options.Lockd, DiskIds.Of(keeper.Processes), cancel).ConfigureAwait(false);
        await TakeAsync(keeper, machine, leases, now.Id, now.Pid, cancel).ConfigureAwait(false);
    }

    static async ValueTask TakeAsync(
        QemuKeeper keeper, QemuMachine machine, IReadOnlyList<WantedLease> leases, int id, int pid, CancellationToken cancel)
    {
        using var locks = ManagersOf(keeper).OpenLocks();
        await locks.Program.RegisterAsync(OwnerOf(machine, id, pid), 0, cancel).ConfigureAwait(false);
        foreach (var (folder, name, flags) in leases)
        {
            if (folder.Length > 0 && (flags & LockFlags.AutoCreate) != 0)
                await locks.Program.CreateLockspaceAsync(folder, cancel).ConfigureAwait(false);
            await locks.Program.AcquireResourceAsync(folder, name, flags, cancel).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Gives back what a guest held, whose process is gone: the lock manager does that too as soon as it sees it, but who is told that the
    /// guest ended shall find its disks free.
    /// </summary>
    internal static async ValueTask GiveBackAsync(QemuKeeper keeper, QemuMachine machine, DomainDef? guest, int id, int pid)
    {
        if (!AreWanted(keeper) || guest is null || pid == 0 || keeper.Options.Managers is not { } managers)
            return;
        using var locks = managers.OpenLocks();
        await locks.Program.RegisterAsync(OwnerOf(machine, id, pid), 0, CancellationToken.None).ConfigureAwait(false);
        foreach (var (folder, name, _) in await LeaseList.OfAsync(guest, keeper.Options.Lockd, DiskIds.Of(keeper.Processes), CancellationToken.None).ConfigureAwait(false))
        {
            try
            {
                await locks.Program.ReleaseResourceAsync(folder, name, 0, CancellationToken.None).ConfigureAwait(false);
            }
            catch (VireoException)
            {
                // The lock manager was faster, or somebody else has it by now.
            }
        }
    }
}
