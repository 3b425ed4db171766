using System.Runtime.InteropServices;
using Vireo.Core.Errors;

namespace Vireo.Drivers.Storage.Kinds.IscsiDirect;

/// <summary>A session of the daemon's own with a server. All of it waits for the server, though not for ever: who calls is on a thread that may.</summary>
sealed unsafe class IscsiSession : IDisposable
{
    const int Good = 0, Disk = 0;       // SAM's status of a command and SPC's type of a device
    const int WellKnown = 16;           // room for the answer to a first question: as much as says how much there is
    const int MostUnitBytes = 1 << 20;  // 131,072 units: more than there are numbers for
    const int Patience = 60, Attempts = 3;      // seconds for an answer; and for a line that broke
    const uint WipedBytes = 256 * 1024;

    readonly nint handle;
    bool isLoggedIn;

    IscsiSession(string initiator)
    {
        handle = LibIscsi.iscsi_create_context(initiator);
        if (handle is 0)
            throw StorageErrors.Internal($"Failed to create iscsi context for {initiator}");
        _ = LibIscsi.iscsi_set_timeout(handle, Patience);
        LibIscsi.iscsi_set_reconnect_max_retries(handle, Attempts);
    }

    /// <summary>Logs in at a target.</summary>
    /// <param name="portal">HOST:PORT.</param>
    /// <param name="target">Its name.</param>
    /// <param name="initiator">Who the host is.</param>
    /// <param name="user">By which name it logs in; null: without.</param>
    /// <param name="password">Of that user.</param>
    public static IscsiSession Open(string portal, string target, string initiator, string? user, byte[] password)
    {
        var session = new IscsiSession(initiator);
        try
        {
            session.Must(LibIscsi.iscsi_init_transport(session.handle, LibIscsi.OverTcp), "Failed to init transport");
            session.Must(LibIscsi.iscsi_set_targetname(session.handle, target), "Failed to set target name");
            session.Must(LibIscsi.iscsi_set_session_type(session.handle, LibIscsi.NormalSession), "Failed to set session type");
            if (user is not null)
                session.Authenticate(user, password);
            session.Connect(portal);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>The targets of a server.</summary>
    public static IReadOnlyList<string> FindTargets(string portal, string initiator)
    {
        using var session = new IscsiSession(initiator);
        session.Must(LibIscsi.iscsi_init_transport(session.handle, LibIscsi.OverTcp), "Failed to init transport");
        session.Must(LibIscsi.iscsi_set_session_type(session.handle, LibIscsi.DiscoverySession), "Failed to set session type");
        session.Connect(portal);
        LibIscsi.DiscoveredTarget* first = LibIscsi.iscsi_discovery_sync(session.handle);
        if (first is null)
            throw session.Failed("Failed to discover session");
        List<string> names = [];
        for (LibIscsi.DiscoveredTarget* one = first; one is not null; one = one->Next)
            names.Add(Marshal.PtrToStringUTF8(one->Name) ?? "");
        LibIscsi.iscsi_free_discovery_data(session.handle, first);
        return names;
    }

    void Authenticate(string user, byte[] password)
    {
        byte[] text = new byte[password.Length + 1];     // C's end
        password.CopyTo(text, 0);
        fixed (byte* first = text)
            Must(LibIscsi.iscsi_set_initiator_username_pwd(handle, user, first), "Failed to set credentials");
        System.Security.Cryptography.CryptographicOperations.ZeroMemory(text);
    }

    void Connect(string portal)
    {
        Must(LibIscsi.iscsi_connect_sync(handle, portal), "Failed to connect");
        Must(LibIscsi.iscsi_login_sync(handle), "Failed to login");
        isLoggedIn = true;
    }

    /// <summary>The numbers of its units.</summary>
    public IReadOnlyList<ushort> Units()
    {
        int room = WellKnown;
        while (true)
        {
            nint task = Run(LibIscsi.iscsi_reportluns_sync(handle, LibIscsi.AllUnits, room), "Failed to report luns");
            try
            {
                if (LibIscsi.scsi_datain_getfullsize(task) is var whole && whole > room)
                {
                    if (whole > MostUnitBytes)
                        throw StorageErrors.Internal($"Failed to report luns: the server says that its answer has {whole} bytes, at most {MostUnitBytes} are read");
                    room = whole;
                    continue;
                }
                // struct scsi_reportluns_list: how many, then 16 bits for each.
                void* list = LibIscsi.scsi_datain_unmarshall(task);
                if (list is null)
                    throw Failed("Failed to unmarshall reportluns");
                return [.. new ReadOnlySpan<ushort>((byte*)list + sizeof(uint), checked((int)*(uint*)list))];
            }
            finally
            {
                LibIscsi.scsi_free_scsi_task(task);
            }
        }
    }

    /// <summary>How many blocks of how many bytes a unit has; none if it is no disk.</summary>
    public (ulong Blocks, uint BlockLength) SizeOf(ushort unit)
    {
        Ready(unit);
        const int StandardInquiry = 64;
        nint told = Run(LibIscsi.iscsi_inquiry_sync(handle, unit, 0, 0, StandardInquiry), "Failed to send inquiry command");
        int* kind = (int*)LibIscsi.scsi_datain_unmarshall(told);
        bool isDisk = kind is not null && kind[1] is Disk;       // struct scsi_inquiry_standard: qualifier, then type
        LibIscsi.scsi_free_scsi_task(told);
        if (!isDisk)
            return (0, 0);
        nint task = Run(LibIscsi.iscsi_readcapacity16_sync(handle, unit), "Failed to get capacity of lun");
        var size = (LibIscsi.UnitSize*)LibIscsi.scsi_datain_unmarshall(task);
        (ulong, uint) found = size is null ? default : (size->LastBlock + 1, size->BlockLength);
        LibIscsi.scsi_free_scsi_task(task);
        return found is (_, > 0) ? found : throw Failed("Failed to unmarshall capacity");
    }

    /// <summary>A unit says once, as the answer to its first command, that something changed with it.</summary>
    void Ready(ushort unit)
    {
        for (int i = 0; i < 3; i++)
        {
            nint task = LibIscsi.iscsi_testunitready_sync(handle, unit);
            if (task is 0)
                throw Failed("Failed testunitready");
            int status = *(int*)task;
            LibIscsi.scsi_free_scsi_task(task);
            if (status is Good)
                return;
        }
    }

    /// <summary>Writes zeros over all of a unit.</summary>
    public void Wipe(ushort unit, CancellationToken cancel)
    {
        (ulong blocks, uint length) = SizeOf(unit);
        if (length is 0)
            return;
        uint atOnce = Math.Max(WipedBytes / length, 1);
        byte[] zeros = new byte[atOnce * length];
        fixed (byte* data = zeros)
        {
            for (ulong at = 0; at < blocks; at += atOnce)
            {
                cancel.ThrowIfCancellationRequested();
                uint count = (uint)Math.Min(atOnce, blocks - at);
                LibIscsi.scsi_free_scsi_task(Run(LibIscsi.iscsi_write16_sync(handle, unit, at, data, count * length, (int)length, 0, 0, 0, 0, 0), "failed to run write16"));
            }
        }
    }

    /// <summary>The task of a command that went well; the caller frees it.</summary>
    nint Run(nint task, string what)
    {
        // struct scsi_task begins with the status.
        if (task is not 0 && *(int*)task is Good)
            return task;
        VireoException fault = Failed(what);
        if (task is not 0)
            LibIscsi.scsi_free_scsi_task(task);
        throw fault;
    }

    void Must(int result, string what)
    {
        if (result is not 0)
            throw Failed(what);
    }

    VireoException Failed(string what) => StorageErrors.Internal($"{what}: {Marshal.PtrToStringUTF8(LibIscsi.iscsi_get_error(handle))}");

    public void Dispose()
    {
        if (isLoggedIn)
        {
            _ = LibIscsi.iscsi_logout_sync(handle);
            _ = LibIscsi.iscsi_disconnect(handle);
        }
        _ = LibIscsi.iscsi_destroy_context(handle);
    }
}
