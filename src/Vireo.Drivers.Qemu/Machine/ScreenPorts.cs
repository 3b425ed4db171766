using System.Net;
using System.Net.Sockets;
using Vireo.Drivers.Qemu.Settings;

namespace Vireo.Drivers.Qemu.Machine;

/// <summary>
/// Ports for guests' screens. A port is given out if nobody listens on it and no guest of this daemon got it; what listens
/// already (a guest of another daemon, or of this one before it was restarted) is found by trying.
/// </summary>
sealed class ScreenPorts(QemuConfig config)
{
    /// <summary>A range of ports to choose from.</summary>
    /// <param name="First">The first.</param>
    /// <param name="Last">The last.</param>
    /// <param name="Name">How messages call it.</param>
    internal sealed record Range(int First, int Last, string Name);

    /// <summary>The ports of screens.</summary>
    internal Range Screens { get; } = new(config.DisplayPortMin, config.DisplayPortMax, "display");

    /// <summary>The ports of VNC's web sockets.</summary>
    internal Range WebSockets { get; } = new(config.WebSocketPortMin, config.WebSocketPortMax, "webSocket");

    /// <summary>The ports that guests come in by.</summary>
    internal Range Migrations { get; } = new(config.MigrationPortMin, config.MigrationPortMax, "migration");

    readonly HashSet<int> _given = [];
    readonly Lock _gate = new();

    /// <summary>The lowest free port of a range; null if there is none.</summary>
    internal int? Take(Range range)
    {
        lock (_gate)
        {
            for (int port = range.First; port <= range.Last; port++)
                if (!_given.Contains(port) && IsFree(port))
                {
                    _given.Add(port);
                    return port;
                }
            return null;
        }
    }

    /// <summary>Keeps a port that a definition names from being given out.</summary>
    /// <returns>False: another guest has it.</returns>
    internal bool Reserve(int port)
    {
        lock (_gate) return _given.Add(port);
    }

    /// <summary>Whether a port could be had now.</summary>
    internal bool Can(int port)
    {
        lock (_gate) return !_given.Contains(port) && IsFree(port);
    }

    /// <summary>How many ports of a range could be had now; counts no further than asked.</summary>
    internal int Free(Range range, int most) => Enumerable.Range(range.First, Math.Max(0, range.Last - range.First + 1)).Where(Can).Take(most).Count();

    internal void Return(int port)
    {
        lock (_gate) _given.Remove(port);
    }

    static bool IsFree(int port) => CanBind(AddressFamily.InterNetworkV6, IPAddress.IPv6Any, port) && CanBind(AddressFamily.InterNetwork, IPAddress.Any, port);

    static bool CanBind(AddressFamily family, IPAddress any, int port)
    {
        try
        {
            using var socket = new Socket(family, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(any, port));
            return true;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode is SocketError.AddressFamilyNotSupported or SocketError.AddressNotAvailable;
        }
    }
}
