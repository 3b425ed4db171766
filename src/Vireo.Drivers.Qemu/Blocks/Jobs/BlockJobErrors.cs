using Vireo.Core.Errors;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Blocks.Jobs;

/// <summary>What callers of jobs on blocks meet, in libvirt's codes and words.</summary>
static class BlockJobErrors
{
    internal static Disk Find(DomainDef def, string path) =>
        def.Devices.Disks.FirstOrDefault(d => d.Target.Device == path || path.StartsWith('/') && Capabilities.DomainBlocks.PathOf(d) == path)
        ?? throw VireoException.InvalidArgument(ErrorDomain.Qemu, $"disk '{path}' not found in domain");

    internal static VireoException None(string target) =>
        VireoException.InvalidArgument(ErrorDomain.Qemu, $"disk {target} does not have an active block job");

    /// <summary>A disk has one job at a time.</summary>
    internal static void CheckFree(BlockJobTable jobs, Disk disk)
    {
        string text = $"disk '{disk.Target.Device}' already in active block job";
        if (disk.Mirror is not null)
            throw new VireoException(ErrorCode.BlockCopyActive, ErrorDomain.Qemu, text);
        if (jobs.OfDisk(disk.Target.Device) is not null)
            throw new VireoException(ErrorCode.OperationUnsupported, ErrorDomain.Qemu, text);
    }

    /// <summary>A disk whose changes go with the run has no job of a caller's, and any other has one at a time.</summary>
    internal static void CheckMayHave(BlockJobTable jobs, Disk disk)
    {
        if (disk.Transient is not null)
            throw new VireoException(ErrorCode.OperationUnsupported, ErrorDomain.Qemu, $"block jobs are not supported on transient disk '{disk.Target.Device}'");
        CheckFree(jobs, disk);
    }

    /// <summary>Bytes a second of a limit in MiB or bytes.</summary>
    internal static ulong Bytes(ulong bandwidth, bool isBytes)
    {
        const ulong most = long.MaxValue >> 20;
        if (isBytes)
            return bandwidth <= long.MaxValue ? bandwidth : throw new VireoException(ErrorCode.Overflow, ErrorDomain.Qemu, $"bandwidth must be less than {long.MaxValue}");
        return bandwidth <= most ? bandwidth << 20 : throw new VireoException(ErrorCode.Overflow, ErrorDomain.Qemu, $"bandwidth must be less than {most}");
    }
}
