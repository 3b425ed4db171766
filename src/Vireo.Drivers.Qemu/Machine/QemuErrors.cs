using Vireo.Core.Errors;

namespace Vireo.Drivers.Qemu.Machine;

/// <summary>What callers of this driver meet, in libvirt's codes and words.</summary>
static class QemuErrors
{
    internal static VireoException Invalid(string detail) => VireoException.OperationInvalid(ErrorDomain.Qemu, detail);

    internal static VireoException PmSuspended() => Invalid("domain is pmsuspended");

    internal static VireoException DiedAtStart(string said) =>
        VireoException.Internal(ErrorDomain.Qemu, $"process exited while connecting to monitor: {said}");

    internal static VireoException NotTerminated(int pid) =>
        VireoException.System(ErrorDomain.Qemu, 16, $"Failed to terminate process {pid} with SIGTERM");

    internal static VireoException Transient(string doing) => Invalid($"cannot {doing} transient domain");

    internal static VireoException Unsupported(string detail) => new(ErrorCode.ConfigUnsupported, ErrorDomain.Qemu, detail);

    internal static VireoException ArgumentUnsupported(string detail) => new(ErrorCode.ArgumentUnsupported, ErrorDomain.Qemu, detail);

    internal static VireoException UnknownFlags(string function, uint flags) =>
        VireoException.InvalidArgument(ErrorDomain.Qemu, $"unsupported flags (0x{flags:x}) in function {function}");

    /// <summary>Refuses flags that a method does not know, naming libvirt's function.</summary>
    internal static void Only<T>(this T flags, T known, string function) where T : struct, Enum
    {
        uint unknown = Convert.ToUInt32(flags) & ~Convert.ToUInt32(known);
        if (unknown != 0) throw UnknownFlags(function, unknown);
    }
}
