using Vireo.Core;
using Vireo.Core.Errors;

namespace Vireo.Drivers.Network;

/// <summary>What callers of networks may meet, in libvirt's wording.</summary>
static class NetworkErrors
{
    const ErrorDomain Here = ErrorDomain.Network;

    public static VireoException NoNetwork(string name) => new(ErrorCode.NoNetwork, Here, $"no network with matching name '{name}'");

    /// <summary>A network that a caller knew and that is there no longer, or never was.</summary>
    public static VireoException NoNetwork(Uuid uuid, string? name = null) => new(ErrorCode.NoNetwork, Here,
        name is null ? $"no network with matching uuid '{uuid}'" : $"no network with matching uuid '{uuid}' ({name})");

    public static VireoException NotActive(string name) => VireoException.OperationInvalid(Here, $"network '{name}' is not active");

    public static VireoException Taken(string text) => new(ErrorCode.OperationFailed, Here, text);

    public static VireoException Invalid(string text) => VireoException.OperationInvalid(Here, text);

    public static VireoException Internal(string text) => VireoException.Internal(Here, text);

    public static VireoException Unsupported(string text) => new(ErrorCode.ConfigUnsupported, Here, text);

    public static VireoException NoPort(Uuid port) => new(ErrorCode.NoNetworkPort, Here, $"Network port with UUID {port} does not exist");

    public static VireoException PortExists(Uuid port) => new(ErrorCode.NetworkPortExist, Here, $"Network port with UUID {port} already exists");

    /// <summary>Refuses flags that a function does not know.</summary>
    public static void Only<T>(this T flags, T known, string function) where T : struct, Enum
    {
        uint unknown = Convert.ToUInt32(flags) & ~Convert.ToUInt32(known);
        if (unknown != 0)
            throw VireoException.UnsupportedFlags(unknown, function, Here);
    }

    /// <summary>Refuses any flag.</summary>
    public static void None(this uint flags, string function)
    {
        if (flags != 0)
            throw VireoException.UnsupportedFlags(flags, function, Here);
    }

    /// <summary>A system call that failed.</summary>
    public static void Check(int errno, string doing)
    {
        if (errno != 0)
            throw VireoException.System(ErrorDomain.None, errno, doing);
    }
}
