using Vireo.Core.Errors;

namespace Vireo.Drivers.Qemu.Checkpoints;

/// <summary>What callers of checkpoints and backups meet, in libvirt's codes and words.</summary>
static class CheckpointErrors
{
    internal static VireoException None(string what) => new(ErrorCode.NoDomainCheckpoint, ErrorDomain.Qemu, what);

    internal static VireoException Config(string what) => new(ErrorCode.ConfigUnsupported, ErrorDomain.Qemu, what);

    internal static VireoException Operation(string what) => new(ErrorCode.OperationUnsupported, ErrorDomain.Qemu, what);

    /// <summary>Nobody knows what was written since: only everything can be backed up.</summary>
    internal static VireoException Broken(string bitmap, string disk) =>
        new(ErrorCode.CheckpointInconsistent, ErrorDomain.Qemu, $"missing or broken bitmap '{bitmap}' for disk '{disk}'");
}
