using System.Diagnostics;

namespace Vireo.Hypervisor.Jobs;

/// <summary>One that wants, or has, a job.</summary>
#pragma warning disable CA1001 // the source has no timer and no wait handle: nothing to dispose
sealed class JobRequest(Job job, AsyncJob lasting, JobMask allows, JobCaller caller, JobRequest? parent)
#pragma warning restore CA1001
{
    readonly TaskCompletionSource granted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly CancellationTokenSource interrupted = new();

    public Job Job => job;
    public AsyncJob Async => lasting;
    public JobMask Allows => allows;
    public JobCaller Caller => caller;
    public JobRequest? Parent => parent;
    public JobHolder? Holder { get; set; }
    public DateTimeOffset Asked { get; set; }
    public Activity? Span { get; set; }
    public ITimer? Patience { get; set; }
    public Task Granted => granted.Task;
    public CancellationToken Interrupted => interrupted.Token;

    public void Grant()
    {
        Patience?.Dispose();
        granted.TrySetResult();
    }

    public void Refuse(Exception why)
    {
        Patience?.Dispose();
        granted.TrySetException(why);
    }

    public void Cancel(CancellationToken cancel)
    {
        Patience?.Dispose();
        granted.TrySetCanceled(cancel);
    }

    // Off the mailbox: what listens runs on the thread that cancels.
    public void Interrupt() => _ = interrupted.CancelAsync();
}
