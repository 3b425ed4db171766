namespace Vireo.Tests.Model;

/// <summary>How much memory things keep.</summary>
static class Retained
{
    const int Rounds = 3;

    /// <summary>
    /// Bytes that one of <paramref name="count"/> things keeps: the middle of several rounds, because what earlier tests left behind (buffers of the shared
    /// pools, things that wait for their finalizer) goes at a moment of the runtime's choosing and would make one round tell anything; for the same reason
    /// the things of a round should weigh megabytes together. All rounds stay alive to the end: a round's things may outlive it on some thread's stack,
    /// and would be missed from the next one's growth.
    /// </summary>
    public static async Task<long> PerItemAsync(int count, Func<int, ValueTask<object>> make)
    {
        var kept = new List<object> { await make(10) };
        var each = new long[Rounds];
        long before = GC.GetTotalMemory(forceFullCollection: true);
        for (int round = 0; round < Rounds; round++)
        {
            kept.Add(await make(count));
            long after = GC.GetTotalMemory(forceFullCollection: true);
            each[round] = (after - before) / count;
            before = after;
        }
        GC.KeepAlive(kept);
        Array.Sort(each);
        return each[Rounds / 2];
    }
}
