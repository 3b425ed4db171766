using Microsoft.Extensions.Logging;
using Vireo.Core.Config;
using Vireo.Core.Errors;
using Vireo.Daemon.Roles;
using Vireo.Host;
using Vireo.Rpc.Posix;
using Vireo.Rpc.Security;
using Vireo.Rpc.Server;

namespace Vireo.Daemon.Service;

/// <summary>The daemon cannot have the sockets it is to serve.</summary>
sealed class SocketsException(string message, Exception? why = null) : Exception(message, why);

/// <summary>The daemon's listening sockets: those that systemd passed, else our own, which are removed at the end.</summary>
sealed class Sockets : IDisposable
{
    readonly List<string> created = [];
    readonly DaemonRole role;
    readonly Servers servers;
    readonly HostPaths paths;
    readonly LibvirtdConfig config;
    readonly ILogger log;

    Sockets(DaemonRole role, Servers servers, HostPaths paths, LibvirtdConfig config, ILogger log) =>
        (this.role, this.servers, this.paths, this.config, this.log) = (role, servers, paths, config, log);

    /// <summary>Their files are ours to remove.</summary>
    internal bool AreOurs => created.Count > 0;

    /// <summary>The sockets that the service manager passed; none if it passed none.</summary>
    /// <exception cref="SocketsException">They are not what this daemon can use.</exception>
    internal static IReadOnlyList<InheritedSocket> Inherited(DaemonRole role, bool listen)
    {
        IReadOnlyList<InheritedSocket> sockets;
        try
        {
            sockets = Systemd.TakeSockets(role, Environment.GetEnvironmentVariable, Places.Forget);
        }
        catch (VireoException e)
        {
            throw new SocketsException(e.Message, e);
        }
        return sockets.Count == 0 || !listen ? sockets : throw new SocketsException(
            "--listen parameter not permitted with systemd activation sockets, see 'man libvirtd' for further guidance");
    }

    internal static Sockets Open(
        DaemonRole role, Servers servers, HostPaths paths, LibvirtdConfig config, IReadOnlyList<InheritedSocket> inherited, bool listen, ILogger log)
    {
        var sockets = new Sockets(role, servers, paths, config, log);
        try
        {
            if (inherited.Count > 0)
                sockets.Adopt(inherited);
            else
                sockets.Create(listen);
            return sockets;
        }
        catch (Exception e) when (e is VireoException or IOException or UnauthorizedAccessException)
        {
            sockets.Dispose();
            throw new SocketsException(e.Message, e);
        }
    }

    void Adopt(IReadOnlyList<InheritedSocket> inherited)
    {
        foreach (InheritedSocket socket in inherited)
        {
            if (socket.Ours is { } path)
                created.Add(path);
            RpcServer? server = socket.Role is SocketRole.Admin ? servers.Admin : servers.Main;
            if (server is null)
            {
                log.ForeignSocket(socket.Name);
                UnixSocket.Close(socket.Descriptor);
            }
            else
                Serve(server, socket.Descriptor, Service(socket.Role));
        }
    }

    RpcService Service(SocketRole socket)
    {
        bool sasl = socket switch
        {
            SocketRole.ReadOnly => config.AuthUnixReadOnly is "sasl",
            SocketRole.ReadWrite => config.AuthUnix is "sasl",
            SocketRole.Tcp => config.AuthTcp is "sasl",
            SocketRole.Tls => config.AuthTls is "sasl",
            _ => false,
        };
        var service = new RpcService
        {
            ReadOnly = socket is SocketRole.ReadOnly,
            Transport = socket switch { SocketRole.Tcp => RpcTransport.Tcp, SocketRole.Tls => RpcTransport.Tls, _ => RpcTransport.Unix },
            Tls = socket is SocketRole.Tls ? servers.Tls ??= TlsSettings.Load(config, paths, log) : null,
        };
        return sasl ? service with { MaxMessageBeforeLogin = RpcService.SaslMessage } : service;
    }

    void Create(bool listen)
    {
        // Before the first socket: whose certificates are wrong shall not have answered anybody.
        bool remote = role.Remote is RemoteSockets.AsConfigured || (role.Remote is RemoteSockets.WithListen && listen);
        RpcService? tls = remote && config.ListenTls ? Service(SocketRole.Tls) : null;
        string folder = config.UnixSocketDir ?? paths.RunDir;
        Directory.CreateDirectory(folder, (UnixFileMode)(paths.Privileged ? 0x1ed : 0x1c0));
        uint? group = paths.Privileged && config.UnixSocketGroup is { } name
            ? Native.FindGroup(name) ?? throw VireoException.InvalidArgument(ErrorDomain.Conf, $"there is no group '{name}'")
            : null;
        Unix(servers.Main, folder, SocketRole.ReadWrite, paths.Privileged ? Mode() : 0x1c0, group);
        if (paths.Privileged && role.HasReadOnlySocket)
            Unix(servers.Main, folder, SocketRole.ReadOnly, config.UnixSocketReadOnlyMode ?? 0x1ff, group);
        if (servers.Admin is { } admin)
            Unix(admin, folder, SocketRole.Admin, config.UnixSocketAdminMode ?? 0x1c0, null);
        if (remote && config.ListenTcp)
            Tcp(config.TcpPort, Service(SocketRole.Tcp));
        if (tls is not null)
            Tcp(config.TlsPort, tls);
    }

    /// <summary>With polkit everybody may knock, as with libvirtd: the login decides.</summary>
    uint Mode() => config.UnixSocketMode ?? (config.AuthUnix is "none" ? 0x1c0u : 0x1ffu);

    void Unix(RpcServer server, string folder, SocketRole socket, uint mode, uint? group)
    {
        string path = Path.Join(folder, role.SocketFile(socket));
        int backlog = socket is SocketRole.Admin ? config.AdminMaxQueuedClients : config.MaxQueuedClients;
        int fd = UnixSocket.Listen(path, backlog, mode, group);
        created.Add(path);
        server.Listen(fd, Service(socket));
    }

    void Tcp(string port, RpcService service)
    {
        foreach (int fd in TcpSocket.Listen(config.ListenAddress, port, config.MaxQueuedClients))
            Serve(servers.Main, fd, service);
    }

    void Serve(RpcServer server, int fd, RpcService service)
    {
        if (service.Transport is not RpcTransport.Unix)
            log.Listening(service.Transport is RpcTransport.Tls ? "tls" : "tcp", TcpSocket.Local(fd)?.ToString() ?? "?");
        server.Listen(fd, service);
    }

    public void Dispose()
    {
        foreach (string path in created)
            File.Delete(path);
    }
}
