using Vireo.Core.Errors;

namespace Vireo.Host;

/// <summary>System calls that failed.</summary>
static class HostErrors
{
    /// <summary>"DOING: strerror", with the errno.</summary>
    public static VireoException Failed(int errno, string doing) => VireoException.System(ErrorDomain.None, errno, doing);
}
