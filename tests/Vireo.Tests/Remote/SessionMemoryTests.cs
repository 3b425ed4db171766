using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Vireo.Driver;
using Vireo.Drivers.Test;
using Vireo.Remote;
using Vireo.Rpc.Messages;
using Vireo.Rpc.Posix;
using Vireo.Rpc.Server;
using Vireo.Rpc.Xdr;
using Vireo.Tests.Model;
using Vireo.Tests.Rpc;
using Xunit;

namespace Vireo.Tests.Remote;

/// <summary>What a client costs that has logged in, opened a driver, and says nothing more.</summary>
[Collection(nameof(Alone))]
public sealed class SessionMemoryTests
{
    const int Clients = 500, Most = 2048; // bytes
    const int Login = 66, OpenDriver = 1;

    [Fact]
    public void A_client_that_opened_a_driver_costs_little()
    {
        var services = new RemoteServices(new DriverSet(TestDriver.Create()));
        using var server = new RpcServer(
            new RpcServerOptions { Threads = 1 }, peer => RemoteSession.Programs(peer, services), NullLogger.Instance);
        var sockets = new List<Socket>();
        try
        {
            var ends = new int[Clients];
            for (int i = 0; i < Clients; i++)
            {
                (int ours, ends[i]) = UnixSocket.Pair();
                sockets.Add(ServerFixture.Wrap(ours));
            }
            (int first, int last) = UnixSocket.Pair();
            sockets.Add(ServerFixture.Wrap(first));
            Open(server, last, sockets[^1]); // what the first makes once for all
            long before = GC.GetTotalMemory(true);
            for (int i = 0; i < Clients; i++)
                Open(server, ends[i], sockets[i]);
            long each = (GC.GetTotalMemory(true) - before) / Clients;
            Assert.True(each < Most, $"{each} bytes");
        }
        finally
        {
            sockets.ForEach(static socket => socket.Dispose());
        }
    }

    static void Open(RpcServer server, int end, Socket socket)
    {
        server.Attach(end, readOnly: false);
        Ask(socket, Login, []);
        var open = new XdrWriter(64);
        open.WriteOptionalString("test:///default", 100);
        open.WriteUInt(0);
        Ask(socket, OpenDriver, open.Written);
        open.Dispose();
    }

    static void Ask(Socket socket, int procedure, ReadOnlySpan<byte> arguments)
    {
        socket.Send(Bytes.Message(procedure, 1, arguments, program: RemoteProgram));
        Assert.Equal(MessageStatus.Ok, Bytes.ReadFrame(socket)!.Value.Header.Status);
    }

    const uint RemoteProgram = 0x20008086;
}
