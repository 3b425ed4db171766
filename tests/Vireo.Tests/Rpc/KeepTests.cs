using System.Net.Sockets;
using Vireo.Rpc.Messages;
using Vireo.Rpc.Server;
using Xunit;

namespace Vireo.Tests.Rpc;

/// <summary>A process that executes its program anew keeps its clients.</summary>
public sealed class KeepTests
{
    [Fact]
    public async Task Calls_under_way_end_first_and_their_clients_stay()
    {
        using var server = new ServerFixture(new RpcServerOptions { Threads = 1 });
        using Socket busy = server.Raw(), busier = server.Raw(), idle = server.Raw();
        foreach (Socket one in (Socket[])[busy, busier, busier])
        {
            one.Send(Bytes.Call(TestProgram.WaitForGate, 1));
            Assert.True(await server.Host.Waiting.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken));
        }
        Task<KeptServer> keeping = Task.Factory.StartNew(
            () => server.Server.Keep(TimeSpan.FromHours(1)), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        for (int i = 0; i < 3; i++)
        {
            Assert.False(keeping.IsCompleted);
            server.Host.Gate.Release();
        }
        KeptServer kept = await keeping;
        Assert.Equal(3, kept.Clients.Count);
        Assert.Equal(MessageType.Reply, Bytes.ReadFrame(busy)!.Value.Header.Type);
        for (int i = 0; i < 2; i++)
            Assert.Equal(MessageType.Reply, Bytes.ReadFrame(busier)!.Value.Header.Type);
    }

    [Fact]
    public async Task Who_takes_too_long_is_left_behind()
    {
        using var server = new ServerFixture(new RpcServerOptions { Threads = 1 });
        using Socket busy = server.Raw(), idle = server.Raw();
        busy.Send(Bytes.Call(TestProgram.WaitForGate, 1));
        Assert.True(await server.Host.Waiting.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken));
        Assert.Single(server.Server.Keep(TimeSpan.Zero).Clients);
    }
}
