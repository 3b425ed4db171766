namespace Vireo.Hypervisor.Jobs;

/// <summary>
/// Who holds a machine and who waits for it. Not safe for several threads: only the machine's mailbox touches it.
/// </summary>
sealed class JobTable
{
    readonly List<JobRequest> waiting = [];
    JobRequest? active;
    JobRequest? lasting;

    /// <summary>The short job that runs.</summary>
    public JobHolder? Active => active?.Holder;

    /// <summary>The long job that runs.</summary>
    public JobHolder? Lasting => lasting?.Holder;

    /// <summary>How many wait.</summary>
    public int Waiting => waiting.Count;

    /// <summary>Who waits, in the order of their turns.</summary>
    public IReadOnlyList<JobWaiter> Waiters => waiting.Count is 0 ? [] :
        [.. waiting.Select(static one => new JobWaiter(one.Job, one.Async, one.Caller, one.Asked))];

    /// <summary>Starts the job or lets it wait.</summary>
    /// <returns>Whether it started.</returns>
    public bool Request(JobRequest request, DateTimeOffset now)
    {
        if (request.Job == Job.Destroy)
            active?.Interrupt();
        if (CanStart(request) && !waiting.Exists(before => Goes(before, request) && CanStart(before)))
        {
            Start(request, now);
            return true;
        }
        int at = waiting.FindIndex(other => Goes(request, other) && !Goes(other, request));
        waiting.Insert(at < 0 ? waiting.Count : at, request);
        return false;
    }

    /// <summary>Takes back one that waits.</summary>
    /// <returns>Whether it still waited.</returns>
    public bool Withdraw(JobRequest request) => waiting.Remove(request);

    /// <summary>Ends a job.</summary>
    public void Release(JobRequest request)
    {
        if (active == request)
            active = null;
        if (lasting == request)
            lasting = null;
    }

    /// <summary>Starts those that may now run, in their order.</summary>
    public JobRequest? StartNext(DateTimeOffset now)
    {
        int next = waiting.FindIndex(CanStart);
        if (next < 0)
            return null;
        JobRequest request = waiting[next];
        waiting.RemoveAt(next);
        Start(request, now);
        return request;
    }

    /// <summary>Which job keeps this one out.</summary>
    public JobHolder? Blocker(JobRequest request) =>
        active is not null ? active.Holder : lasting is not null && !Allowed(request) ? lasting.Holder : null;

    void Start(JobRequest request, DateTimeOffset now)
    {
        request.Holder = new JobHolder(request.Job, request.Async, request.Caller, now);
        if (request.Job == Job.Async)
            lasting = request;
        else
            active = request;
    }

    bool CanStart(JobRequest request) => active is null && Allowed(request);

    bool Allowed(JobRequest request) =>
        lasting is null || request.Job switch
        {
            Job.AsyncNested => request.Parent == lasting,
            Job.Async => false,
            _ => ((int)lasting.Allows & 1 << (int)request.Job) != 0,
        };

    // A destroy goes before everything else, a step of the long job before what is not part of it.
    static bool Goes(JobRequest first, JobRequest second) => Rank(first) <= Rank(second);

    static int Rank(JobRequest request) => request.Job switch { Job.Destroy => 0, Job.AsyncNested => 1, _ => 2 };
}
