using Vireo.Rpc.Server;
using Xunit;

namespace Vireo.Tests.Rpc;

public class BusyPollTests
{
    const long Limit = 50;

    static BusyPoll After(params ReadOnlySpan<long> waits)
    {
        var poll = new BusyPoll(Limit);
        foreach (long waited in waits)
            poll.Came(waited, slept: poll.Budget == 0);
        return poll;
    }

    [Fact]
    public void A_thread_without_calls_sleeps() => Assert.Equal(0, new BusyPoll(Limit).Budget);

    [Fact]
    public void Calls_that_follow_each_other_keep_it_awake() => Assert.Equal(Limit, After(60, 30, 20, 20).Budget);

    [Fact]
    public void A_client_that_pauses_puts_it_to_sleep() => Assert.Equal(0, After(20, 20, 20, 1_000_000).Budget);

    [Fact]
    public void Pauses_between_every_few_calls_keep_it_asleep()
    {
        BusyPoll poll = After();
        int awake = 0;
        for (int i = 0; i < 1000; i++)
        {
            awake += poll.Budget > 0 ? 1 : 0;
            poll.Came(i % 4 == 0 ? 10_000 : 20, slept: poll.Budget == 0);
        }
        Assert.True(awake < 50, $"awake for {awake} of 1000 waits");
    }

    [Fact]
    public void After_a_busy_time_long_past_a_single_short_wait_is_not_enough()
    {
        BusyPoll poll = After(20, 20, 1000, 1000, 1000, 1000);
        poll.Came(20, slept: true);
        Assert.Equal(0, poll.Budget);
    }

    [Fact]
    public void Switched_off_it_never_stays_awake()
    {
        var poll = new BusyPoll(0);
        for (int i = 0; i < 100; i++)
            poll.Came(1, slept: true);
        Assert.Equal(0, poll.Budget);
    }
}
