using Vireo.Core.Errors;

namespace Vireo.Drivers.Qemu.Monitor;

/// <summary>QEMU refused a command; <see cref="Class"/> and <see cref="Description"/> are its own words.</summary>
public sealed class QmpRefusal(string command, string @class, string description)
    : VireoException(ErrorCode.InternalError, ErrorDomain.Qemu, $"unable to execute QEMU command '{command}': {description}")
{
    /// <summary>QEMU's error class, mostly GenericError.</summary>
    public string Class { get; } = @class;

    /// <summary>QEMU's text.</summary>
    public string Description { get; } = description;

    /// <summary>This QEMU has no such command.</summary>
    public bool IsUnknownCommand => Class == "CommandNotFound";

    /// <summary>The device named is not there (any more).</summary>
    public bool IsUnknownDevice => Class == "DeviceNotFound";

    /// <summary>What should go is still held by something else. QEMU has no class for it, only these words.</summary>
    public bool IsInUse => Description.Contains(" in use", StringComparison.Ordinal) || Description.EndsWith(" is busy", StringComparison.Ordinal);
}

static class QmpErrors
{
    internal static VireoException EndOfFile() => VireoException.Internal(ErrorDomain.Qemu, "End of file from qemu monitor");

    internal static VireoException ReadFailed(int errno) =>
        VireoException.System(ErrorDomain.Qemu, errno, "Unable to read from monitor");

    internal static VireoException TooLong(int limit) => VireoException.Internal(
        ErrorDomain.Qemu, $"QEMU monitor reply exceeds buffer size ({limit} bytes)");

    internal static VireoException Malformed(string what) =>
        VireoException.Internal(ErrorDomain.Qemu, $"Malformed answer in the QEMU monitor: {what}");

    internal static VireoException Closed() => new(ErrorCode.OperationFailed, ErrorDomain.Qemu, "domain is no longer running");
}
