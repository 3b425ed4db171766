using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Remote;
using Vireo.Rpc.Client;

namespace Vireo.Shell.Session;

/// <summary>Opens what a URI names: a driver in this process, or a daemon at a unix socket.</summary>
sealed class ConnectionOpener(IDriver local, Func<string, string?> environment, bool isRoot)
{
    static readonly string[] ClientParameters =
        ["name", "command", "socket", "auth", "sshauth", "netcat", "keyfile", "pkipath", "known_hosts", "known_hosts_verify", "tls_priority", "mode", "proxy", "no_sanity", "no_verify", "no_tty"];

    static readonly string[] Daemons = ["qemu", "lxc", "xen", "vbox", "vz", "bhyve", "ch", "test", "remote"];

    public async ValueTask<IDriverConnection> OpenAsync(string? asked, bool readOnly, TimeSpan keepaliveInterval, int keepaliveCount)
    {
        string text = asked ?? DefaultUri();
        ConnectionUri uri = ConnectionUri.Parse(text);
        if (uri.Transport is null && await local.OpenAsync(uri, new Caller(readOnly), default) is { } opened)
            return opened;
        if (!Daemons.Contains(uri.Driver))
            throw new VireoException(new VirError(ErrorCode.NoConnect, ErrorDomain.None, $"no connection driver available for {text}"));
        if (uri.Transport is not (null or "unix") || uri.Host is not null)
        {
            throw new VireoException(ErrorCode.NoSupport, ErrorDomain.Remote,
                $"transport '{uri.Transport ?? "tls"}' is not there yet in Vireo");
        }
        AsyncRpcChannel channel = AsyncRpcChannel.Connect(uri["socket"] ?? SocketOf(uri, readOnly));
        string name = uri["name"] ?? (uri.Driver is "remote" ? "" : uri.ForServer(ClientParameters.Contains).ToString());
        RemoteClient client = await RemoteClient.OpenAsync(channel, name, readOnly, default);
        if (client.KnowsKeepalive && keepaliveInterval > TimeSpan.Zero)
            channel.StartKeepalive(keepaliveInterval, keepaliveCount);
        return client;
    }

    /// <summary>From the environment or the user's configuration; otherwise QEMU, of the system for root and of the session for others.</summary>
    string DefaultUri()
    {
        if (environment("LIBVIRT_DEFAULT_URI") is { Length: > 0 } set)
            return set;
        string folder = isRoot ? "/etc/libvirt" : Path.Join(environment("XDG_CONFIG_HOME") ?? Path.Join(environment("HOME"), ".config"), "libvirt");
        string file = Path.Join(folder, "libvirt.conf");
        string? configured = !File.Exists(file) ? null : File.ReadLines(file).Select(line => line.Split('=', 2, StringSplitOptions.TrimEntries))
            .Where(parts => parts is ["uri_default", _]).Select(parts => parts[1].Trim('"', '\'')).LastOrDefault();
        return configured ?? (isRoot ? "qemu:///system" : "qemu:///session");
    }

    string SocketOf(ConnectionUri uri, bool readOnly)
    {
        if (uri.IsSession || !isRoot && uri.Path is not "/system" && uri.Driver is "qemu")
        {
            string folder = environment("XDG_RUNTIME_DIR") is { Length: > 0 } runtime
                ? runtime : environment("XDG_CACHE_HOME") ?? Path.Join(environment("HOME"), ".cache");
            return Path.Join(folder, "libvirt/libvirt-sock");
        }
        return readOnly ? "/var/run/libvirt/libvirt-sock-ro" : "/var/run/libvirt/libvirt-sock";
    }
}
