using System.Runtime.InteropServices;

namespace Vireo.Host.Files;

/// <summary>What a SELinux policy's table of files says is known to libselinux alone: how its patterns are ordered and matched.</summary>
static unsafe partial class LibSelinux
{
    const string Library = "libselinux.so.1";

    internal const uint OfFiles = 0;
    internal const int Table = 3;

    /// <summary>Whether the library is installed.</summary>
    internal static bool IsThere { get; } = NativeLibrary.TryLoad(Library, out _);

    [LibraryImport(Library, SetLastError = true)] internal static partial nint selabel_open(uint backend, Option* options, uint count);
    [LibraryImport(Library)] internal static partial void selabel_close(nint handle);
    [LibraryImport(Library)] internal static partial void freecon(byte* context);

    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int selabel_lookup_raw(nint handle, byte** context, string path, int mode);

    /// <summary><c>struct selinux_opt</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Option
    {
        internal int Kind;
        internal byte* Value;
    }
}
