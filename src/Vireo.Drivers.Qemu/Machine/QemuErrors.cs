using Vireo.Core.Errors;
using Vireo.Driver;

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

    /// <summary>Nobody in the guest answers: one whose processors stand still could not, and none has a channel for it.</summary>
    internal static VireoException NoAgent(DomainState state) =>
        state is DomainState.Running ? ArgumentUnsupported("QEMU guest agent is not configured") : Invalid("domain is not running");

    // libvirt says this without the words that usually stand before an argument's error.
    internal static VireoException UnknownFlags(string function, uint flags, ErrorDomain domain = ErrorDomain.Qemu) =>
        new(new VirError(ErrorCode.InvalidArg, domain, $"unsupported flags (0x{flags:x}) in function {function}", Str1: function, Str2: "flags", Int1: 0, Int2: 0));

    /// <summary>Refuses flags that a method does not know, naming libvirt's function.</summary>
    internal static void Only<T>(this T flags, T known, string function) where T : struct, Enum
    {
        uint unknown = Convert.ToUInt32(flags) & ~Convert.ToUInt32(known);
        if (unknown != 0) throw UnknownFlags(function, unknown);
    }
}
