using System.Net.Sockets;
using Microsoft.Win32.SafeHandles;
using Vireo.Core.Errors;
using Vireo.Core.Values;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Migrate.Target;
using Vireo.Drivers.Qemu.Monitor;
using Vireo.Drivers.Qemu.Monitor.Commands;

namespace Vireo.Drivers.Qemu.Migrate.Source;

/// <summary>Where the source's QEMU sends to, and how it gets there.</summary>
static class SendOff
{
    const string Name = "migrate";

    /// <summary>Tells QEMU where to send, and lets it begin.</summary>
    /// <param name="live">The guest.</param>
    /// <param name="uri">What the target said.</param>
    /// <param name="several">QEMU makes more than one connection, and so each of them itself.</param>
    /// <param name="cancel">Gives up.</param>
    /// <param name="resume">It is the rest of a migration whose way broke.</param>
    internal static async ValueTask BeginAsync(LiveQemu live, string uri, bool several, CancellationToken cancel, bool resume = false)
    {
        UriText parsed = MigrationPlace.Read(uri);
        if (parsed.Port > ushort.MaxValue)
            throw VireoException.InvalidArgument(ErrorDomain.Qemu, $"port of migration URI {uri} is beyond {ushort.MaxValue}");
        string server = parsed.Server ?? "";
        string host = server.Contains(':', StringComparison.Ordinal) ? $"[{server}]" : server;
        switch (parsed.Scheme)
        {
            case "tcp" when !several:
                using (Socket socket = await ConnectAsync(server, parsed.Port, cancel).ConfigureAwait(false))
                    await SendAsync(live, socket, resume, cancel).ConfigureAwait(false);
                return;
            case "tcp":
                await live.Monitor.RunAsync(new MigrateTo($"tcp:{host}:{parsed.Port}", resume), cancel).ConfigureAwait(false);
                return;
            case "rdma":
                await live.Monitor.RunAsync(new MigrateTo($"rdma:{host}:{parsed.Port}", resume), cancel).ConfigureAwait(false);
                return;
            case "unix":
                await live.Monitor.RunAsync(new MigrateTo($"unix:{parsed.Path}", resume), cancel).ConfigureAwait(false);
                return;
            case null:
                throw VireoException.InvalidArgument(ErrorDomain.Qemu, $"missing scheme in migration URI: {uri}");
            default:
                throw QemuErrors.ArgumentUnsupported($"unsupported scheme {parsed.Scheme} in migration URI {uri}");
        }
    }

    /// <summary>Lets QEMU send into a connection that the daemon made.</summary>
    internal static async ValueTask SendAsync(LiveQemu live, Socket socket, bool resume, CancellationToken cancel)
    {
        using var descriptor = new SafeFileHandle(socket.Handle, ownsHandle: false);
        await SendAsync(live, descriptor, resume, cancel).ConfigureAwait(false);
    }

    /// <summary>Lets QEMU send into a descriptor.</summary>
    internal static async ValueTask SendAsync(LiveQemu live, SafeFileHandle descriptor, bool resume, CancellationToken cancel)
    {
        await live.Monitor.PassAsync(new GetFd(Name), descriptor, cancel).ConfigureAwait(false);
        try
        {
            await live.Monitor.RunAsync(new MigrateTo($"fd:{Name}", resume), cancel).ConfigureAwait(false);
        }
        catch (QmpRefusal)
        {
            await live.Monitor.RunAsync(new CloseFd(Name), CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }

    static async ValueTask<Socket> ConnectAsync(string server, int port, CancellationToken cancel)
    {
        // The last of a guest is little, and it stands still until that has arrived: nothing may wait for more to send. QEMU does not see to that for a connection that it was given.
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(server, port, cancel).ConfigureAwait(false);
            // QEMU expects one that waits.
            socket.Blocking = true;
            return socket;
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw e.SocketErrorCode is SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain
                ? VireoException.Internal(ErrorDomain.Rpc, $"Unable to resolve address '{server}' service '{port}': {e.Message}")
                : VireoException.System(ErrorDomain.Rpc, e.NativeErrorCode, $"unable to connect to server at '{server}:{port}'");
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
