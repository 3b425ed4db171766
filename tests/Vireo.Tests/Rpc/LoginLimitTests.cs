using System.Net.Sockets;
using Vireo.Rpc.Messages;
using Vireo.Rpc.Posix;
using Vireo.Rpc.Server;
using Xunit;

namespace Vireo.Tests.Rpc;

/// <summary>What those may do who have not logged in: little, and not for long.</summary>
public sealed class LoginLimitTests : IDisposable
{
    readonly FakeClock clock = new();
    readonly string path = Path.Join(Path.GetTempPath(), $"vireo-login-{Guid.NewGuid():N}");
    readonly List<Socket> open = [];
    ServerFixture? fixture;

    public void Dispose()
    {
        foreach (Socket socket in open)
            socket.Dispose();
        fixture?.Dispose();
        File.Delete(path);
    }

    ServerFixture Start(RpcServerOptions options)
    {
        fixture = new ServerFixture(options, clock);
        fixture.Server.Listen(UnixSocket.Listen(path, 4000, 0x1c0), readOnly: false);
        return fixture;
    }

    Socket Connect()
    {
        Socket socket = ServerFixture.Wrap(UnixSocket.Connect(path));
        open.Add(socket);
        return socket;
    }

    static bool LogsIn(Socket socket)
    {
        socket.Send(Bytes.Call(TestProgram.Login, 1));
        return Bytes.ReadFrame(socket) is { Header.Status: MessageStatus.Ok };
    }

    [Fact]
    public void Who_does_not_log_in_is_disconnected_and_who_did_stays()
    {
        ServerFixture server = Start(new RpcServerOptions());
        Socket user = Connect(), silent = Connect(), slow = Connect();
        Assert.True(LogsIn(user));
        slow.Send(Bytes.Call(TestProgram.Login, 1)[..10]);      // a byte now and then is no login
        clock.Advance(119);
        server.Server.Wake();
        slow.Send(Bytes.Call(TestProgram.Login, 1)[10..11]);
        Assert.True(LogsIn(user));
        clock.Advance(2);
        server.Server.Wake();
        Assert.Null(Bytes.ReadExactly(silent, 1));
        Assert.Null(Bytes.ReadExactly(slow, 1));
        Assert.True(LogsIn(user));
    }

    [Fact, Trait("libvirtd.conf", "max_anonymous_clients"), Trait("libvirtd.conf", "max_queued_clients")]
    public void Who_waits_in_the_queue_is_let_in_when_others_do_not_log_in()
    {
        ServerFixture server = Start(new RpcServerOptions { MaxAnonymousClients = 2 });
        Socket user = Connect();
        Assert.True(LogsIn(user));
        Socket first = Connect(), second = Connect(), waiting = Connect();
        waiting.Send(Bytes.Call(TestProgram.Login, 1));
        SpinWait.SpinUntil(() => server.Server.ClientCount == 3, 20_000);
        Assert.True(LogsIn(user));                              // once more round: the limit has been seen
        Assert.Equal(3, server.Server.ClientCount);
        clock.Advance(31);
        server.Server.Wake();
        Assert.Equal(MessageStatus.Ok, Bytes.ReadFrame(waiting)!.Value.Header.Status);
        Assert.Equal(3, server.Server.ClientCount);             // no more were thrown out than it took
        Assert.Single(new[] { first, second }, one => one.Poll(0, SelectMode.SelectRead));
    }

    [Fact, Trait("libvirtd.conf", "max_clients")]
    public void A_limit_of_clients_holds_and_can_be_raised_while_somebody_waits()
    {
        ServerFixture server = Start(new RpcServerOptions { MaxClients = 2, MaxAnonymousClients = 2 });
        Assert.True(LogsIn(Connect()));
        Assert.True(LogsIn(Connect()));
        Socket waiting = Connect();
        waiting.Send(Bytes.Call(TestProgram.Login, 1));
        Assert.True(LogsIn(open[0]));
        Assert.Equal(2, server.Server.ClientCount);
        Assert.False(server.Server.ChangeClientLimits(1, null));
        Assert.True(server.Server.ChangeClientLimits(3, null));
        Assert.Equal(MessageStatus.Ok, Bytes.ReadFrame(waiting)!.Value.Header.Status);
    }

    [Fact]
    public void Before_the_login_no_large_message_is_taken()
    {
        Start(new RpcServerOptions());
        Socket early = Connect(), user = Connect();
        byte[] large = Bytes.Message(TestProgram.Login, 1, new byte[5000]);
        early.Send(large.AsSpan(0, 4));
        Assert.Null(Bytes.ReadExactly(early, 1));               // the length alone is enough to know
        Assert.True(LogsIn(user));
        user.Send(large);
        Assert.Equal(MessageStatus.Ok, Bytes.ReadFrame(user)!.Value.Header.Status);
    }

    [Fact]
    public void Thousands_who_come_and_go_leave_nothing_behind()
    {
        ServerFixture server = Start(new RpcServerOptions());
        Socket user = Connect();
        Assert.True(LogsIn(user));
        for (int i = 0; i < 5000; i++)
        {
            using var one = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            one.Connect(new UnixDomainSocketEndPoint(path));        // waits for room in the queue
            if (i % 2 == 0)
                one.Send(Bytes.Call(TestProgram.Login, 1)[..(i % 28)]);
        }
        Assert.True(LogsIn(user));
        Assert.True(LogsIn(Connect()));
        Assert.True(SpinWait.SpinUntil(() => server.Server is { ClientCount: 2, AnonymousCount: 0 }, 20_000));
        Assert.Equal(2, server.Server.Clients().Count);
    }

    [Fact, Trait("libvirtd.conf", "prio_workers"), Trait("libvirtd.conf", "max_workers")]
    public void Workers_that_are_added_take_what_waits()
    {
        ServerFixture server = Start(new RpcServerOptions { MinWorkers = 1, MaxWorkers = 1, MaxClientRequests = 10 });
        Socket user = Connect();
        Assert.True(LogsIn(user));
        user.Send(Bytes.Call(TestProgram.WaitForGate, 2));
        Assert.True(server.Host.Waiting.Wait(20_000, TestContext.Current.CancellationToken));
        user.Send(Bytes.Echo(TestProgram.EchoByWorker, 3, "late"));
        Assert.True(SpinWait.SpinUntil(() => server.Server.WorkerState is { Current: 1, Free: 0, Waiting: 1 }, 20_000));
        Assert.True(server.Server.ChangeWorkers(null, 2, null));
        Assert.Equal(3u, Bytes.ReadFrame(user)!.Value.Header.Serial);
        Assert.False(server.Server.ChangeWorkers(5, null, null));
        server.Host.Gate.Release();
        Assert.Equal(2u, Bytes.ReadFrame(user)!.Value.Header.Serial);
    }
}
