using System.Runtime.InteropServices;

namespace Vireo.Drivers.Storage.Kinds.IscsiDirect;

/// <summary>libiscsi, an initiator of its own: the kernel has no part in it.</summary>
static unsafe partial class LibIscsi
{
    const string Library = "libiscsi.so.7";

    internal const int OverTcp = 0, DiscoverySession = 1, NormalSession = 2, AllUnits = 0;

    /// <summary>Whether the library is installed.</summary>
    internal static bool IsThere => NativeLibrary.TryLoad(Library, out _);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] internal static partial nint iscsi_create_context(string initiator);
    [LibraryImport(Library)] internal static partial int iscsi_destroy_context(nint session);
    [LibraryImport(Library)] internal static partial int iscsi_init_transport(nint session, int transport);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] internal static partial int iscsi_set_targetname(nint session, string name);
    [LibraryImport(Library)] internal static partial int iscsi_set_session_type(nint session, int type);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] internal static partial int iscsi_set_initiator_username_pwd(nint session, string user, byte* password);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] internal static partial int iscsi_connect_sync(nint session, string portal);
    [LibraryImport(Library)] internal static partial int iscsi_set_timeout(nint session, int seconds);
    [LibraryImport(Library)] internal static partial void iscsi_set_reconnect_max_retries(nint session, int most);
    [LibraryImport(Library)] internal static partial int iscsi_login_sync(nint session);
    [LibraryImport(Library)] internal static partial int iscsi_logout_sync(nint session);
    [LibraryImport(Library)] internal static partial int iscsi_disconnect(nint session);
    [LibraryImport(Library)] internal static partial nint iscsi_get_error(nint session);
    [LibraryImport(Library)] internal static partial DiscoveredTarget* iscsi_discovery_sync(nint session);
    [LibraryImport(Library)] internal static partial void iscsi_free_discovery_data(nint session, DiscoveredTarget* first);
    [LibraryImport(Library)] internal static partial nint iscsi_reportluns_sync(nint session, int which, int room);
    [LibraryImport(Library)] internal static partial nint iscsi_testunitready_sync(nint session, int unit);
    [LibraryImport(Library)] internal static partial nint iscsi_inquiry_sync(nint session, int unit, int vital, int page, int room);
    [LibraryImport(Library)] internal static partial nint iscsi_readcapacity16_sync(nint session, int unit);

    [LibraryImport(Library)]
    internal static partial nint iscsi_write16_sync(
        nint session, int unit, ulong block, byte* data, uint length, int blockLength, int protect, int pageOut, int unitAccess, int volatileUnitAccess, int group);

    [LibraryImport(Library)] internal static partial int scsi_datain_getfullsize(nint task);
    [LibraryImport(Library)] internal static partial void* scsi_datain_unmarshall(nint task);
    [LibraryImport(Library)] internal static partial void scsi_free_scsi_task(nint task);

    /// <summary>Beginning of <c>struct iscsi_discovery_address</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct DiscoveredTarget
    {
        internal DiscoveredTarget* Next;
        internal nint Name;
    }

    /// <summary>Beginning of <c>struct scsi_readcapacity16</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct UnitSize
    {
        internal ulong LastBlock;
        internal uint BlockLength;
    }
}
