using Vireo.Core.Errors;
using Vireo.Host.Files;
using Vireo.Host.Processes;
using Vireo.Rpc.Posix;

namespace Vireo.Remote.Transports;

/// <summary>A user's own daemon, which the first client starts and which ends when nobody needs it any more.</summary>
static class SessionDaemon
{
    const int ENOENT = 2, ECONNREFUSED = 111;
    const string IdleSeconds = "120";

    /// <summary>A daemon reads all definitions before it is ready.</summary>
    static readonly TimeSpan patience = TimeSpan.FromSeconds(60);

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

    // One starts it and the others wait: libvirt's clients take the same lock.
    static int Start((string Program, string[] Before) daemon, RemoteAddress to, RemotePlaces places)
    {
        string folder = Path.GetDirectoryName(to.Socket)!;
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        using FileLock mine = FileLock.Take(Path.Join(folder, to.SessionDaemon + ".lock"));
        try
        {
            return UnixSocket.Connect(to.Socket);
        }
        catch (VireoException e) when (e.Error.Int1 is ENOENT or ECONNREFUSED)
        {
            using SocketProgram child = SocketProgram.Start(daemon.Program, [.. daemon.Before, .. places.DaemonOptions, "-d", "--timeout", IdleSeconds]);
            UnixSocket.Close(child.Socket);
            child.WaitForEnd(patience);     // with -d it ends when the daemon is ready, or has failed
            return UnixSocket.Connect(to.Socket);
        }
    }
}
