using System.Text;

namespace Vireo.Daemon.Service;

/// <summary>A listening socket that the service manager opened for us.</summary>
readonly record struct InheritedSocket(int Descriptor, string Name);

/// <summary>The two protocols of a service manager: sockets passed at start, and messages to NOTIFY_SOCKET.</summary>
static class Systemd
{
    const int FirstDescriptor = 3;

    /// <summary>The sockets passed by LISTEN_FDS, taken out of the environment and closed to programs that we start.</summary>
    internal static IReadOnlyList<InheritedSocket> TakeSockets(Func<string, string?> variable, Action<string> forget)
    {
        bool ours = int.TryParse(variable("LISTEN_PID"), out int pid) && pid == Environment.ProcessId;
        string? count = variable("LISTEN_FDS"), names = variable("LISTEN_FDNAMES");
        foreach (string name in new[] { "LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES" })
            forget(name);
        if (!ours || !int.TryParse(count, out int total) || total is < 0 or > 64)
            return [];
        string[] given = names?.Split(':') ?? [];
        var sockets = new List<InheritedSocket>();
        for (int i = 0; i < total; i++)
        {
            int fd = FirstDescriptor + i;
            _ = Native.fcntl(fd, Native.F_SETFD, Native.FD_CLOEXEC);
            string name = i < given.Length && given[i] is not ("" or "unknown") ? given[i] : BoundTo(fd);
            sockets.Add(new InheritedSocket(fd, name));
        }
        return sockets;
    }

    static unsafe string BoundTo(int fd)
    {
        byte* address = stackalloc byte[112];
        uint length = 110;
        new Span<byte>(address, 112).Clear();
        return Native.getsockname(fd, address, &length) == 0 && length > 2
            ? Path.GetFileName(Encoding.UTF8.GetString(address + 2, (int)length - 2).TrimEnd('\0'))
            : "";
    }

    /// <summary>Whether a socket is the read-only one: libvirtd-ro.socket, or bound to ...-sock-ro.</summary>
    internal static bool IsReadOnly(string name) =>
        name.EndsWith("-ro.socket", StringComparison.Ordinal) || name.EndsWith("-ro", StringComparison.Ordinal);

    /// <summary>Whether a socket speaks a protocol that this daemon has not got (admin, TCP, TLS).</summary>
    internal static bool IsForeign(string name) =>
        name.Contains("-admin", StringComparison.Ordinal) || name.EndsWith("-tcp.socket", StringComparison.Ordinal) ||
        name.EndsWith("-tls.socket", StringComparison.Ordinal);

    /// <summary>Tells the service manager; nothing happens without one.</summary>
    internal static void Notify(string? socket, string state)
    {
        if (!string.IsNullOrEmpty(socket))
            Native.SendDatagram(socket, Encoding.UTF8.GetBytes(state));
    }
}
