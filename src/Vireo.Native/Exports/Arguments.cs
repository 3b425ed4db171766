using Vireo.Core.Errors;

namespace Vireo.Native.Exports;

/// <summary>What callers must not pass, in libvirt's words.</summary>
static class Arguments
{
    internal static VireoException Null(string argument, string function, ErrorDomain domain) =>
        VireoException.InvalidArgument(domain, $"{argument} in {function} must not be NULL");
}
