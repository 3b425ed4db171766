using System.Text;
using Vireo.Core.Errors;
using Vireo.Daemon.Roles;
using Vireo.Host.Logs;

namespace Vireo.Daemon.Service;

/// <summary>What a socket is for.</summary>
enum SocketRole
{
    /// <summary>Clients that may change things.</summary>
    ReadWrite,
    /// <summary>Clients that may only look.</summary>
    ReadOnly,
    /// <summary>Administrators.</summary>
    Admin,
    /// <summary>TCP in clear.</summary>
    Tcp,
    /// <summary>TLS.</summary>
    Tls,
}

/// <summary>A listening socket that the service manager opened for us, or that the program before a restart did.</summary>
/// <param name="Descriptor">The socket.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Role">What it is for.</param>
/// <param name="Ours">Its file, which is ours to remove; null: it is not.</param>
readonly record struct InheritedSocket(int Descriptor, string Name, SocketRole Role, string? Ours = null);

/// <summary>The two protocols of a service manager: sockets passed at start, and messages to NOTIFY_SOCKET.</summary>
static class Systemd
{
    const int FirstDescriptor = 3;

    /// <summary>
    /// The sockets passed by LISTEN_FDS, taken out of the environment and closed to programs that we start. They are known by
    /// the names of the units that libvirt's daemon of this role has; without names (or with a wrong number of them) by what they are bound to.
    /// </summary>
    /// <exception cref="VireoException">One of them is nothing that this daemon can serve.</exception>
    internal static IReadOnlyList<InheritedSocket> TakeSockets(DaemonRole role, Func<string, string?> variable, Action<string> forget)
    {
        bool ours = int.TryParse(variable("LISTEN_PID"), out int pid) && pid == Environment.ProcessId;
        string? count = variable("LISTEN_FDS"), names = variable("LISTEN_FDNAMES");
        foreach (string name in new[] { "LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES" })
            forget(name);
        if (!ours || !int.TryParse(count, out int total) || total is < 0 or > 64)
            return [];
        string[]? given = names?.Split(':') is { } some && some.Length == total ? some : null;
        var sockets = new List<InheritedSocket>();
        for (int i = 0; i < total; i++)
        {
            int fd = FirstDescriptor + i;
            if (!Native.IsListening(fd))
                throw Unclaimed(fd, given?[i], "it is no listening socket");
            _ = Native.fcntl(fd, Native.F_SETFD, Native.FD_CLOEXEC);
            _ = Native.fcntl(fd, Native.F_SETFL, Native.O_RDWR | Native.O_NONBLOCK);
            string name = given?[i] ?? BoundTo(fd);
            sockets.Add(new InheritedSocket(fd, name, role.FindSocket(name) ?? throw Unclaimed(fd, name, "nobody knows that name")));
        }
        return sockets;
    }

    static VireoException Unclaimed(int fd, string? name, string why) => VireoException.Internal(ErrorDomain.Rpc,
        $"Some activation file descriptors are unclaimed: descriptor {fd}{(name is null ? "" : $" ('{name}')")}: {why}");

    static unsafe string BoundTo(int fd)
    {
        byte* address = stackalloc byte[112];
        uint length = 110;
        new Span<byte>(address, 112).Clear();
        return Native.getsockname(fd, address, &length) == 0 && length > 2
            ? Path.GetFileName(Encoding.UTF8.GetString(address + 2, (int)length - 2).TrimEnd('\0'))
            : "";
    }

    /// <summary>Tells the service manager; nothing happens without one.</summary>
    internal static void Notify(string? socket, string state)
    {
        if (!string.IsNullOrEmpty(socket))
            LocalDatagram.Send(socket, Encoding.UTF8.GetBytes(state));
    }
}
