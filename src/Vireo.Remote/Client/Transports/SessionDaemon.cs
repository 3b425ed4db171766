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
            return Start(program, to);
        }
    }

    /// <summary>What a variable names, else vireod beside this program, else the daemon of that name.</summary>
    static string? Program(string daemon, RemotePlaces places)
    {
        if ((places.Variable("VIRTD_PATH") ?? places.Variable("LIBVIRTD_PATH")) is { } set)
            return set;
        string[] folders = [.. (places.Variable("PATH") ?? "").Split(':'), "/usr/sbin", "/usr/local/sbin"];
        string beside = Path.Join(AppContext.BaseDirectory, "vireod");
        return places.Exists(beside) ? beside : folders.Select(f => Path.Join(f, daemon)).FirstOrDefault(places.Exists);
    }

    static int Start(string program, RemoteAddress to)
    {
        using SocketProgram child = SocketProgram.Start(program, ["-d", "--timeout", IdleSeconds]);
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
