using System.Runtime.InteropServices;
using Vireo.Core.Errors;
using Vireo.Driver.Login;
using Vireo.Rpc.Posix;
using static Vireo.Remote.Transports.Ssh.LibSsh;

namespace Vireo.Remote.Transports.Ssh;

/// <summary>An SSH connection of libssh's.</summary>
sealed unsafe partial class LibSshSession(int socket, RemoteAddress to, RemotePlaces places, ICredentialSource? person) : SshSession(to, places, person)
{
    const int EIO = 5, EAGAIN = 11, ComplaintSize = 1024;

    /// <summary>For one answer of the server: without it libssh can wait for ever for one that has hung up.</summary>
    const int PatienceInSeconds = 60;

    nint session, channel;
    readonly ulong cookie = TcpConnect.Cookie(socket);

    /// <inheritdoc/>
    protected override int Descriptor => socket;

    private protected override string LastError => session is 0 ? "" : Marshal.PtrToStringUTF8((nint)ssh_get_error(session)) ?? "";

    private protected override void Begin()
    {
        session = ssh_new();
        if (session is 0)
            throw Questions.Error("Failed to initialize libssh session");
        int port = To.Port ?? DefaultPort, descriptor = socket;
        nint patience = PatienceInSeconds;
        if (ssh_options_set(session, LibSsh.Host, To.Host) < 0 || ssh_options_set(session, LibSsh.User, User) < 0 || ssh_options_set(session, LibSsh.KnownHosts, KnownHosts) < 0
            || ssh_options_set(session, LibSsh.Port, &port) < 0 || ssh_options_set(session, LibSsh.Timeout, &patience) < 0
            || ssh_options_set(session, LibSsh.Descriptor, &descriptor) < 0)
            throw Questions.Error(LastError);
        ssh_set_blocking(session, 1);
        if (ssh_connect(session) is not Ok)
            throw Questions.NoConnection($"SSH session handshake failed: {LastError}");
    }

    private protected override void CheckHost(string path)
    {
        int known = ssh_session_is_known_server(session);
        switch (known)
        {
            case HostKnown:
                return;
            case HostsFailed:
                throw Questions.Error($"failed to validate SSH host key: {LastError}");
            case HostChanged:
                throw Questions.Changed(HostHash(), path);
        }
        if (To.KnownHostsCheck is "normal")
            Questions.Accept(HostHash());
        if (ssh_session_update_known_hosts(session) is not Ok)
            throw Questions.Error($"failed to write known_host file '{path}': {LastError}");
    }

    string HostHash()
    {
        if (ssh_get_server_publickey(session, out nint key) is not Ok)
            throw Questions.Error("failed to get the key of the current session");
        try
        {
            if (ssh_get_publickey_hash(key, Sha256, out byte* hash, out nuint length) is not Ok)
                throw Questions.Error("failed to calculate ssh host key hash");
            string text = string.Join(':', Convert.ToHexStringLower(new ReadOnlySpan<byte>(hash, (int)length)).Chunk(2).Select(static two => new string(two)));
            ssh_clean_pubkey_hash(ref hash);
            return text;
        }
        finally
        {
            ssh_key_free(key);
        }
    }

    private protected override void Run(string command)
    {
        channel = ssh_channel_new(session);
        if (channel is 0)
            throw Questions.Error($"failed to create libssh channel: {LastError}");
        if (ssh_channel_open_session(channel) is not Ok)
            throw Questions.Error($"failed to open ssh channel: {LastError}");
        if (ssh_channel_request_exec(channel, command) is not Ok)
            throw Questions.Error($"failed to execute command '{command}': {LastError}");
        ssh_set_blocking(session, 0);
    }

    private protected override bool HasUnread => channel is not 0 && (ssh_channel_poll(channel, 0) > 0 || HasEnded);

    // Behind the end of output, only asking for the status takes in what comes.
    private protected override bool HasEnded => ssh_channel_is_eof(channel) != 0 && (ExitStatus >= 0 || ssh_channel_is_closed(channel) != 0);

    private protected override bool HasRest => (ssh_get_poll_flags(session) & WritePending) != 0;

    private protected override int Read(Span<byte> target)
    {
        int count;
        fixed (byte* at = target)
            count = ssh_channel_read_nonblocking(channel, at, (uint)target.Length, 0);
        if (count > 0)
            return count;
        if (count is Failed)
            return -EIO;
        byte* complaint = stackalloc byte[ComplaintSize];
        while (ssh_channel_read_nonblocking(channel, complaint, ComplaintSize, 1) > 0)
        {
            // What nobody has read is no end yet.
        }
        return HasEnded ? 0 : -EAGAIN;
    }

    private protected override int Write(ReadOnlySpan<byte> bytes)
    {
        int count;
        fixed (byte* from = bytes)
            count = ssh_channel_write(channel, from, (uint)bytes.Length);
        return count is Again ? 0 : count < 0 ? -EIO : count;
    }

    private protected override int WriteRest() => ssh_blocking_flush(session, 0) is Failed ? -EIO : 0;

    private protected override int ExitStatus => ssh_channel_get_exit_status(channel);

    private protected override void End()
    {
        if (channel is not 0)
        {
            _ = ssh_channel_send_eof(channel);
            _ = ssh_channel_close(channel);
            ssh_channel_free(channel);
        }
        if (session is not 0)
        {
            ssh_disconnect(session);
            ssh_free(session);
        }
        // libssh closes the socket itself if it fails, and leaves it otherwise: its number may be somebody else's by now.
        if (TcpConnect.Cookie(socket) == cookie)
            UnixSocket.Close(socket);
        (session, channel) = (0, 0);
    }
}
