using Vireo.Core.Errors;
using Vireo.Rpc.Client;
using Vireo.Rpc.Posix;
using Vireo.Rpc.Server;
using Vireo.Rpc.Xdr;
using Xunit;

namespace Vireo.Tests.Rpc;

public sealed class ChannelTests
{
    [Fact]
    public async Task Both_channels_call_and_both_turn_an_error_reply_into_the_exception_that_it_describes()
    {
        using var fixture = new ServerFixture();
        await using AsyncRpcChannel async = await fixture.AsyncAsync();
        await using BlockingRpcChannel blocking = fixture.Blocking();
        foreach (IRpcChannel channel in new IRpcChannel[] { async, blocking })
        {
            Assert.Equal("hällo", await channel.EchoAsync(TestProgram.Echo, "hällo"));
            Assert.Equal("worker", await channel.EchoAsync(TestProgram.EchoByWorker, "worker"));
            var error = await Assert.ThrowsAsync<VireoException>(async () => await channel.EchoAsync(TestProgram.Fail, ""));
            Assert.Equal((ErrorCode.NoDomain, ErrorDomain.Qemu, "Domain not found: no domain with matching name 'x'"),
                (error.Code, error.Domain, error.Message));
            error = await Assert.ThrowsAsync<VireoException>(async () => await channel.EchoAsync(4711, ""));
            Assert.Equal(ErrorCode.NoSupport, error.Code);
        }
    }

    [Fact]
    public void Many_threads_share_one_blocking_channel()
    {
        using var fixture = new ServerFixture(new RpcServerOptions { MaxClientRequests = 20 });
        BlockingRpcChannel channel = fixture.Blocking();
        var failures = new List<Exception>();
        var threads = new List<Thread>();
        for (int t = 0; t < 8; t++)
        {
            string mine = $"thread {t}";
            threads.Add(new Thread(() =>
            {
                try
                {
                    for (int i = 0; i < 200; i++)
                        Assert.Equal(mine, channel.EchoAsync(i % 5 == 0 ? TestProgram.EchoByWorker : TestProgram.Echo, mine).Result);
                }
                catch (Exception e)
                {
                    lock (failures)
                        failures.Add(e);
                }
            }));
        }
        threads.ForEach(static thread => thread.Start());
        threads.ForEach(static thread => thread.Join());
        Assert.Empty(failures);
        _ = channel.DisposeAsync();
    }

    [Fact]
    public async Task Events_of_a_blocking_channel_wait_until_they_are_asked_for_and_may_call()
    {
        using var fixture = new ServerFixture();
        await using BlockingRpcChannel channel = fixture.Blocking();
        var seen = new List<string>();
        channel.Events = (uint _, int _, ref XdrReader payload) =>
            seen.Add(channel.EchoAsync(TestProgram.Echo, $"event {payload.ReadInt()}").Result);
        Assert.Equal(2, channel.Int(TestProgram.Events, 3, 10));
        Assert.Empty(seen);
        channel.DispatchEvents();
        Assert.Equal(["event 0", "event 1", "event 2"], seen);
    }

    [Fact]
    public async Task The_end_of_the_connection_ends_every_call_with_the_reason()
    {
        var fixture = new ServerFixture();
        AsyncRpcChannel async = await fixture.AsyncAsync();
        BlockingRpcChannel blocking = fixture.Blocking();
        ValueTask<string> hanging = async.EchoAsync(TestProgram.WaitForGate, "");
        Assert.True(fixture.Host.Waiting.Wait(20_000));
        fixture.Server.Dispose();
        fixture.Host.Gate.Release(10);
        var error = await Assert.ThrowsAsync<VireoException>(async () => await hanging);
        Assert.Equal((ErrorCode.SystemError, "End of file while reading data: Input/output error"), (error.Code, error.Message));
        Assert.Throws<VireoException>(() => blocking.Int(TestProgram.Events, 0, 0));
        Assert.NotNull(await async.Closed);
        Assert.NotNull(await blocking.Closed);
        await async.DisposeAsync();
        await blocking.DisposeAsync();
    }

    [Fact]
    public async Task Pings_of_the_client_are_answered_and_a_dead_server_is_noticed()
    {
        (int ours, int theirs) = UnixSocket.Pair();
        var clock = new FakeClock();
        await using var channel = new BlockingRpcChannel(ours, clock);
        channel.StartKeepalive(TimeSpan.FromSeconds(5), 2);
        for (int i = 0; i < 3; i++)
        {
            clock.Advance(6);
            channel.ProcessInput();
        }
        Assert.Contains("connection closed due to keepalive timeout", channel.Ended?.Message);
        var error = Assert.Throws<VireoException>(() => channel.Int(TestProgram.Echo));
        Assert.Contains("client socket is closed", error.Message);
        UnixSocket.Close(theirs);
    }

    [Fact]
    public async Task A_socket_that_nobody_can_come_to_keeps_no_server_from_ending()
    {
        var fixture = new ServerFixture();
        var unbound = new System.Net.Sockets.Socket(
            System.Net.Sockets.AddressFamily.Unix, System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Unspecified);
        fixture.Server.Listen((int)unbound.Handle, readOnly: false);     // accept(2) fails for it, at once and for ever
        unbound.SafeHandle.SetHandleAsInvalid();                         // it is the server's now
        await Task.Run(fixture.Dispose, TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
    }

    [Fact]
    public void A_socket_path_beyond_107_bytes_is_listened_on_and_reached_and_a_live_one_is_not_taken_over()
    {
        string folder = Directory.CreateTempSubdirectory("vireo-rpc").FullName;
        try
        {
            string deep = Path.Join(folder, new string('d', 60), new string('e', 60));
            Directory.CreateDirectory(deep);
            string path = Path.Join(deep, "libvirt-sock");
            using var fixture = new ServerFixture();
            fixture.Server.Listen(UnixSocket.Listen(path, 10, 0x1c0), readOnly: false);
            BlockingRpcChannel channel = BlockingRpcChannel.Connect(path);
            Assert.Equal(0, channel.Int(TestProgram.Login));
            _ = channel.DisposeAsync();
            Assert.Throws<VireoException>(() => UnixSocket.Listen(path, 10, 0x1c0));
            fixture.Server.StopListening();
            UnixSocket.Close(UnixSocket.Listen(path, 10, 0x1c0));   // what is left of a dead one is
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    [Fact]
    public void Clients_beyond_the_anonymous_limit_wait_until_one_logs_in()
    {
        string folder = Directory.CreateTempSubdirectory("vireo-rpc").FullName;
        try
        {
            string path = Path.Join(folder, "s");
            using var fixture = new ServerFixture(new RpcServerOptions { MaxAnonymousClients = 2 });
            fixture.Server.Listen(UnixSocket.Listen(path, 10, 0x1c0), readOnly: false);
            BlockingRpcChannel[] channels = [.. Enumerable.Range(0, 6).Select(_ => BlockingRpcChannel.Connect(path))];
            foreach (BlockingRpcChannel channel in channels)
                Assert.Equal(0, channel.Int(TestProgram.Login));
            Assert.Equal(6, fixture.Server.ClientCount);
            foreach (BlockingRpcChannel channel in channels)
                _ = channel.DisposeAsync();
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }
}
