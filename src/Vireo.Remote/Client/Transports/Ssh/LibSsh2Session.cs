using System.Runtime.InteropServices;
using System.Text;
using Vireo.Core.Errors;
using Vireo.Driver.Login;
using Vireo.Rpc.Posix;
using static Vireo.Remote.Transports.Ssh.LibSsh2;

namespace Vireo.Remote.Transports.Ssh;

/// <summary>An SSH connection of libssh2's.</summary>
sealed unsafe partial class LibSsh2Session(int socket, RemoteAddress to, RemotePlaces places, ICredentialSource? person) : SshSession(to, places, person)
{
    const int EIO = 5, EAGAIN = 11, ByApplication = 11, ComplaintSize = 1024;

    nint session, channel;

    /// <inheritdoc/>
    protected override int Descriptor => socket;

    private protected override string LastError
    {
        get
        {
            if (session is 0)
                return "";
            _ = libssh2_session_last_error(session, out byte* text, out int length, 0);
            return text is null ? "" : Encoding.UTF8.GetString(text, length);
        }
    }

    private protected override void Begin()
    {
        session = libssh2_session_init_ex(0, 0, 0, 0);
        if (session is 0)
            throw Questions.Error("Failed to initialize libssh2 session");
        libssh2_session_set_blocking(session, 0);
        int result;
        do
            result = libssh2_session_handshake(session, socket);
        while (WaitsAfter(result));
        if (result < 0)
            throw Questions.NoConnection($"SSH session handshake failed: {LastError}");
    }

    /// <summary>
    /// Waits for what the library wants to read or write, if that is why a call has ended; the call is to be made again then. The library's own waiting takes
    /// any signal that a thread gets for a failure, and the runtime sends them.
    /// </summary>
    bool WaitsAfter(int result)
    {
        if (result is not Again)
            return false;
        int directions = libssh2_session_block_directions(session);
        if (directions is not 0)
            UnixSocket.Wait(socket, (directions & BlockInbound) is not 0, (directions & BlockOutbound) is not 0);
        return true;
    }

    bool WaitsAfterLast() => WaitsAfter(libssh2_session_last_errno(session));

    private protected override void CheckHost(string path)
    {
        byte* key = libssh2_session_hostkey(session, out nuint length, out _);
        if (key is null)
            throw Questions.Error($"Failed to retrieve ssh host key: {LastError}");
        nint hosts = libssh2_knownhost_init(session);
        if (hosts is 0)
            throw Questions.Error("Failed to initialize libssh2 known hosts table");
        int known;
        KnownHost* found;
        try
        {
            if (libssh2_knownhost_readfile(hosts, path, OpenSshFormat) is < 0 and not FileFailed)
                throw Questions.Error($"unable to load knownhosts file '{path}': {LastError}");
            known = libssh2_knownhost_checkp(hosts, To.Host, To.Port ?? DefaultPort, key, length, PlainName | RawKey, out found);
            if (known is HostChanged)
                throw Questions.Changed(found is null ? "" : Marshal.PtrToStringUTF8((nint)found->Key) ?? "", path);
        }
        finally
        {
            libssh2_knownhost_free(hosts);
        }
        if (known is HostKnown)
            return;
        if (known is not HostUnknown)
            throw Questions.Error($"failed to validate SSH host key: {LastError}");
        if (To.KnownHostsCheck is "normal")
            Questions.Accept(HostHash());
        Remember(path, new ReadOnlySpan<byte>(key, (int)length));
    }

    string HostHash()
    {
        byte* hash = libssh2_hostkey_hash(session, Md5);
        if (hash is null)
            throw Questions.Error("failed to calculate ssh host key hash");
        return string.Join(':', Convert.ToHexString(new ReadOnlySpan<byte>(hash, Md5Size)).Chunk(2).Select(static two => new string(two)));
    }

    /// <summary>A line more; the library would write the whole file anew, without what it does not understand of it.</summary>
    void Remember(string path, ReadOnlySpan<byte> key)
    {
        int nameLength = System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(key);
        string type = Encoding.ASCII.GetString(key.Slice(4, nameLength)), host = To.Port is null or DefaultPort ? To.Host : $"[{To.Host}]:{To.Port}";
        try
        {
            File.AppendAllText(path, $"{host} {type} {Convert.ToBase64String(key)} added by libvirt ssh transport\n");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Questions.Error($"failed to write known_host file '{path}': {(e is DirectoryNotFoundException ? "Failed to open file" : e.Message)}");
        }
    }

    private protected override void Run(string command)
    {
        do
            channel = libssh2_channel_open_ex(session, "session", 7, Window, PacketSize, null, 0);
        while (channel is 0 && WaitsAfterLast());
        if (channel is 0)
            throw Questions.Error($"failed to open ssh channel: {LastError}");
        byte[] text = Encoding.UTF8.GetBytes(command);
        fixed (byte* exec = "exec"u8, words = text)
        {
            int result;
            do
                result = libssh2_channel_process_startup(channel, exec, 4, words, (uint)text.Length);
            while (WaitsAfter(result));
            if (result < 0)
                throw Questions.Error($"failed to execute command '{command}': {LastError}");
        }
    }

    private protected override bool HasUnread
    {
        get
        {
            if (channel is 0)
                return false;
            _ = libssh2_channel_window_read_ex(channel, out nuint available, 0);
            return available > 0 || HasEnded;
        }
    }

    private protected override bool HasEnded => libssh2_channel_eof(channel) > 0 && libssh2_channel_wait_closed(channel) is not Again;

    private protected override int Read(Span<byte> target)
    {
        nint count;
        fixed (byte* at = target)
            count = libssh2_channel_read_ex(channel, 0, at, (nuint)target.Length);
        if (count > 0)
            return (int)count;
        if (count is not (0 or Again))
            return -EIO;
        byte* complaint = stackalloc byte[ComplaintSize];
        while (libssh2_channel_read_ex(channel, 1, complaint, ComplaintSize) > 0)
        {
            // What nobody has read is no end yet.
        }
        return HasEnded ? 0 : -EAGAIN;
    }

    private protected override int Write(ReadOnlySpan<byte> bytes)
    {
        nint count;
        fixed (byte* from = bytes)
            count = libssh2_channel_write_ex(channel, 0, from, (nuint)bytes.Length);
        return count is Again ? 0 : count < 0 ? -EIO : (int)count;
    }

    private protected override int ExitStatus => libssh2_channel_get_exit_status(channel);

    private protected override void End()
    {
        if (channel is not 0)
        {
            _ = libssh2_channel_send_eof(channel);
            _ = libssh2_channel_close(channel);
            _ = libssh2_channel_free(channel);
        }
        if (session is not 0)
        {
            _ = libssh2_session_disconnect_ex(session, ByApplication, "", "");
            _ = libssh2_session_free(session);
        }
        (session, channel) = (0, 0);
        UnixSocket.Close(socket);
    }
}
