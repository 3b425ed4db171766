using Vireo.Core.Errors;
using Vireo.Driver;

namespace Vireo.Remote;

/// <summary>Where and how to reach a daemon, and what to ask it to open.</summary>
/// <param name="Socket">The path of its unix socket.</param>
/// <param name="Name">The URI for CONNECT_OPEN; empty lets the daemon choose.</param>
public sealed record RemoteAddress(string Socket, string Name)
{
    /// <summary>Parameters that are the client's business and do not go to the server.</summary>
    static readonly string[] clientParameters =
    [
        "name", "command", "socket", "auth", "sshauth", "netcat", "keyfile", "pkipath", "known_hosts", "known_hosts_verify",
        "tls_priority", "mode", "proxy", "no_sanity", "no_verify", "no_tty",
    ];

    static readonly string[] transports = ["tls", "unix", "ssh", "libssh2", "ext", "tcp", "libssh"];

    static readonly Dictionary<string, string> daemons = new()
    {
        ["qemu"] = "virtqemud", ["xen"] = "virtxend", ["lxc"] = "virtlxcd", ["vbox"] = "virtvboxd", ["bhyve"] = "virtbhyved",
        ["ch"] = "virtchd", ["vz"] = "virtvzd", ["parallels"] = "virtvzd",
    };

    /// <summary>Finds the daemon for a URI; null is the default daemon with the default driver.</summary>
    public static RemoteAddress Of(ConnectionUri? uri, bool readOnly, RemotePlaces places)
    {
        if (uri is null)
            return new(places.Find("auto", null, session: !places.IsRoot, readOnly), "");
        string transport = uri.Transport ?? (uri.Host is null ? "unix" : "tls");
        if (Array.IndexOf(transports, transport) < 0)
            throw VireoException.InvalidArgument(ErrorDomain.Remote, $"unsupported transport '{transport}' in URI '{uri}'");
        if (transport is not "unix")
        {
            throw new VireoException(ErrorCode.ConfigUnsupported, ErrorDomain.Remote,
                $"transport '{transport}' is not available yet: of the transports only 'unix' is");
        }
        if (uri.Host is not null)
            throw VireoException.InvalidArgument(ErrorDomain.Remote, $"using unix socket and remote server '{uri.Host}' is not supported.");
        if (uri.Path.Length is 0 && uri.Driver is "qemu" or "vbox" or "ch" && uri["name"] is null && uri["socket"] is null)
            throw new VireoException(ErrorCode.InternalError, ErrorDomain.Remote, $"no path in URI '{uri}': try {uri.Driver}:///system");
        string mode = (uri["mode"] ?? "auto").ToLowerInvariant();
        if (mode is not ("auto" or "legacy" or "direct"))
            throw VireoException.InvalidArgument(ErrorDomain.Remote, $"unknown remote mode '{mode}'");
        bool session = !places.IsRoot && (uri.IsSession || uri.Driver is "test");
        string socket = uri["socket"] ?? places.Find(mode, daemons.GetValueOrDefault(uri.Driver), session, readOnly);
        string name = uri["name"] ?? uri.ForServer(p => Array.IndexOf(clientParameters, p.ToLowerInvariant()) >= 0).ToString();
        return new(socket, name);
    }
}

/// <summary>Where daemons of this host have their sockets.</summary>
/// <param name="RuntimeFolder">The folder of the system's daemons, usually <c>/var/run/libvirt</c>.</param>
/// <param name="SessionFolder">The folder of this user's daemons.</param>
/// <param name="IsRoot">Whether this process is root's.</param>
/// <param name="Exists">Whether a socket is there.</param>
public sealed record RemotePlaces(string RuntimeFolder, string SessionFolder, bool IsRoot, Func<string, bool> Exists)
{
    /// <summary>As the environment has them.</summary>
    public static RemotePlaces OfThisProcess()
    {
        string? runtime = Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR");
        string? cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        string home = Environment.GetEnvironmentVariable("HOME") ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        string session = !string.IsNullOrEmpty(runtime) ? runtime : !string.IsNullOrEmpty(cache) ? cache : Path.Combine(home, ".cache");
        return new("/var/run/libvirt", Path.Combine(session, "libvirt"), Environment.IsPrivilegedProcess, File.Exists);
    }

    /// <summary>The socket by mode: the driver's own daemon if its socket is there, else the one that serves all.</summary>
    internal string Find(string mode, string? daemon, bool session, bool readOnly)
    {
        string folder = session ? SessionFolder : RuntimeFolder;
        string suffix = readOnly && !session ? "-sock-ro" : "-sock";
        string legacy = Path.Combine(folder, "libvirt" + suffix);
        if (mode is "legacy" || daemon is null)
            return legacy;
        string direct = Path.Combine(folder, daemon + suffix);
        return mode is "direct" || Exists(direct) ? direct : legacy;
    }
}
