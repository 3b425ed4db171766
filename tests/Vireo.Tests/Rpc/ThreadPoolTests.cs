using Vireo.Rpc.Client;
using Vireo.Rpc.Server;
using Vireo.Tests.Model;
using Xunit;

namespace Vireo.Tests.Rpc;

/// <summary>The blocking transport, on which the C library will stand, leaves the thread pool alone.</summary>
[Collection(nameof(Alone))]
public class ThreadPoolTests
{
    [Fact]
    public async Task A_blocking_call_is_complete_when_it_returns_and_the_thread_pool_is_not_touched()
    {
        using var fixture = new ServerFixture();
        await using BlockingRpcChannel channel = fixture.Blocking();
        long before = ThreadPool.CompletedWorkItemCount + ThreadPool.PendingWorkItemCount;
        long calls = 0;
        var thread = new Thread(() =>
        {
            for (int i = 0; i < 100; i++)
            {
                ValueTask<string> task = channel.EchoAsync(i % 2 == 0 ? TestProgram.Echo : TestProgram.EchoByWorker, "x");
                Assert.True(task.IsCompletedSuccessfully);
                Assert.Equal("x", task.Result);
                calls++;
            }
        });
        thread.Start();
        thread.Join();
        // The runner's own work is in the count too, so nothing else runs beside this test: but a channel that used the pool would add an item a call.
        long items = ThreadPool.CompletedWorkItemCount + ThreadPool.PendingWorkItemCount - before;
        Assert.Equal(100, calls);
        Assert.True(items < 100, $"{items} work items for 100 calls");
    }
}
