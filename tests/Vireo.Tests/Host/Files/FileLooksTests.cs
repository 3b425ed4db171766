using Vireo.Host.Files;
using Vireo.Tests.Hypervisor;
using Xunit;

namespace Vireo.Tests.Host.Files;

public sealed class FileLooksTests
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_look_that_hangs_is_left_and_not_waited_for_again_until_it_comes_back()
    {
        var time = new ManualTime();
        var looks = new FileLooks(time);
        using var answers = new ManualResetEventSlim();
        Task<int> first = looks.LookAsync("/hangs", "size", _ => { answers.Wait(); return 1; }, Patience, TestContext.Current.CancellationToken).AsTask();
        Task<int> same = looks.LookAsync("/hangs", "size", _ => 2, Patience, TestContext.Current.CancellationToken).AsTask();
        Assert.Equal(3, await looks.LookAsync("/other", "size", _ => 3, Patience, TestContext.Current.CancellationToken));
        time.Pass(Patience);
        await Assert.ThrowsAsync<TimeoutException>(() => first);
        await Assert.ThrowsAsync<TimeoutException>(() => same);
        // Time stands still: this one did not wait.
        await Assert.ThrowsAsync<TimeoutException>(() => looks.LookAsync("/hangs", "another", _ => 4, Patience, TestContext.Current.CancellationToken).AsTask());
        answers.Set();
        Assert.Equal(5, await Again());

        async Task<int> Again()
        {
            while (true)
                try
                {
                    return await looks.LookAsync("/hangs", "again", _ => 5, Patience, TestContext.Current.CancellationToken);
                }
                catch (TimeoutException)
                {
                    await Task.Yield();
                }
        }
    }

    [Fact]
    public async Task What_goes_wrong_is_told_to_whoever_looked_and_forgotten()
    {
        var looks = new FileLooks(TimeProvider.System);
        await Assert.ThrowsAsync<IOException>(() => looks.LookAsync<int>("/bad", "size", _ => throw new IOException(), TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken).AsTask());
        Assert.Equal(1, await looks.LookAsync("/bad", "size", _ => 1, TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken));
    }
}
