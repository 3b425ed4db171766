using System.Net;
using System.Net.Sockets;

namespace Vireo.Drivers.Qemu.Machine;

/// <summary>
/// Ports for guests' screens. A port is given out if nobody listens on it and no guest of this daemon got it; what listens
/// already (a guest of another daemon, or of this one before it was restarted) is found by trying.
/// </summary>
sealed class ScreenPorts
{
    /// <summary>The range of screens, and that of VNC's web sockets.</summary>
    internal const int First = 5900, FirstWebSocket = 5700, Last = 65535;

    readonly HashSet<int> _given = [];
    readonly Lock _gate = new();

    /// <summary>The lowest free port from <paramref name="first"/> on; null if there is none.</summary>
    internal int? Take(int first)
    {
        lock (_gate)
        {
            for (int port = first; port <= Last; port++)
                if (!_given.Contains(port) && IsFree(port))
                {
                    _given.Add(port);
                    return port;
                }
            return null;
        }
    }

    /// <summary>Keeps a port that a definition names from being given out. Who named it twice learns it from QEMU.</summary>
    /// <returns>Whether it must be given back.</returns>
    internal bool Reserve(int port)
    {
        lock (_gate) return _given.Add(port);
    }

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
