using System.Runtime.InteropServices;
using Vireo.Host;
using Vireo.Host.Files;

namespace Vireo.Drivers.Storage.Kinds.Gluster;

/// <summary>libgfapi, Gluster's client as a library: nothing is mounted.</summary>
static unsafe partial class LibGfapi
{
    const string Library = "libgfapi.so.0";

    /// <summary>Room for a <c>struct stat</c>, a <c>struct statvfs</c>, of any architecture.</summary>
    internal const int FactsSize = 256;

    internal const int ReadOnly = 0, NoWait = 0x800, Quiet = 1;

    /// <summary>Whether the library is installed, on an architecture whose structures are known here.</summary>
    internal static bool IsThere => RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.Arm64 && NativeLibrary.TryLoad(Library, out _);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8, SetLastError = true)] internal static partial nint glfs_new(string volume);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    internal static partial int glfs_set_volfile_server(nint session, string transport, string host, int port);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] internal static partial int glfs_set_logging(nint session, string file, int level);
    [LibraryImport(Library, SetLastError = true)] internal static partial int glfs_init(nint session);
    [LibraryImport(Library)] internal static partial int glfs_fini(nint session);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8, SetLastError = true)] internal static partial int glfs_chdir(nint session, string path);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8, SetLastError = true)] internal static partial int glfs_statvfs(nint session, string path, byte* facts);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8, SetLastError = true)] internal static partial int glfs_stat(nint session, string path, byte* facts);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8, SetLastError = true)] internal static partial nint glfs_opendir(nint session, string path);
    [LibraryImport(Library, SetLastError = true)] internal static partial Entry* glfs_readdir(nint folder);
    [LibraryImport(Library)] internal static partial int glfs_closedir(nint folder);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8, SetLastError = true)] internal static partial nint glfs_open(nint session, string path, int flags);
    [LibraryImport(Library, SetLastError = true)] internal static partial nint glfs_read(nint file, byte* target, nuint count, int flags);
    [LibraryImport(Library)] internal static partial int glfs_close(nint file);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8, SetLastError = true)] internal static partial int glfs_unlink(nint session, string path);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8, SetLastError = true)] internal static partial int glfs_rmdir(nint session, string path);

    /// <summary>Beginning of <c>struct dirent</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Entry
    {
        internal ulong Number;
        internal long Next;
        internal ushort Length;
        internal byte Kind;
        internal fixed byte Name[256];
    }

    /// <summary>What a <c>struct stat</c> says.</summary>
    internal static FileStatus Status(byte* facts)
    {
        // Up to the device of a device, Arm's is packed otherwise; from the size on they are the same.
        (int mode, int user) = RuntimeInformation.ProcessArchitecture is Architecture.Arm64 ? (16, 24) : (24, 28);
        return new FileStatus(*(int*)(facts + mode), new Ids(*(uint*)(facts + user), *(uint*)(facts + user + 4)), *(ulong*)(facts + 48), *(ulong*)(facts + 64) * 512,
            *(ulong*)facts, *(ulong*)(facts + 8), Time(facts + 72), Time(facts + 88), Time(facts + 104));
    }

    static FileTime Time(byte* at) => new(*(long*)at, *(uint*)(at + 8));

    /// <summary>Size and free bytes, of a <c>struct statvfs</c>.</summary>
    internal static FileSystemRoom Room(byte* facts)
    {
        ulong block = *(ulong*)(facts + 8);
        return new FileSystemRoom(*(ulong*)(facts + 16) * block, *(ulong*)(facts + 24) * block);
    }
}
