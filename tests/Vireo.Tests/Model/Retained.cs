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
        GC.KeepAlive(await make(10));
        var each = new long[Rounds];
        for (int round = 0; round < Rounds; round++)
        {
            long before = GC.GetTotalMemory(forceFullCollection: true);
            object kept = await make(count);
            each[round] = (GC.GetTotalMemory(forceFullCollection: true) - before) / count;
            GC.KeepAlive(kept);
        }
        Array.Sort(each);
        return each[Rounds / 2];
    }
}
