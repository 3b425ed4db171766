namespace Vireo.Daemon.Service;

/// <summary>
/// Gives memory back to the system once the daemon has gone quiet. The collector by itself waits for the next allocation,
/// which in an idle daemon may be days away.
/// </summary>
sealed class MemoryKeeper : IDisposable
{
    static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);
    const long Quiet = 128 * 1024, WorthIt = 1024 * 1024; // bytes allocated in one pace; since the last time
    readonly ManualResetEventSlim ended = new();
    readonly Thread thread;
    long seen, kept;

    internal MemoryKeeper()
    {
        thread = new Thread(Run, 64 * 1024) { IsBackground = true, Name = "memory" };
        thread.Start();
    }

    void Run()
    {
        while (!ended.Wait(Pace))
        {
            long now = GC.GetTotalAllocatedBytes();
            bool quiet = now - seen < Quiet;
            seen = now;
            if (!quiet || now - kept < WorthIt)
                continue;
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            FilePages.GiveBack();
            kept = now;
        }
    }

    public void Dispose()
    {
        ended.Set();
        thread.Join();
        ended.Dispose();
    }
}
