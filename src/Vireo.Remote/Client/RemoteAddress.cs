using System.Globalization;
using Vireo.Core.Errors;
using Vireo.Driver;

namespace Vireo.Remote;

/// <summary>How a daemon is reached.</summary>
public enum RemoteTransport { Unix, Tcp, Tls, Ssh, LibSsh, LibSsh2, Ext }

/// <summary>What connects ssh to the daemon's socket on the server.</summary>
public enum SshProxy
{
    /// <summary>virt-ssh-helper if it is there, else netcat.</summary>
    Auto,
    /// <summary>netcat.</summary>
    Netcat,
    /// <summary>virt-ssh-helper, which finds the socket itself.</summary>
    Native,
}

/// <summary>Where and how to reach a daemon, and what to ask it to open.</summary>
public sealed record RemoteAddress
{
    /// <summary>How.</summary>
    public RemoteTransport Transport { get; init; }

    /// <summary>The path of the daemon's unix socket, on its own host.</summary>
    public string Socket { get; init; } = "";

    /// <summary>The URI for CONNECT_OPEN; empty lets the daemon choose.</summary>
    public string Name { get; init; } = "";

    /// <summary>The daemon's host; "localhost" if the URI names none.</summary>
    public string Host { get; init; } = "localhost";

    /// <summary>The port; null: the transport's own.</summary>
    public int? Port { get; init; }

    /// <summary>Who to be on the host.</summary>
    public string? User { get; init; }

    /// <summary>May look, not change.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>The daemon of this user, which the client starts if need be: its program's name; null: that of others.</summary>
    public string? SessionDaemon { get; init; }

    /// <summary>The program to run instead of ssh, or for the transport ext.</summary>
    public string? Command { get; init; }

    /// <summary>What connects to the socket at the other end of ssh.</summary>
    public SshProxy Proxy { get; init; }

    /// <summary>netcat on the server.</summary>
    public string Netcat { get; init; } = "nc";

    /// <summary>A private key for ssh.</summary>
    public string? KeyFile { get; init; }

    /// <summary>The file of known hosts, for libssh and libssh2.</summary>
    public string? KnownHosts { get; init; }

    /// <summary>What to do about hosts that are not known: normal, auto or ignore.</summary>
    public string KnownHostsCheck { get; init; } = "normal";

    /// <summary>The ways to log in to ssh, in order; null: all.</summary>
    public IReadOnlyList<string>? SshLogins { get; init; }

    /// <summary>The folder of certificates.</summary>
    public string? CertificateFolder { get; init; }

    /// <summary>What TLS may use, in GnuTLS's words.</summary>
    public string? TlsPriority { get; init; }

    /// <summary>The daemon's certificate, or the host's key, does not matter.</summary>
    public bool NoVerify { get; init; }

    /// <summary>Our own certificate is not looked at.</summary>
    public bool NoSanity { get; init; }

    /// <summary>ssh must not ask.</summary>
    public bool NoTerminal { get; init; }

    /// <summary>The login to insist on: sasl, sasl.MECHANISM or polkit.</summary>
    public string? Login { get; init; }

    /// <summary>The file of credentials.</summary>
    public string? CredentialFile { get; init; }

    /// <summary>Nobody on the way can listen or change anything.</summary>
    public bool IsSecure => Transport is not (RemoteTransport.Tcp or RemoteTransport.Ext);

    /// <summary>Parameters that are the client's business and do not go to the server.</summary>
    static readonly string[] clientParameters =
    [
        "name", "command", "socket", "auth", "sshauth", "netcat", "keyfile", "pkipath", "known_hosts", "known_hosts_verify",
        "tls_priority", "mode", "proxy", "no_sanity", "no_verify", "no_tty", "authfile",
    ];

    static readonly Dictionary<string, string> daemons = new(StringComparer.Ordinal)
    {
        ["qemu"] = "virtqemud", ["xen"] = "virtxend", ["lxc"] = "virtlxcd", ["vbox"] = "virtvboxd", ["bhyve"] = "virtbhyved",
        ["ch"] = "virtchd", ["vz"] = "virtvzd", ["parallels"] = "virtvzd", ["network"] = "virtnetworkd", ["storage"] = "virtstoraged",
        ["nodedev"] = "virtnodedevd", ["interface"] = "virtinterfaced", ["secret"] = "virtsecretd", ["nwfilter"] = "virtnwfilterd",
    };

    /// <summary>The daemon of a driver in the layout that has one for each; null: it has none.</summary>
    internal static string? DaemonOf(string driver) => daemons.GetValueOrDefault(driver);

    /// <summary>What a client without a URI looks for, in this order.</summary>
    internal static string[] Probed(bool session) => session ? probedForSession : probedForSystem;

    static readonly string[] probedForSystem = ["xen", "qemu", "lxc", "vbox", "bhyve", "vz"], probedForSession = ["qemu", "vbox"];

    /// <summary>Finds the daemon for a URI; null is the default daemon with the default driver.</summary>
    /// <exception cref="VireoException">The URI says what cannot be, or contradicts itself.</exception>
    public static RemoteAddress Of(ConnectionUri? uri, bool readOnly, RemotePlaces places, ClientSettings? settings = null)
    {
        settings ??= new();
        if (uri is null)
            return OfNothing(readOnly, places, settings);
        RemoteTransport transport = TransportOf(uri);
        if (transport is RemoteTransport.Unix && uri.Host is not null)
            throw VireoException.InvalidArgument(ErrorDomain.Remote, $"using unix socket and remote server '{uri.Host}' is not supported.");
        if (transport is RemoteTransport.Ext && uri["command"] is null)
            throw VireoException.InvalidArgument(ErrorDomain.Remote, "remote_open: for 'ext' transport, command is required");
        if (uri.Path.Length is 0 && uri.Driver is "qemu" or "vbox" or "ch" && uri["name"] is null && uri["socket"] is null)
            throw new VireoException(ErrorCode.InternalError, ErrorDomain.Remote, $"no path in URI '{uri}': try {uri.Driver}:///system");
        bool session = !places.IsRoot && (uri.IsSession || uri.Driver is "test");
        string? daemon = daemons.GetValueOrDefault(uri.Driver);
        string socket = Socketed(transport) ? SocketOf(uri, transport, daemon, session, readOnly, places, settings) : "";
        bool autostarted = session && transport is RemoteTransport.Unix;
        return new()
        {
            Transport = transport,
            Socket = socket,
            Name = uri["name"] ?? (uri.Driver is "remote" ? "" : uri.ForServer(p => Array.IndexOf(clientParameters, p.ToLowerInvariant()) >= 0).ToString()),
            Host = uri.Host ?? "localhost",
            Port = uri.Port,
            User = uri.User,
            ReadOnly = readOnly,
            SessionDaemon = !autostarted || uri["socket"] is not null ? null : daemon is not null && Path.GetFileName(socket).StartsWith(daemon, StringComparison.Ordinal) ? daemon : "libvirtd",
            Command = uri["command"],
            Proxy = ProxyOf(uri, session, settings),
            Netcat = uri["netcat"] ?? "nc",
            KeyFile = uri["keyfile"],
            KnownHosts = uri["known_hosts"],
            KnownHostsCheck = CheckOf(uri),
            SshLogins = uri["sshauth"]?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
            CertificateFolder = uri["pkipath"],
            TlsPriority = uri["tls_priority"] ?? settings.TlsPriority,
            NoVerify = Switch(uri, "no_verify"),
            NoSanity = Switch(uri, "no_sanity"),
            NoTerminal = Switch(uri, "no_tty"),
            Login = LoginOf(uri),
            CredentialFile = uri["authfile"],
        };
    }

    static RemoteAddress OfNothing(bool readOnly, RemotePlaces places, ClientSettings settings)
    {
        bool session = !places.IsRoot;
        string mode = Mode(null, settings);
        string legacy = places.Find("legacy", null, session, readOnly);
        if (mode is not "legacy" && (mode is "direct" || !places.Exists(legacy)))
        {
            foreach (string driver in Probed(session))
            {
                string direct = places.Find("direct", daemons[driver], session, readOnly);
                if (places.Exists(direct))
                    return new() { Socket = direct, Name = $"{driver}:///{(session ? "session" : "system")}", ReadOnly = readOnly };
            }
        }
        return new() { Socket = legacy, ReadOnly = readOnly, SessionDaemon = session ? "libvirtd" : null };
    }

    static RemoteTransport TransportOf(ConnectionUri uri) => (uri.Transport ?? (uri.Host is null ? "unix" : "tls")) switch
    {
        "unix" => RemoteTransport.Unix,
        "tls" => RemoteTransport.Tls,
        "tcp" => RemoteTransport.Tcp,
        "ssh" => RemoteTransport.Ssh,
        "libssh" => RemoteTransport.LibSsh,
        "libssh2" => RemoteTransport.LibSsh2,
        "ext" => RemoteTransport.Ext,
        _ => throw VireoException.InvalidArgument(
            ErrorDomain.Remote, "remote_open: transport in URL not recognised (should be tls|unix|ssh|ext|tcp|libssh2|libssh)"),
    };

    static bool Socketed(RemoteTransport transport) => transport is not (RemoteTransport.Tcp or RemoteTransport.Tls or RemoteTransport.Ext);

    static string Mode(ConnectionUri? uri, ClientSettings settings)
    {
        string mode = (uri?["mode"] ?? settings.Mode ?? "auto").ToLowerInvariant();
        return mode is "auto" or "legacy" or "direct" ? mode : throw VireoException.InvalidArgument(ErrorDomain.Remote, $"Unknown remote mode '{mode}'");
    }

    static string SocketOf(
        ConnectionUri uri, RemoteTransport transport, string? daemon, bool session, bool readOnly, RemotePlaces places, ClientSettings settings)
    {
        string mode = Mode(uri, settings);
        if (uri["socket"] is { } given)
            return given;
        if (transport is RemoteTransport.Unix)
            return places.Find(mode, daemon, session, readOnly);
        if (mode is "direct")
            throw new VireoException(ErrorCode.OperationUnsupported, ErrorDomain.Remote, $"Cannot use direct socket mode for {uri.Transport} transport");
        // Whoever asks for netcat to a session's socket has to say where that is: the server's folders are not ours.
        return places.Find("legacy", null, session, readOnly);
    }

    static SshProxy ProxyOf(ConnectionUri uri, bool session, ClientSettings settings)
    {
        SshProxy? asked = (uri["proxy"] ?? settings.Proxy)?.ToLowerInvariant() switch
        {
            null => null,
            "auto" => SshProxy.Auto,
            "netcat" => SshProxy.Netcat,
            "native" => SshProxy.Native,
            _ => throw VireoException.InvalidArgument(ErrorDomain.Remote, $"Unknown proxy type '{uri["proxy"] ?? settings.Proxy}'"),
        };
        if (uri["netcat"] is not null)
            return asked is SshProxy.Native ? throw VireoException.InvalidArgument(ErrorDomain.Remote, "netcat path not valid with native proxy mode") : SshProxy.Netcat;
        return asked ?? (uri["socket"] is not null ? SshProxy.Netcat : session ? SshProxy.Native : SshProxy.Auto);
    }

    static bool Switch(ConnectionUri uri, string name) => uri[name] is { } text
        && (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value)
            ? value == 1 : throw VireoException.InvalidArgument(ErrorDomain.Remote, $"failed to parse value of URI component {name}"));

    static string CheckOf(ConnectionUri uri) => uri["known_hosts_verify"] switch
    {
        null => "normal",
        ("normal" or "auto" or "ignore") and var known => known,
        var unknown => throw VireoException.InvalidArgument(ErrorDomain.Rpc, $"Invalid host key verification method: '{unknown}'"),
    };

    static string? LoginOf(ConnectionUri uri) => uri["auth"] is not { } login ? null
        : login is "sasl" or "polkit" || login.StartsWith("sasl.", StringComparison.Ordinal) ? login
        : throw VireoException.InvalidArgument(ErrorDomain.Remote, $"unknown authentication type {login}");
}
