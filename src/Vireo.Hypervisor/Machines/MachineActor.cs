using System.Diagnostics;
using Vireo.Core;
using Vireo.Core.Diagnostics;
using Vireo.Driver;
using Vireo.Hypervisor.Jobs;

namespace Vireo.Hypervisor.Machines;

/// <summary>
/// One machine: its published snapshot, which readers take without asking anybody, and its mailbox, in which the requests
/// for jobs, the monitor's events and timers are handled one after the other.
/// </summary>
/// <typeparam name="TLive">What the driver keeps for a machine that runs (its monitor, its process).</typeparam>
public sealed class MachineActor<TLive> where TLive : class
{
    readonly MachineOptions options;
    readonly Mailbox mailbox;
    readonly JobTable jobs = new();
    readonly Lock commits = new();
    Queue<DomainEvent>? outbox;
    bool delivering;
    MachineSnapshot snapshot;
    TLive? live;

    internal MachineActor(MachineSnapshot first, MachineOptions options)
    {
        snapshot = first;
        this.options = options;
        mailbox = new Mailbox(fault => options.LetterFailed(Name, fault));
    }

    /// <summary>What is known now.</summary>
    public MachineSnapshot Snapshot => Volatile.Read(ref snapshot);

    /// <summary>Its name now.</summary>
    public string Name => Snapshot.Name;

    /// <summary>What it is known by, always.</summary>
    public Uuid Uuid => Snapshot.Uuid;

    /// <summary>What runs; null while off. It may end while it is used.</summary>
    public TLive? Live => Volatile.Read(ref live);

    /// <summary>It is no longer in the list: undefined, or a transient machine that ended.</summary>
    public bool IsRemoved { get; internal set; }

    /// <summary>Seen by look-ups; false while its first definition is still being written.</summary>
    public bool IsListed { get; internal set; }

    internal Action<MachineActor<TLive>, MachineSnapshot, MachineSnapshot>? Changed { get; set; }
    internal int Claims { get; set; }

    /// <summary>
    /// Publishes a change, made from the snapshot of this instant, together with the events that it means. Safe on every
    /// thread; <paramref name="change"/> must only compute.
    /// </summary>
    public MachineSnapshot Commit(Func<MachineSnapshot, MachineSnapshot> change, params ReadOnlySpan<DomainEvent> events)
    {
        MachineSnapshot after;
        bool deliver = false;
        lock (commits)
        {
            MachineSnapshot before = snapshot;
            after = change(before);
            Volatile.Write(ref snapshot, after);
            if (before.Id != after.Id || before.Name != after.Name)
                Changed?.Invoke(this, before, after);
            foreach (DomainEvent happened in events)
                (outbox ??= new Queue<DomainEvent>()).Enqueue(happened);
            deliver = events.Length > 0 && !delivering;
            delivering |= deliver;
        }
        if (deliver)
            Deliver();
        return after;
    }

    /// <summary>Tells of something that changes nothing.</summary>
    public void Raise(params ReadOnlySpan<DomainEvent> events) => Commit(static same => same, events);

    /// <summary>A change of life, with the id of this instant; to be committed or raised.</summary>
    public DomainLifecycleEvent Lifecycle(DomainEventType type, int detail) => new(Snapshot.Ref, type, detail);

    /// <summary>Sets what runs; null when it ended. Done by whoever holds the job that starts or ends it.</summary>
    public void SetLive(TLive? running) => Volatile.Write(ref live, running);

    // One thread delivers at a time, outside the lock, so that events keep their order and a sink may look at the machine.
    void Deliver()
    {
        while (true)
        {
            DomainEvent next;
            lock (commits)
            {
                if (outbox is not { Count: > 0 })
                {
                    outbox = null;
                    delivering = false;
                    return;
                }
                next = outbox.Dequeue();
            }
            options.Events.Raise(next);
        }
    }

    /// <summary>Lets the mailbox handle something: an event of the monitor, what a timer is for. It must not block.</summary>
    public void Post(Action letter) => mailbox.Post(letter);

    /// <summary>Posts after a while, unless the result is disposed before.</summary>
    public IDisposable PostAfter(TimeSpan delay, Action letter) =>
        options.Time.CreateTimer(_ => mailbox.Post(letter), null, delay, Timeout.InfiniteTimeSpan);

    /// <summary>Waits for the turn of a change; the result ends it.</summary>
    public ValueTask<MachineJob<TLive>> EnterAsync(Job job, JobCaller caller, CancellationToken cancel) =>
        EnterAsync(new JobRequest(job, AsyncJob.None, JobMask.None, caller, null), cancel);

    /// <summary>Waits for the turn of a long job, which lets others do what <paramref name="allows"/> says beside it.</summary>
    public ValueTask<MachineJob<TLive>> EnterAsync(AsyncJob job, JobCaller caller, JobMask allows, CancellationToken cancel) =>
        EnterAsync(new JobRequest(Job.Async, job, allows, caller, null), cancel);

    /// <summary>What a change would now wait for, in words; null: nothing.</summary>
    public string? DescribeHolder() =>
        (Snapshot.Job ?? Snapshot.LongJob) is { } holder ? JobErrors.Held(holder, options.Time.GetUtcNow()).Trim() : null;

    // Not asynchronous itself: the span that it begins must be its caller's until the job is over.
    internal ValueTask<MachineJob<TLive>> EnterAsync(JobRequest request, CancellationToken cancel)
    {
        if (!Telemetry.IsOn)
            return WaitAsync(request, cancel);
        string word = request.Async is AsyncJob.None ? Words.Of(request.Job) : Words.Of(request.Async);
        request.Span = Telemetry.Begin($"job {word}")?.SetTag("vireo.machine", Name);
        return WatchedAsync(request, word, cancel);
    }

    async ValueTask<MachineJob<TLive>> WatchedAsync(JobRequest request, string word, CancellationToken cancel)
    {
        long asked = Stopwatch.GetTimestamp();
        try
        {
            MachineJob<TLive> job = await WaitAsync(request, cancel).ConfigureAwait(false);
            Telemetry.JobWaited(Stopwatch.GetElapsedTime(asked).TotalSeconds, word);
            request.Span?.AddEvent(new ActivityEvent("granted"));
            return job;
        }
        catch (Exception failure)
        {
            request.Span?.SetStatus(ActivityStatusCode.Error, failure.Message).Dispose();
            throw;
        }
    }

    async ValueTask<MachineJob<TLive>> WaitAsync(JobRequest request, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        mailbox.Post(() => Arrive(request));
        await using (cancel.UnsafeRegister(_ => mailbox.Post(() => GiveUp(request, null, cancel)), null).ConfigureAwait(false))
            await request.Granted.ConfigureAwait(false);
        var job = new MachineJob<TLive>(this, request, options);
        if (!IsRemoved)
            return job;
        await job.DisposeAsync().ConfigureAwait(false);
        throw MachineErrors.Gone(options.Domain, Snapshot);
    }

    internal void Leave(JobRequest request) => mailbox.Post(() =>
    {
        jobs.Release(request);
        for (DateTimeOffset now = options.Time.GetUtcNow(); jobs.StartNext(now) is { } next;)
        {
            PublishJobs();
            next.Grant();
        }
        PublishJobs();
    });

    void Arrive(JobRequest request)
    {
        DateTimeOffset now = options.Time.GetUtcNow();
        request.Asked = now;
        if (options.MaxQueued > 0 && jobs.Waiting >= options.MaxQueued && request.Job != Job.Destroy)
        {
            request.Refuse(JobErrors.TooMany(jobs.Blocker(request), now));
            return;
        }
        bool started = jobs.Request(request, now);
        PublishJobs();
        if (started)
            request.Grant();
        else
            request.Patience = options.Time.CreateTimer(_ => mailbox.Post(() => GiveUp(request, JobErrors.TimedOut, default)),
                null, options.JobPatience, Timeout.InfiniteTimeSpan);
    }

    void GiveUp(JobRequest request, Func<JobHolder?, DateTimeOffset, Exception>? why, CancellationToken cancel)
    {
        JobHolder? blocker = jobs.Blocker(request);
        if (!jobs.Withdraw(request))
            return;
        PublishJobs();
        if (why is null)
            request.Cancel(cancel);
        else
            request.Refuse(why(blocker, options.Time.GetUtcNow()));
    }

    void PublishJobs()
    {
        MachineSnapshot now = Snapshot;
        if (now.Job != jobs.Active || now.LongJob != jobs.Lasting || now.Waiting != jobs.Waiting)
            Commit(s => s with { Job = jobs.Active, LongJob = jobs.Lasting, Waiting = jobs.Waiting, Waiters = jobs.Waiters });
    }
}
