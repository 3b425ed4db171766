using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Vireo.Daemon.Admin;
using Vireo.Remote;
using Vireo.Rpc.Messages;
using Vireo.Rpc.Posix;
using Vireo.Rpc.Server;
using Vireo.Tests.Remote;
using Vireo.Tests.Remote.Access;
using Vireo.Tests.Rpc;
using Xunit;

namespace Vireo.Tests.Daemon.Access;

/// <summary>Every procedure of the admin program, over a socket: run for the daemon's own user, and for nobody else.</summary>
public sealed class AdminAccessMatrixTests : IAsyncDisposable
{
    const int Close = 2;

    readonly AnyDriver driver = new();
    readonly JsonElement facts = Facts.Load("rpc.json").GetProperty("admin");
    readonly int[] ownCalls = [1, Close];

    public ValueTask DisposeAsync() => driver.DisposeAsync();

    byte[] Arguments(JsonElement procedure) =>
        new FactArguments(facts.GetProperty("types").EnumerateArray().ToDictionary(type => type.GetProperty("name").GetString()!)) { Name = "mine", Uuid = default }.Of(procedure);

    /// <summary>What came back; null: the connection ended without an answer.</summary>
    (MessageHeader Header, byte[] Payload)? Call(uint own, int number, byte[] arguments)
    {
        using var server = new RpcServer(
            new RpcServerOptions { Threads = 1 }, peer => AdminServer.Programs(peer, driver.Capabilities, own, NullLogger.Instance), NullLogger.Instance);
        (int ours, int theirs) = UnixSocket.Pair();
        server.Attach(theirs, readOnly: false);
        using Socket socket = ServerFixture.Wrap(ours);
        try
        {
            socket.Send(Bytes.Message(number, 1, arguments, program: AdminProcedures.Program));
            return Bytes.ReadFrame(socket);
        }
        catch (SocketException)
        {
            return null;
        }
    }

    [Fact]
    public void Every_procedure_is_run_for_the_daemons_user_and_for_nobody_else()
    {
        uint me = PeerOfMine();
        int refused = 0, allowed = 0;
        var complaints = new List<string>();
        foreach (JsonElement procedure in facts.GetProperty("procedures").EnumerateArray())
        {
            int number = procedure.GetProperty("number").GetInt32();
            byte[] arguments = Arguments(procedure);
            driver.Ran.Clear();
            if (Call(me + 1, number, arguments) is null && driver.Ran.Count is 0)
                refused++;
            else
                complaints.Add($"{procedure.GetProperty("name").GetString()} was answered to a stranger");
            if (Call(me, number, arguments) is { Header.Status: MessageStatus.Ok } && (driver.Ran.Contains(number) || ownCalls.Contains(number)))
                allowed++;
            else
                complaints.Add($"{procedure.GetProperty("name").GetString()} was not answered to the daemon's user");
        }
        Assert.True(complaints.Count is 0, string.Join("\n", complaints));
        TestContext.Current.TestOutputHelper?.WriteLine($"admin: {refused} times refused, {allowed} times allowed");
        Assert.Equal((19, 19), (refused, allowed));
    }

    static uint PeerOfMine()
    {
        uint? uid = null;
        using var server = new RpcServer(new RpcServerOptions { Threads = 1 }, peer =>
        {
            uid = peer.Identity.Uid;
            return [];
        }, NullLogger.Instance);
        (int ours, int theirs) = UnixSocket.Pair();
        server.Attach(theirs, readOnly: false);
        _ = Libc.close(ours);
        return Assert.NotNull(uid);
    }
}
