using System.Net.Sockets;
using Renci.SshNet;
using Renci.SshNet.Common;
using Vireo.Core.Errors;
using Vireo.Driver.Login;
using Vireo.Remote;
using Vireo.Remote.Login;
using Vireo.Remote.Transports;
using Vireo.Rpc.Posix;

namespace Vireo.Ssh;

/// <summary>
/// The transports libssh and libssh2: an SSH connection within this process. It has threads of its own, which carry bytes between the server's command and
/// the socket that the connection reads.
/// </summary>
public sealed class SshNetTransport : ISshTransport
{
    const int DefaultPort = 22, PieceSize = 32 * 1024;

    /// <inheritdoc/>
    public SshLink Open(RemoteAddress to, string command, RemotePlaces places, ICredentialSource? login)
    {
        string user = to.User ?? Environment.UserName;
        var client = new SshClient(new ConnectionInfo(to.Host, to.Port ?? DefaultPort, user, [.. new SshLogins(to, user, places, login).Methods()]));
        try
        {
            VireoException? distrust = null;
            client.HostKeyReceived += (_, shown) =>
            {
                distrust = KnownHosts.Judge(to, shown.HostKeyName, shown.HostKey, $"SHA256:{shown.FingerPrintSHA256}", places, login);
                shown.CanTrust = distrust is null;
            };
            try
            {
                client.Connect();
            }
            catch (Exception) when (distrust is not null)
            {
                throw distrust;
            }
            catch (SshAuthenticationException e)
            {
                throw new VireoException(ErrorCode.AuthFailed, ErrorDomain.Libssh, e.Message, e);
            }
            catch (SocketException e)
            {
                throw VireoException.System(ErrorDomain.Rpc, e.NativeErrorCode, $"unable to connect to server at '{to.Host}:{to.Port ?? DefaultPort}'");
            }
            catch (SshException e)
            {
                throw new VireoException(ErrorCode.InternalError, ErrorDomain.Libssh, $"SSH session handshake failed: {e.Message}", e);
            }
            return Run(client, command);
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    static SshLink Run(SshClient client, string text)
    {
        SshCommand command = client.CreateCommand(text);
        command.BeginExecute();
        Stream input = command.CreateInputStream();
        (int ours, int theirs) = UnixSocket.Pair();
        UnixSocket.MakeBlocking(theirs);
        var socket = new Socket(new SafeSocketHandle(theirs, ownsHandle: true));
        new Thread(() => Carry(new NetworkStream(socket), input, input.Dispose)) { IsBackground = true, Name = "ssh sends" }.Start();
        new Thread(() => Carry(command.OutputStream, new NetworkStream(socket), socket.Dispose)) { IsBackground = true, Name = "ssh receives" }.Start();
        return new(ours, () => Complaints(command), new Session(client, command, socket));
    }

    static void Carry(Stream from, Stream to, Action end)
    {
        byte[] piece = new byte[PieceSize];
        try
        {
            int count;
            while ((count = from.Read(piece)) > 0)
            {
                to.Write(piece, 0, count);
                to.Flush();
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or SshException or InvalidOperationException)
        {
            // One side is gone: so is the connection.
        }
        finally
        {
            try
            {
                end();
            }
            catch (Exception e) when (e is ObjectDisposedException or SshException)
            {
                // It was faster.
            }
        }
    }

    static string Complaints(SshCommand command)
    {
        using var reader = new StreamReader(command.ExtendedOutputStream);
        return reader.ReadToEnd().TrimEnd();
    }

    sealed class Session(SshClient client, SshCommand command, Socket socket) : IDisposable
    {
        public void Dispose()
        {
            socket.Dispose();
            client.Dispose();
            command.Dispose();
        }
    }
}
