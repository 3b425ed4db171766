using Vireo.Core;
using Vireo.Core.Errors;

namespace Vireo.Drivers.NwFilter;

/// <summary>The errors of this driver, in libvirt's wording.</summary>
static class NwFilterErrors
{
    const ErrorDomain Here = ErrorDomain.Nwfilter;

    public static VireoException NoFilter(string name) => new(ErrorCode.NoNwfilter, Here, $"no nwfilter with matching name '{name}'");

    public static VireoException NoFilter(Uuid uuid) => new(ErrorCode.NoNwfilter, Here, $"no nwfilter with matching uuid '{uuid}'");

    public static VireoException NoBinding(string port) => new(ErrorCode.NoNwfilterBinding, Here, $"no nwfilter binding for port dev '{port}'");

    public static VireoException Missing(string name) => VireoException.Internal(Here, $"referenced filter '{name}' is missing");

    public static VireoException Taken(string text) => new(ErrorCode.OperationFailed, Here, text);

    public static VireoException InUse() => VireoException.OperationInvalid(Here, "nwfilter is in use");

    public static VireoException BadLearning(string filter, string value) =>
        new(ErrorCode.ParseFailed, Here, $"filter '{filter}' learning value '{value}' invalid.");

    /// <summary>A name that no file can have.</summary>
    public static VireoException NoFile(string path) => VireoException.System(ErrorDomain.None, 2, $"Failed to create file '{path}'");

    /// <summary>Refuses flags outside of those that a function knows.</summary>
    public static void Only(uint flags, uint known, string function)
    {
        if ((flags & ~known) is not 0 and var rest)
            throw VireoException.UnsupportedFlags(rest, function, Here);
    }
}
