using Vireo.Core.Errors;

namespace Vireo.Host.Processes;

/// <summary>How the kernel schedules a thread.</summary>
public enum SchedulingPolicy
{
    /// <summary>SCHED_OTHER.</summary>
    Other = 0,

    /// <summary>SCHED_FIFO, with a priority.</summary>
    Fifo = 1,

    /// <summary>SCHED_RR, with a priority.</summary>
    RoundRobin = 2,

    /// <summary>SCHED_BATCH.</summary>
    Batch = 3,

    /// <summary>SCHED_IDLE.</summary>
    Idle = 5,
}

/// <summary>Where single threads of other processes run, and how.</summary>
public static unsafe class HostThreads
{
    const int MaxProcessors = 8192;

    /// <summary>Lets a thread run on some processors only.</summary>
    /// <returns>0, or the errno.</returns>
    public static int Pin(int thread, IEnumerable<int> processors)
    {
        byte* mask = stackalloc byte[MaxProcessors / 8];
        new Span<byte>(mask, MaxProcessors / 8).Clear();
        foreach (int one in processors)
            if (one is >= 0 and < MaxProcessors)
                mask[one / 8] |= (byte)(1 << one % 8);
        return LibC.sched_setaffinity(thread, MaxProcessors / 8, mask) < 0 ? LibC.Errno : 0;
    }

    /// <summary>The processors that a thread may run on; null: it is gone.</summary>
    public static IReadOnlyList<int>? ProcessorsOf(int thread)
    {
        byte* mask = stackalloc byte[MaxProcessors / 8];
        new Span<byte>(mask, MaxProcessors / 8).Clear();
        if (LibC.sched_getaffinity(thread, MaxProcessors / 8, mask) < 0)
            return null;
        var found = new List<int>();
        for (int one = 0; one < MaxProcessors; one++)
            if ((mask[one / 8] >> one % 8 & 1) != 0)
                found.Add(one);
        return found;
    }

    /// <summary>Changes how a thread is scheduled.</summary>
    /// <param name="thread">The thread.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="priority">For those that have one: 1 to 99, as the host allows.</param>
    /// <exception cref="VireoException">The kernel refuses: the priority is out of range, or we may not.</exception>
    public static void Schedule(int thread, SchedulingPolicy policy, int priority)
    {
        const int lowest = 1, highest = 99;
        bool has = policy is SchedulingPolicy.Fifo or SchedulingPolicy.RoundRobin;
        if (has && priority is < lowest or > highest)
            throw new VireoException(ErrorCode.ConfigUnsupported, ErrorDomain.None, $"Scheduler priority {priority} out of range [{lowest}, {highest}]");
        int with = has ? priority : 0;
        if (LibC.sched_setscheduler(thread, (int)policy, &with) < 0)
            throw VireoException.System(ErrorDomain.None, LibC.Errno, $"Cannot set scheduler parameters for pid {thread}");
    }
}
