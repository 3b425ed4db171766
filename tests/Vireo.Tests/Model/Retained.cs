namespace Vireo.Tests.Model;

/// <summary>How much memory things keep.</summary>
static class Retained
{
    const int Rounds = 5;

    /// <summary>
    /// Bytes that one of <paramref name="count"/> things keeps: the middle of several rounds, because what earlier tests left behind (buffers of the shared
    /// pools, things that wait for their finalizer) goes at a moment of the runtime's choosing and would make one round tell anything.
    /// </summary>
    public static async Task<long> PerItemAsync(int count, Func<int, ValueTask<object>> make)
    {
        await RoundAsync(10, make);
        var each = new long[Rounds];
        for (int round = 0; round < Rounds; round++)
            each[round] = await RoundAsync(count, make);
        Array.Sort(each);
        return each[Rounds / 2];
    }

    // A method of its own, on a stack of its own: what a round made is garbage when the next one begins.
    static async Task<long> RoundAsync(int count, Func<int, ValueTask<object>> make)
    {
        await Task.Yield();
        long before = GC.GetTotalMemory(forceFullCollection: true);
        object kept = await make(count);
        long after = GC.GetTotalMemory(forceFullCollection: true);
        GC.KeepAlive(kept);
        return (after - before) / count;
    }
}
