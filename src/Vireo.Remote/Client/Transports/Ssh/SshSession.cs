using Vireo.Core.Errors;
using Vireo.Driver.Login;
using Vireo.Rpc.Client.Wires;

namespace Vireo.Remote.Transports.Ssh;

/// <summary>What became of one way to log in.</summary>
enum SshAttempt
{
    /// <summary>We are in.</summary>
    Done,
    /// <summary>The server does not want it.</summary>
    Denied,
    /// <summary>The server does not know this way.</summary>
    NotOffered,
}

/// <summary>
/// An SSH connection within this process, by a library of the system: bytes go to the input of a command on the server and come from its output. The libraries know
/// nothing of threads, so one at a time is let in.
/// </summary>
abstract class SshSession : Wire
{
    internal const int DefaultPort = 22;
    const int ECONNRESET = 104, EAGAIN = 11;

    static readonly string[] usualKeys = ["identity", "id_dsa", "id_ecdsa", "id_ed25519", "id_rsa"];

    readonly Lock gate = new();
    bool isOver;
    VirError? error;

    private protected SshSession(RemoteAddress to, RemotePlaces places, ICredentialSource? person)
    {
        (To, User, Questions) = (to, to.User ?? Environment.UserName, new SshQuestions(to, places, person));
        KnownHosts = to.KnownHosts ?? Path.Join(places.UserSettings, "known_hosts");
        KeyFile = to.KeyFile ?? Array.Find([.. usualKeys.Select(name => Path.Join(places.Home, ".ssh", name))], path => places.Exists(path));
    }

    private protected RemoteAddress To { get; }

    private protected string User { get; }

    private protected SshQuestions Questions { get; }

    private protected string KnownHosts { get; }

    /// <summary>The file of a private key; null: the user has none.</summary>
    private protected string? KeyFile { get; }

    /// <summary>Connects, looks who answers, logs in and runs a command.</summary>
    /// <exception cref="VireoException">Nobody answers, it is somebody else, we are not let in, or the library is not there.</exception>
    public static SshSession Open(RemoteAddress to, string command, RemotePlaces places, ICredentialSource? person)
    {
        foreach (string name in to.SshLogins ?? [])
        {
            if (name.ToLowerInvariant() is not ("agent" or "privkey" or "password" or "keyboard-interactive"))
                throw VireoException.InvalidArgument(ErrorDomain.Rpc, $"Invalid authentication method: '{name}'");
        }
        int socket = TcpConnect.To(to.Host, to.Port ?? DefaultPort);
        SshSession session = to.Transport is RemoteTransport.LibSsh ? new LibSshSession(socket, to, places, person) : new LibSsh2Session(socket, to, places, person);
        try
        {
            session.Begin();
            if (to.KnownHostsCheck is not "ignore")
                session.CheckHost(session.KnownHosts);
            session.LogIn();
            session.Run(command);
            return session;
        }
        catch (DllNotFoundException e)
        {
            session.Dispose();
            throw new VireoException(ErrorCode.ConfigUnsupported, ErrorDomain.Remote,
                $"transport '{(to.Transport is RemoteTransport.LibSsh ? "libssh" : "libssh2")}' needs {(to.Transport is RemoteTransport.LibSsh ? LibSsh.Name : LibSsh2.Name)}, which is not installed", e);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    void LogIn()
    {
        IReadOnlyList<string> ways = To.SshLogins
            ?? (KeyFile is null ? ["agent", "password", "keyboard-interactive"] : ["agent", "privkey", "password", "keyboard-interactive"]);
        if (ways.Count is 0)
            throw Questions.Error("No authentication methods and credentials provided");
        if (AskForWays())
            return;
        bool denied = false;
        foreach (string way in ways)
        {
            SshAttempt attempt = way.ToLowerInvariant() switch
            {
                "agent" => TryAgent(),
                "privkey" => KeyFile is null ? throw Questions.Error(NoKeyFile) : TryKey(KeyFile),
                "password" => TryPassword(),
                _ => TryInteractive(),
            };
            if (attempt is SshAttempt.Done)
                return;
            denied |= attempt is SshAttempt.Denied;
        }
        throw ways.Count is 1 && WhyDenied(denied) is { } why ? why : Questions.Refused(denied
            ? "All provided authentication methods with credentials were rejected by the server" : "None of the requested authentication methods are supported by the server");
    }

    /// <summary>Begins to speak SSH.</summary>
    private protected abstract void Begin();

    /// <summary>Looks whether the host is known, and asks the user.</summary>
    private protected abstract void CheckHost(string path);

    /// <summary>Asks the server which ways to log in it knows; true: it needs none.</summary>
    private protected abstract bool AskForWays();

    private protected abstract SshAttempt TryAgent();

    private protected abstract SshAttempt TryKey(string path);

    private protected abstract SshAttempt TryPassword();

    private protected abstract SshAttempt TryInteractive();

    /// <summary>What is said if there is no private key.</summary>
    private protected abstract string NoKeyFile { get; }

    /// <summary>Why the only way that was asked for did not lead in; null: the library has nothing to say about it.</summary>
    private protected abstract VireoException? WhyDenied(bool wasTried);

    /// <summary>Runs the command; from now on nothing waits.</summary>
    private protected abstract void Run(string command);

    /// <summary>As <see cref="Wire.Receive(Span{byte})"/>; 0 is the end.</summary>
    private protected abstract int Read(Span<byte> target);

    /// <summary>As <see cref="Wire.Send"/>.</summary>
    private protected abstract int Write(ReadOnlySpan<byte> bytes);

    private protected virtual int WriteRest() => 0;

    private protected virtual bool HasRest => false;

    private protected abstract bool HasUnread { get; }

    /// <summary>Whether the command has written its last byte and is over: how it ended may come after the end of its output.</summary>
    private protected abstract bool HasEnded { get; }

    /// <summary>How the command ended.</summary>
    private protected abstract int ExitStatus { get; }

    private protected abstract string LastError { get; }

    /// <summary>Ends the connection and closes the socket.</summary>
    private protected abstract void End();

    /// <summary>The socket, for who polls it.</summary>
    public int Socket => Descriptor;

    /// <summary>What went wrong with it.</summary>
    public VirError? Failure
    {
        get
        {
            lock (gate)
                return error;
        }
    }

    /// <inheritdoc/>
    protected override VirError? Error => Failure;

    /// <inheritdoc/>
    protected override bool HasInput
    {
        get
        {
            lock (gate)
                return !isOver && HasUnread;
        }
    }

    /// <inheritdoc/>
    protected override bool HasOutput
    {
        get
        {
            lock (gate)
                return !isOver && HasRest;
        }
    }

    /// <inheritdoc/>
    protected override int Send(ReadOnlySpan<byte> bytes)
    {
        lock (gate)
            return isOver ? -ECONNRESET : Checked(Write(bytes), "write failed");
    }

    /// <inheritdoc/>
    protected override int Flush()
    {
        lock (gate)
            return isOver ? -ECONNRESET : Checked(WriteRest(), "write failed");
    }

    /// <inheritdoc/>
    protected override int Receive(Span<byte> target)
    {
        lock (gate)
        {
            if (isOver)
                return -ECONNRESET;
            int count = Read(target);
            if (count is 0 && ExitStatus is not 0 and var status)
            {
                error ??= Terminated(status);
                return -ECONNRESET;
            }
            return count is -EAGAIN ? count : Checked(count, "read failed");
        }
    }

    int Checked(int result, string what)
    {
        if (result < 0)
            error ??= ExitStatus is > 0 and var status ? Terminated(status) : Questions.Error($"{what}: {LastError}").Error;
        return result;
    }

    VirError Terminated(int status) => Questions.Error($"Remote command terminated with non-zero code: {status}").Error;

    /// <inheritdoc/>
    public override void Dispose()
    {
        lock (gate)
        {
            if (isOver)
                return;
            isOver = true;
            End();
        }
    }
}
