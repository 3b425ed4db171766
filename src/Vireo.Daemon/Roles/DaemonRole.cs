using Vireo.Core.Config;
using Vireo.Daemon.Service;

namespace Vireo.Daemon.Roles;

/// <summary>How a role comes to sockets for TCP and TLS.</summary>
enum RemoteSockets
{
    /// <summary>It has none.</summary>
    None,
    /// <summary>With <c>--listen</c>, as libvirtd.</summary>
    WithListen,
    /// <summary>When its configuration says so, as virtproxyd.</summary>
    AsConfigured,
}

/// <summary>
/// What a process of this program is: its drivers, and the names by which it, its files and its sockets are found. A row of
/// <see cref="RoleTable"/>.
/// </summary>
/// <param name="Name">Of the daemon of libvirt's whose place it takes, such as "virtqemud".</param>
sealed record DaemonRole(string Name)
{
    /// <summary>Other names on the command line.</summary>
    internal IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>What the names of its sockets begin with.</summary>
    internal string SocketName { get; init; } = Name;

    /// <summary>The system's daemon has a socket for clients that only look.</summary>
    internal bool HasReadOnlySocket { get; init; } = true;

    /// <summary>Users have one of their own.</summary>
    internal bool HasSession { get; init; } = true;

    internal RemoteSockets Remote { get; init; }

    /// <summary>It has no driver of this host's: whatever it is asked, other daemons answer, and decide who may ask.</summary>
    internal bool IsProxy { get; init; }

    /// <summary>How its drivers are started, in the order they are asked for a URI.</summary>
    internal IReadOnlyList<Func<DriverContext, RunningDriver>> Drivers { get; init; } = [];

    /// <summary>Reads its configuration; whatever is wrong with it is thrown.</summary>
    internal Func<DaemonRole, ConfFile, LibvirtdConfig> ReadConfig { get; init; } = RoleSettings.Read;

    /// <summary>Makes what serves its clients.</summary>
    internal Func<DriverContext, IRoleService> Build { get; init; } = Composition.Build;

    /// <summary>Its configuration, in the configuration's folder.</summary>
    internal string ConfigFile => Name + ".conf";

    /// <summary>Its pid file, in the folder of the host's pid files or that of a user's sockets.</summary>
    internal string PidFile => Name + ".pid";

    /// <summary>The log of a user's daemon in the background, in the log's folder.</summary>
    internal string LogFile => Name + ".log";

    /// <summary>What libvirt's configuration has no words for, in the configuration's folder: no two daemons share a port.</summary>
    internal string OwnConfigFile => this == RoleTable.Default ? "vireod.conf" : $"vireod-{Name}.conf";

    /// <summary>The file of a unix socket, in the sockets' folder; null for one that is no file or that it does not have.</summary>
    internal string? SocketFile(SocketRole socket) => socket switch
    {
        SocketRole.ReadWrite => SocketName + "-sock",
        SocketRole.ReadOnly when HasReadOnlySocket => SocketName + "-sock-ro",
        SocketRole.Admin => SocketName + "-admin-sock",
        _ => null,
    };

    /// <summary>The name under which a service manager passes a socket; null for one that it does not have.</summary>
    internal string? SocketUnit(SocketRole socket) => socket switch
    {
        SocketRole.ReadWrite => Name + ".socket",
        SocketRole.ReadOnly when HasReadOnlySocket => Name + "-ro.socket",
        SocketRole.Admin => Name + "-admin.socket",
        SocketRole.Tcp when Remote is not RemoteSockets.None => Name + "-tcp.socket",
        SocketRole.Tls when Remote is not RemoteSockets.None => Name + "-tls.socket",
        _ => null,
    };

    /// <summary>Which of its sockets has this name, a service manager's or its file's; null: none.</summary>
    internal SocketRole? FindSocket(string name)
    {
        foreach (SocketRole socket in Enum.GetValues<SocketRole>())
            if (name == SocketUnit(socket) || name == SocketFile(socket))
                return socket;
        return null;
    }
}
