using System.Runtime.InteropServices;

namespace Vireo.Remote.Transports.Ssh;

/// <summary>What is used of the system's libssh (libssh.h), which is loaded by the first call.</summary>
static unsafe partial class LibSsh
{
    internal const string Name = "libssh.so.4";

    internal const int Ok = 0, Failed = -1, Again = -2;

    /// <summary>Options (ssh_options_e).</summary>
    internal const int Host = 0, Port = 1, Descriptor = 3, User = 4, KnownHosts = 8, Timeout = 9;

    /// <summary>Answers to an attempt to log in (ssh_auth_e).</summary>
    internal const int AuthSuccess = 0, AuthDenied = 1, AuthPartial = 2, AuthInfo = 3, AuthError = -1;

    /// <summary>Ways to log in, as bits.</summary>
    internal const int Password = 0x02, PublicKey = 0x04, Interactive = 0x10;

    /// <summary>What files say of a host (ssh_known_hosts_e).</summary>
    internal const int HostsFailed = -2, HostKnown = 1, HostChanged = 2;

    internal const int Sha256 = 2, EndOfFile = -127, WritePending = 0x08;

    [LibraryImport(Name)] internal static partial nint ssh_new();
    [LibraryImport(Name)] internal static partial void ssh_free(nint session);
    [LibraryImport(Name)] internal static partial void ssh_disconnect(nint session);
    [LibraryImport(Name)] internal static partial byte* ssh_get_error(nint session);
    [LibraryImport(Name, StringMarshalling = StringMarshalling.Utf8)] internal static partial int ssh_options_set(nint session, int option, string value);
    [LibraryImport(Name)] internal static partial int ssh_options_set(nint session, int option, int* value);
    [LibraryImport(Name)] internal static partial int ssh_options_set(nint session, int option, nint* value);
    [LibraryImport(Name)] internal static partial void ssh_set_blocking(nint session, int blocking);
    [LibraryImport(Name)] internal static partial int ssh_connect(nint session);
    [LibraryImport(Name)] internal static partial int ssh_is_connected(nint session);
    [LibraryImport(Name)] internal static partial int ssh_get_poll_flags(nint session);
    [LibraryImport(Name)] internal static partial int ssh_blocking_flush(nint session, int timeout);

    [LibraryImport(Name)] internal static partial int ssh_session_is_known_server(nint session);
    [LibraryImport(Name)] internal static partial int ssh_session_update_known_hosts(nint session);
    [LibraryImport(Name)] internal static partial int ssh_get_server_publickey(nint session, out nint key);
    [LibraryImport(Name)] internal static partial int ssh_get_publickey_hash(nint key, int type, out byte* hash, out nuint length);
    [LibraryImport(Name)] internal static partial void ssh_clean_pubkey_hash(ref byte* hash);
    [LibraryImport(Name)] internal static partial void ssh_key_free(nint key);

    [LibraryImport(Name)] internal static partial int ssh_userauth_none(nint session, byte* user);
    [LibraryImport(Name)] internal static partial int ssh_userauth_list(nint session, byte* user);
    [LibraryImport(Name)] internal static partial int ssh_userauth_agent(nint session, byte* user);
    [LibraryImport(Name, StringMarshalling = StringMarshalling.Utf8)] internal static partial int ssh_userauth_password(nint session, byte* user, string password);
    [LibraryImport(Name)] internal static partial int ssh_userauth_try_publickey(nint session, byte* user, nint key);
    [LibraryImport(Name)] internal static partial int ssh_userauth_publickey(nint session, byte* user, nint key);
    [LibraryImport(Name)] internal static partial int ssh_userauth_kbdint(nint session, byte* user, byte* submethods);
    [LibraryImport(Name)] internal static partial byte* ssh_userauth_kbdint_getname(nint session);
    [LibraryImport(Name)] internal static partial byte* ssh_userauth_kbdint_getinstruction(nint session);
    [LibraryImport(Name)] internal static partial int ssh_userauth_kbdint_getnprompts(nint session);
    [LibraryImport(Name)] internal static partial byte* ssh_userauth_kbdint_getprompt(nint session, uint index, out byte echo);
    [LibraryImport(Name, StringMarshalling = StringMarshalling.Utf8)] internal static partial int ssh_userauth_kbdint_setanswer(nint session, uint index, string answer);

    [LibraryImport(Name, StringMarshalling = StringMarshalling.Utf8)] internal static partial int ssh_pki_import_pubkey_file(string path, out nint key);
    [LibraryImport(Name, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int ssh_pki_import_privkey_file(string path, byte* phrase, delegate* unmanaged<byte*, byte*, nuint, int, int, nint, int> ask, nint data, out nint key);
    [LibraryImport(Name)] internal static partial int ssh_pki_export_privkey_to_pubkey(nint secret, out nint key);

    [LibraryImport(Name)] internal static partial nint ssh_channel_new(nint session);
    [LibraryImport(Name)] internal static partial int ssh_channel_open_session(nint channel);
    [LibraryImport(Name, StringMarshalling = StringMarshalling.Utf8)] internal static partial int ssh_channel_request_exec(nint channel, string command);
    [LibraryImport(Name)] internal static partial int ssh_channel_read_nonblocking(nint channel, byte* target, uint size, int isError);
    [LibraryImport(Name)] internal static partial int ssh_channel_poll(nint channel, int isError);
    [LibraryImport(Name)] internal static partial int ssh_channel_write(nint channel, byte* data, uint size);
    [LibraryImport(Name)] internal static partial int ssh_channel_is_eof(nint channel);
    [LibraryImport(Name)] internal static partial int ssh_channel_is_closed(nint channel);
    [LibraryImport(Name)] internal static partial int ssh_channel_get_exit_status(nint channel);
    [LibraryImport(Name)] internal static partial int ssh_channel_send_eof(nint channel);
    [LibraryImport(Name)] internal static partial int ssh_channel_close(nint channel);
    [LibraryImport(Name)] internal static partial void ssh_channel_free(nint channel);
}
