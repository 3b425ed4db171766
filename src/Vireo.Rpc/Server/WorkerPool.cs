using Vireo.Rpc.Xdr;

namespace Vireo.Rpc.Server;

/// <summary>Something for a worker.</summary>
interface IWork
{
    /// <summary>Runs, and does not throw.</summary>
    void Run(StringPool strings);
}

/// <summary>
/// Threads for calls that may block. A thread is made when work comes and nobody is free, up to the limit; above the
/// minimum it ends after a while without work. Urgent work has further threads, so that it never waits behind calls that hang.
/// </summary>
sealed class WorkerPool(int min, int max, int prio) : IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    const int StackSize = 1024 * 1024;

    readonly object gate = new();
    readonly Queue<IWork> ordinary = new();
    readonly Queue<IWork> urgent = new();
    int workers, prioWorkers, idle, idlePrio;
    bool stopping;

    /// <summary>Threads there are now.</summary>
    internal int Count
    {
        get
        {
            lock (gate)
                return workers + prioWorkers;
        }
    }

    internal WorkerState State
    {
        get
        {
            lock (gate)
            {
                int busy = workers - idle, current = Math.Max(workers, min);
                return new WorkerState(min, max, current, Math.Max(0, current - busy), prio, ordinary.Count + urgent.Count);
            }
        }
    }

    /// <summary>New limits; null leaves one as it is. Threads beyond them end when they have nothing to do. False: they contradict each other.</summary>
    internal bool Change(int? newMin, int? newMax, int? newPrio)
    {
        lock (gate)
        {
            if ((newMin ?? min) > (newMax ?? max))
                return false;
            (min, max, prio) = (newMin ?? min, newMax ?? max, newPrio ?? prio);
            for (int i = ordinary.Count + urgent.Count - idle; i > 0 && workers < max; i--)
            {
                workers++;
                StartThread("rpc-worker", onlyUrgent: false);
            }
            Monitor.PulseAll(gate);
            return true;
        }
    }

    internal void Add(IWork work, bool isUrgent = false)
    {
        lock (gate)
        {
            if (stopping)
                return;
            (isUrgent ? urgent : ordinary).Enqueue(work);
            if (ordinary.Count + urgent.Count > idle && workers < Math.Max(max, 1))
            {
                workers++;
                StartThread("rpc-worker", onlyUrgent: false);
            }
            else if (urgent.Count > idle + idlePrio && prioWorkers < prio)
            {
                prioWorkers++;
                StartThread("prio-rpc-worker", onlyUrgent: true);
            }
            else if (idle + idlePrio > 0)
            {
                // An ordinary item must not be spent on waking a thread that will not take it.
                if (idlePrio > 0)
                    Monitor.PulseAll(gate);
                else
                    Monitor.Pulse(gate);
            }
        }
    }

    void StartThread(string name, bool onlyUrgent) =>
        new Thread(() => Work(onlyUrgent), StackSize) { Name = name, IsBackground = true }.Start();

    void Work(bool onlyUrgent)
    {
        var strings = new StringPool();
        while (Next(onlyUrgent) is { } work)
            work.Run(strings);
    }

    IWork? Next(bool onlyUrgent)
    {
        lock (gate)
        {
            ref int waiting = ref onlyUrgent ? ref idlePrio : ref idle;
            ref int count = ref onlyUrgent ? ref prioWorkers : ref workers;
            while (true)
            {
                if (count > (onlyUrgent ? prio : Math.Max(max, 1)) && urgent.Count + ordinary.Count == 0)
                {
                    count--;
                    return null;
                }
                if (urgent.TryDequeue(out IWork? first) || (!onlyUrgent && ordinary.TryDequeue(out first)))
                    return first;
                if (stopping)
                {
                    count--;
                    return null;
                }
                waiting++;
                bool woken = Monitor.Wait(gate, Patience);
                waiting--;
                if (!woken && urgent.Count + ordinary.Count == 0 && (onlyUrgent || workers > min))
                {
                    count--;
                    return null;
                }
            }
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            stopping = true;
            Monitor.PulseAll(gate);
        }
    }
}

/// <summary>Tells a connection's programs that it is gone.</summary>
sealed class ClosedWork(IRpcProgram[] programs, Microsoft.Extensions.Logging.ILogger log) : IWork
{
    public void Run(StringPool strings)
    {
        foreach (IRpcProgram program in programs)
        {
            try
            {
                program.Closed();
            }
            catch (Exception e)
            {
                log.ClosingFailed(e);
            }
        }
    }
}
