using Vireo.Core.Errors;
using Vireo.Host.Processes;
using Vireo.Remote.Transports.Ssh;
using Vireo.Rpc.Client;
using Vireo.Rpc.Client.Tls;
using Vireo.Rpc.Posix;
using Vireo.Rpc.Security;

namespace Vireo.Remote.Transports;

/// <summary>A way to the daemon that stands: a socket or an SSH session, and what is behind it.</summary>
sealed class Link(int socket, Func<string>? complaint = null, IDisposable? behind = null) : IDisposable
{
    public int Socket => socket;

    /// <summary>The SSH session within this process, which owns the socket; null: bytes go through the socket as they are.</summary>
    public SshSession? Session { get; private init; }

    /// <summary>What all bytes pass.</summary>
    public ISecurityLayer? Layer { get; private init; }

    /// <summary>Opens the way; everything happens on the caller's thread.</summary>
    public static Link Open(RemoteAddress to, RemotePlaces places, Driver.Login.ICredentialSource? login)
    {
        switch (to.Transport)
        {
            case RemoteTransport.Unix:
                return new(SessionDaemon.Connect(to, places));
            case RemoteTransport.Tcp:
                return new(TcpConnect.To(to.Host, to.Port ?? 16509));
            case RemoteTransport.Tls:
                return Secure(TcpConnect.To(to.Host, to.Port ?? 16514), to, places);
            case RemoteTransport.Ext:
                return Of(to.Command!, []);
            case RemoteTransport.Ssh:
                return Of(to.Command ?? "ssh", SshCommand.Arguments(to));
            default:
                SshSession session = SshSession.Open(to, SshCommand.OnServer(to), places, login);
                return new(session.Socket) { Session = session };
        }
    }

    static Link Secure(int socket, RemoteAddress to, RemotePlaces places)
    {
        try
        {
            TlsFiles files = TlsClientFiles.Find(to.CertificateFolder, places.IsRoot ? null : places.Home, places.SystemFolder, places.Exists);
            var rules = new TlsRules
            {
                ServerName = to.Host, NoVerify = to.NoVerify, NoSanity = to.NoSanity, Priority = to.TlsPriority is { } words ? PriorityOf(words) : TlsPriority.Normal,
            };
            return new(socket) { Layer = TlsClient.Connect(socket, files, rules) };
        }
        catch
        {
            UnixSocket.Close(socket);
            throw;
        }
    }

    static TlsPriority PriorityOf(string words)
    {
        try
        {
            return TlsPriority.Parse(words);
        }
        catch (VireoException e)
        {
            throw new VireoException(VirError.Of(ErrorCode.SystemError, ErrorDomain.Rpc, $"Failed to set TLS session priority to {words}: {e.Message}"), e);
        }
    }

    /// <summary>A program that is not there is a connection that is not there.</summary>
    static Link Of(string command, IReadOnlyList<string> arguments)
    {
        try
        {
            SocketProgram program = SocketProgram.Start(command, arguments);
            return new(program.Socket, program.Complaint, program);
        }
        catch (VireoException e) when (e.Code is ErrorCode.SystemError)
        {
            throw new VireoException(e.Error with { Domain = ErrorDomain.Rpc });
        }
    }

    /// <summary>An error of the connection's beginning, with what the program behind it has to say about it.</summary>
    public VireoException Explain(VireoException failure)
    {
        const int ECONNRESET = 104;
        if (failure.Domain is ErrorDomain.Rpc && Session?.Failure is { } own)
            return new(own);
        return complaint is null || failure.Domain is not ErrorDomain.Rpc || failure.Code is not (ErrorCode.SystemError or ErrorCode.InternalError)
            ? failure : VireoException.System(ErrorDomain.Rpc, ECONNRESET, $"Cannot recv data: {complaint()}");
    }

    /// <summary>Closes the socket, for who has not given it away.</summary>
    public void CloseSocket()
    {
        if (Session is null)
            UnixSocket.Close(socket);
        else
            Session.Dispose();
    }

    /// <summary>Ends what is behind the socket, which is closed already.</summary>
    public void Dispose() => behind?.Dispose();
}
