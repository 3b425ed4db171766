using System.Runtime.InteropServices;

namespace Vireo.Drivers.Storage.Kinds.Rbd;

/// <summary>librados, the client of a Ceph cluster. What fails answers with a negative errno.</summary>
static unsafe partial class LibRados
{
    const string Library = "librados.so.2";

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] internal static partial int rados_create(out nint cluster, string? user);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] internal static partial int rados_conf_set(nint cluster, string option, byte* value);
    [LibraryImport(Library)] internal static partial int rados_connect(nint cluster);
    [LibraryImport(Library)] internal static partial void rados_shutdown(nint cluster);
    [LibraryImport(Library)] internal static partial int rados_cluster_stat(nint cluster, out ClusterRoom room);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] internal static partial int rados_ioctx_create(nint cluster, string pool, out nint context);
    [LibraryImport(Library)] internal static partial void rados_ioctx_destroy(nint context);
    [LibraryImport(Library)] internal static partial int rados_ioctx_pool_stat(nint context, ulong* facts);

    /// <summary>Room for a <c>struct rados_pool_stat_t</c>, in numbers: it has 16, of which the first is the bytes in the pool.</summary>
    internal const int PoolFacts = 32;

    /// <summary><c>struct rados_cluster_stat_t</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct ClusterRoom
    {
        internal ulong Kibibytes;
        internal ulong UsedKibibytes;
        internal ulong FreeKibibytes;
        internal ulong Objects;
    }
}
