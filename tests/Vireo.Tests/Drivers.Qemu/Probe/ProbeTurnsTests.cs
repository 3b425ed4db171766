using Vireo.Drivers.Qemu.Probe;
using Xunit;

namespace Vireo.Tests.Drivers.Qemu.Probe;

public sealed class ProbeTurnsTests
{
    [Fact]
    public async Task What_more_wait_for_comes_first()
    {
        var turns = new ProbeTurns(2);
        Assert.True(turns.TakeAsync(ProbeTurns.Foreign).IsCompleted);
        Assert.True(turns.TakeAsync(ProbeTurns.Foreign).IsCompleted);
        int[] asked = [ProbeTurns.Foreign, ProbeTurns.Native, ProbeTurns.Outline, ProbeTurns.Outline, ProbeTurns.Native];
        Task[] waiting = [.. asked.Select(turns.TakeAsync)];
        Assert.DoesNotContain(waiting, static task => task.IsCompleted);
        foreach (int next in (int[])[2, 3, 1, 4, 0])
        {
            Assert.False(waiting[next].IsCompleted);
            turns.End();
            await waiting[next].WaitAsync(TestContext.Current.CancellationToken);
        }
        turns.End();
        Assert.True(turns.TakeAsync(ProbeTurns.Foreign).IsCompleted);
    }
}
