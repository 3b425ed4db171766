using Vireo.Core.Errors;
using Vireo.Native.Interop;
using Vireo.Native.Logging;

namespace Vireo.Native.Exports;

/// <summary>The library itself.</summary>
static unsafe class LibraryBodies
{
    /// <summary>The release of libvirt that we are.</summary>
    internal const uint Version = 9_000_000;

    [CBody("virInitialize")]
    internal static int Initialize()
    {
        Log.ThrowIfWrong();
        return 0;
    }

    [CBody("virGetVersion")]
    internal static int GetVersion(nuint* library, byte* type, nuint* typeVersion)
    {
        if (library is null)
            throw new VireoException(new VirError(ErrorCode.InternalError, ErrorDomain.None, "An error occurred, but the cause is unknown", Int1: 0, Int2: 0));
        *library = Version;
        if (typeVersion is not null)
            *typeVersion = Version;
        return 0;
    }
}
