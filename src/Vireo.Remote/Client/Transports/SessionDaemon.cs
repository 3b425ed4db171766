using Vireo.Core.Errors;
using Vireo.Host.Processes;
using Vireo.Rpc.Posix;

namespace Vireo.Remote.Transports;

/// <summary>A user's own daemon, which the first client starts and which ends when nobody needs it any more.</summary>
static class SessionDaemon
{
    const int ENOENT = 2, ECONNREFUSED = 111, Tries = 100;
    const string IdleSeconds = "120";

    static readonly TimeSpan pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Connects to the socket, starting the daemon if nobody listens.</summary>
    public static int Connect(RemoteAddress to, RemotePlaces places)
    {
        try
        {
            return UnixSocket.Connect(to.Socket);
        }
        catch (VireoException e) when (to.SessionDaemon is not null && e.Error.Int1 is ENOENT or ECONNREFUSED && places.Variable("LIBVIRT_AUTOSTART") is not "0")
        {
            if (Program(to.SessionDaemon!, places) is not { } program)
                throw;
            return Start(program, to, places);
        }
    }

    /// <summary>
    /// What a variable names, else the daemon of that name beside this program or vireod there, told to be it, else either where programs are.
    /// </summary>
    static (string Program, string[] Before)? Program(string daemon, RemotePlaces places)
    {
        if ((places.Variable("VIRTD_PATH") ?? places.Variable("LIBVIRTD_PATH")) is { } set)
            return (set, []);
        string[] folders = [AppContext.BaseDirectory, .. (places.Variable("PATH") ?? "").Split(':'), "/usr/sbin", "/usr/local/sbin"];
        foreach (string folder in folders)
        {
            if (Path.Join(folder, daemon) is var own && places.Exists(own))
                return (own, []);
            if (Path.Join(folder, "vireod") is var vireod && places.Exists(vireod))
                return (vireod, ["--role", daemon]);
        }
        return null;
    }

    static int Start((string Program, string[] Before) daemon, RemoteAddress to, RemotePlaces places)
    {
        using SocketProgram child = SocketProgram.Start(daemon.Program, [.. daemon.Before, .. places.DaemonOptions, "-d", "--timeout", IdleSeconds]);
        UnixSocket.Close(child.Socket);
        for (int left = Tries; ; left--)
        {
            try
            {
                return UnixSocket.Connect(to.Socket);
            }
            catch (VireoException e) when (e.Error.Int1 is ENOENT or ECONNREFUSED && left > 0)
            {
                Thread.Sleep(pause);
            }
        }
    }
}
