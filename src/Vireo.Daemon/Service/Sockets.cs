using Microsoft.Extensions.Logging;
using Vireo.Core.Config;
using Vireo.Core.Errors;
using Vireo.Host;
using Vireo.Rpc.Posix;
using Vireo.Rpc.Server;

namespace Vireo.Daemon.Service;

/// <summary>The daemon cannot have the sockets it is to serve.</summary>
sealed class SocketsException(string message, Exception? why = null) : Exception(message, why);

/// <summary>The daemon's listening sockets: those that systemd passed, else our own, which are removed at the end.</summary>
sealed class Sockets : IDisposable
{
    readonly List<string> created = [];

    /// <summary>The sockets that the service manager passed; none if it passed none.</summary>
    /// <exception cref="SocketsException">They are not what this daemon can use.</exception>
    internal static IReadOnlyList<InheritedSocket> Inherited(bool listen)
    {
        IReadOnlyList<InheritedSocket> sockets;
        try
        {
            sockets = Systemd.TakeSockets(Environment.GetEnvironmentVariable, Places.Forget);
        }
        catch (VireoException e)
        {
            throw new SocketsException(e.Message, e);
        }
        return sockets.Count == 0 || !listen ? sockets : throw new SocketsException(
            "--listen parameter not permitted with systemd activation sockets, see 'man libvirtd' for further guidance");
    }

    internal static Sockets Open(
        RpcServer server, HostPaths paths, LibvirtdConfig config, IReadOnlyList<InheritedSocket> inherited, ILogger log)
    {
        var sockets = new Sockets();
        try
        {
            if (inherited.Count > 0)
                Adopt(server, inherited, log);
            else
                sockets.Create(server, paths, config);
            return sockets;
        }
        catch (Exception e) when (e is VireoException or IOException or UnauthorizedAccessException)
        {
            sockets.Dispose();
            throw new SocketsException(e.Message, e);
        }
    }

    static void Adopt(RpcServer server, IReadOnlyList<InheritedSocket> inherited, ILogger log)
    {
        foreach (InheritedSocket socket in inherited)
        {
            if (socket.Role is SocketRole.Foreign)
            {
                log.ForeignSocket(socket.Name);
                UnixSocket.Close(socket.Descriptor);
            }
            else
                server.Listen(socket.Descriptor, socket.Role is SocketRole.ReadOnly);
        }
    }

    void Create(RpcServer server, HostPaths paths, LibvirtdConfig config)
    {
        string folder = config.UnixSocketDir ?? paths.RunDir;
        Directory.CreateDirectory(folder, (UnixFileMode)(paths.Privileged ? 0x1ed : 0x1c0));
        if (!paths.Privileged)
        {
            Listen(server, Path.Join(folder, "libvirt-sock"), config, 0x1c0, null, readOnly: false);
            return;
        }
        uint? group = config.UnixSocketGroup is { } name
            ? Native.FindGroup(name) ?? throw VireoException.InvalidArgument(ErrorDomain.Conf, $"there is no group '{name}'")
            : null;
        Listen(server, Path.Join(folder, "libvirt-sock"), config, Mode(config), group, readOnly: false);
        Listen(server, Path.Join(folder, "libvirt-sock-ro"), config, config.UnixSocketReadOnlyMode ?? 0x1ff, group, readOnly: true);
    }

    /// <summary>With polkit everybody may knock, as with libvirtd: the login decides.</summary>
    static uint Mode(LibvirtdConfig config) => config.UnixSocketMode ?? (config.AuthUnix is "none" ? 0x1c0u : 0x1ffu);

    void Listen(RpcServer server, string path, LibvirtdConfig config, uint mode, uint? group, bool readOnly)
    {
        int fd = UnixSocket.Listen(path, config.MaxQueuedClients, mode, group);
        created.Add(path);
        server.Listen(fd, readOnly);
    }

    public void Dispose()
    {
        foreach (string path in created)
            File.Delete(path);
    }
}
