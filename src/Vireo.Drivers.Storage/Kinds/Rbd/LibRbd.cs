using System.Runtime.InteropServices;

namespace Vireo.Drivers.Storage.Kinds.Rbd;

/// <summary>librbd, images in a pool of a Ceph cluster. What fails answers with a negative errno.</summary>
static unsafe partial class LibRbd
{
    const string Library = "librbd.so.1";

    /// <summary>Of <see cref="rbd_get_features"/>: what changed is known by object.</summary>
    internal const ulong FastDiff = 1 << 4;

    /// <summary>Of <see cref="rbd_get_flags"/>: that is not true at the moment.</summary>
    internal const ulong FastDiffInvalid = 1 << 1;

    /// <summary>Whether the library is installed, which brings librados.</summary>
    internal static bool IsThere => NativeLibrary.TryLoad(Library, out _);

    [LibraryImport(Library)] internal static partial int rbd_list2(nint context, ImageName* names, nuint* count);
    [LibraryImport(Library)] internal static partial void rbd_image_spec_list_cleanup(ImageName* names, nuint count);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] internal static partial int rbd_create(nint context, string name, ulong size, int* order);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] internal static partial int rbd_remove(nint context, string name);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int rbd_clone2(
        nint parentContext, string parent, string snapshot, nint context, string name, ulong features, int* order, ulong stripeUnit, int stripeCount);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] internal static partial int rbd_open(nint context, string name, out nint image, string? snapshot);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] internal static partial int rbd_open_read_only(nint context, string name, out nint image, string? snapshot);
    [LibraryImport(Library)] internal static partial int rbd_close(nint image);
    [LibraryImport(Library)] internal static partial int rbd_stat(nint image, ulong* facts, nuint size);
    [LibraryImport(Library)] internal static partial int rbd_get_features(nint image, out ulong features);
    [LibraryImport(Library)] internal static partial int rbd_get_flags(nint image, out ulong flags);
    [LibraryImport(Library)] internal static partial int rbd_get_stripe_unit(nint image, out ulong bytes);
    [LibraryImport(Library)] internal static partial int rbd_get_stripe_count(nint image, out ulong count);
    [LibraryImport(Library)] internal static partial int rbd_resize(nint image, ulong size);
    [LibraryImport(Library)] internal static partial nint rbd_write(nint image, ulong offset, nuint length, byte* bytes);
    [LibraryImport(Library)] internal static partial int rbd_discard(nint image, ulong offset, ulong length);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int rbd_diff_iterate2(
        nint image, string? since, ulong offset, ulong length, byte withParent, byte wholeObjects, delegate* unmanaged<ulong, nuint, int, void*, int> told, void* argument);

    [LibraryImport(Library)] internal static partial int rbd_snap_list(nint image, Snapshot* snapshots, int* count);
    [LibraryImport(Library)] internal static partial void rbd_snap_list_end(Snapshot* snapshots);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] internal static partial int rbd_snap_create(nint image, string name);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] internal static partial int rbd_snap_remove(nint image, string name);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] internal static partial int rbd_snap_protect(nint image, string name);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] internal static partial int rbd_snap_unprotect(nint image, string name);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] internal static partial int rbd_snap_is_protected(nint image, string name, out int isProtected);

    /// <summary><c>rbd_image_spec_t</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct ImageName
    {
        internal nint Id;
        internal nint Name;
    }

    /// <summary><c>rbd_snap_info_t</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Snapshot
    {
        internal ulong Id;
        internal ulong Size;
        internal nint Name;
    }

    /// <summary>Room for a <c>rbd_image_info_t</c>, in numbers: it has 160 bytes, of which the first are the size, the size of an object and the number of objects.</summary>
    internal const int ImageFacts = 32;
}
