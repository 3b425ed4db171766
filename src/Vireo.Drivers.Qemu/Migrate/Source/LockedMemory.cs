using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Host.Processes;

namespace Vireo.Drivers.Qemu.Migrate.Source;

/// <summary>
/// Memory that is sent without being copied is locked until it is sent, and that may be all of the guest's: the limit of its QEMU is raised as long as it takes. What
/// it was is in the status before.
/// </summary>
static class LockedMemory
{
    internal static void Raise(QemuKeeper keeper, QemuMachine machine, MigrationJob job)
    {
        if (!job.Flags.HasFlag(DomainMigrateFlags.Zerocopy) || machine.Snapshot is not { Live: { } def, Pid: var pid }) return;
        ulong wanted = ((def.MemoryTune?.HardLimit ?? def.Memory)?.KiB ?? 0) * 1024;
        if (ProcessLimits.LockedMemoryOf(pid) is not { } now || now >= wanted) return;
        job.LockedBefore = now;
        keeper.Save(machine);
        if (Set(pid, wanted) is not 0 and var errno)
            throw VireoException.System(ErrorDomain.None, errno, $"cannot limit locked memory of process {pid} to {wanted}");
    }

    /// <summary>Puts back what it was. A process that must not be limited again keeps what it has: that is no reason to stop a guest.</summary>
    internal static void PutBack(int pid, ulong? before)
    {
        if (before is { } bytes) _ = Set(pid, bytes);
    }

    static int Set(int pid, ulong bytes) => ProcessLimits.Set(pid, new ResourceLimit(Resource.LockedMemory, bytes, bytes));
}
