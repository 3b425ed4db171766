using System.Runtime.InteropServices;

namespace Vireo.Remote.Transports.Ssh;

/// <summary>What is used of the system's libssh2 (libssh2.h), which is loaded by the first call.</summary>
static unsafe partial class LibSsh2
{
    internal const string Name = "libssh2.so.1";

    /// <summary>Errors (LIBSSH2_ERROR_*).</summary>
    internal const int FileFailed = -16, AuthenticationFailed = -18, PublicKeyUnverified = -19, Again = -37;

    /// <summary>What a file says of a host (LIBSSH2_KNOWNHOST_CHECK_*).</summary>
    internal const int HostKnown = 0, HostChanged = 1, HostUnknown = 2;

    /// <summary>What the library waits for (LIBSSH2_SESSION_BLOCK_*).</summary>
    internal const int BlockInbound = 1, BlockOutbound = 2;

    internal const int OpenSshFormat = 1, PlainName = 1, RawKey = 1 << 16, Md5 = 1, Md5Size = 16, Window = 2 * 1024 * 1024, PacketSize = 32 * 1024;

    /// <summary>A line of known hosts (struct libssh2_knownhost).</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct KnownHost
    {
        public uint Magic;
        public nint Node;
        public byte* Name, Key;
        public int Types;
    }

    /// <summary>LIBSSH2_USERAUTH_KBDINT_PROMPT.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Prompt
    {
        public byte* Text;
        public uint Length;
        public byte Echo;
    }

    /// <summary>LIBSSH2_USERAUTH_KBDINT_RESPONSE; its text is of malloc's and becomes the library's.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Response
    {
        public byte* Text;
        public uint Length;
    }

    [LibraryImport(Name)] internal static partial nint libssh2_session_init_ex(nint allocate, nint free, nint reallocate, nint data);
    [LibraryImport(Name)] internal static partial int libssh2_session_free(nint session);
    [LibraryImport(Name)] internal static partial nint* libssh2_session_abstract(nint session);
    [LibraryImport(Name)] internal static partial int libssh2_session_handshake(nint session, int socket);
    [LibraryImport(Name)] internal static partial void libssh2_session_set_blocking(nint session, int blocking);
    [LibraryImport(Name)] internal static partial int libssh2_session_last_error(nint session, out byte* text, out int length, int wantsCopy);
    [LibraryImport(Name)] internal static partial int libssh2_session_last_errno(nint session);
    [LibraryImport(Name)] internal static partial int libssh2_session_block_directions(nint session);
    [LibraryImport(Name, StringMarshalling = StringMarshalling.Utf8)] internal static partial int libssh2_session_disconnect_ex(nint session, int reason, string text, string language);

    [LibraryImport(Name)] internal static partial byte* libssh2_session_hostkey(nint session, out nuint length, out int type);
    [LibraryImport(Name)] internal static partial byte* libssh2_hostkey_hash(nint session, int type);
    [LibraryImport(Name)] internal static partial nint libssh2_knownhost_init(nint session);
    [LibraryImport(Name)] internal static partial void libssh2_knownhost_free(nint hosts);
    [LibraryImport(Name, StringMarshalling = StringMarshalling.Utf8)] internal static partial int libssh2_knownhost_readfile(nint hosts, string path, int format);
    [LibraryImport(Name, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int libssh2_knownhost_checkp(nint hosts, string host, int port, byte* key, nuint length, int types, out KnownHost* found);

    [LibraryImport(Name)] internal static partial byte* libssh2_userauth_list(nint session, byte* user, uint length);
    [LibraryImport(Name)] internal static partial int libssh2_userauth_authenticated(nint session);
    [LibraryImport(Name)] internal static partial int libssh2_userauth_password_ex(nint session, byte* user, uint userLength, byte* password, uint length, nint change);
    [LibraryImport(Name)]
    internal static partial int libssh2_userauth_keyboard_interactive_ex(
        nint session, byte* user, uint length, delegate* unmanaged<byte*, int, byte*, int, int, Prompt*, Response*, nint*, void> ask);
    [LibraryImport(Name, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int libssh2_userauth_publickey_fromfile_ex(nint session, byte* user, uint length, string? publicKey, string privateKey, string? phrase);

    [LibraryImport(Name)] internal static partial nint libssh2_agent_init(nint session);
    [LibraryImport(Name)] internal static partial void libssh2_agent_free(nint agent);
    [LibraryImport(Name)] internal static partial int libssh2_agent_connect(nint agent);
    [LibraryImport(Name)] internal static partial int libssh2_agent_disconnect(nint agent);
    [LibraryImport(Name)] internal static partial int libssh2_agent_list_identities(nint agent);
    [LibraryImport(Name)] internal static partial int libssh2_agent_get_identity(nint agent, out nint found, nint before);
    [LibraryImport(Name)] internal static partial int libssh2_agent_userauth(nint agent, byte* user, nint identity);

    [LibraryImport(Name, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint libssh2_channel_open_ex(nint session, string type, uint typeLength, uint window, uint packet, byte* message, uint length);
    [LibraryImport(Name)] internal static partial int libssh2_channel_process_startup(nint channel, byte* request, uint requestLength, byte* message, uint length);
    [LibraryImport(Name)] internal static partial nint libssh2_channel_read_ex(nint channel, int stream, byte* target, nuint size);
    [LibraryImport(Name)] internal static partial nint libssh2_channel_write_ex(nint channel, int stream, byte* data, nuint size);
    [LibraryImport(Name)] internal static partial nuint libssh2_channel_window_read_ex(nint channel, out nuint available, nint initial);
    [LibraryImport(Name)] internal static partial int libssh2_channel_eof(nint channel);
    [LibraryImport(Name)] internal static partial int libssh2_channel_wait_closed(nint channel);
    [LibraryImport(Name)] internal static partial int libssh2_channel_get_exit_status(nint channel);
    [LibraryImport(Name)] internal static partial int libssh2_channel_send_eof(nint channel);
    [LibraryImport(Name)] internal static partial int libssh2_channel_close(nint channel);
    [LibraryImport(Name)] internal static partial int libssh2_channel_free(nint channel);
}
