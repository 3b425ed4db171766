using Vireo.Driver;
using Vireo.Hypervisor.Jobs;

namespace Vireo.Hypervisor.Machines;

/// <summary>The right to change a machine, until it is disposed.</summary>
/// <typeparam name="TLive">What the driver keeps for a machine that runs.</typeparam>
public sealed class MachineJob<TLive> : IAsyncDisposable where TLive : class
{
    readonly JobRequest request;
    readonly MachineOptions options;
    int left;

    internal MachineJob(MachineActor<TLive> machine, JobRequest request, MachineOptions options)
    {
        Machine = machine;
        this.request = request;
        this.options = options;
    }

    /// <summary>The machine.</summary>
    public MachineActor<TLive> Machine { get; }

    /// <summary>What is known of it now.</summary>
    public MachineSnapshot Snapshot => Machine.Snapshot;

    /// <summary>The job as others see it.</summary>
    public JobHolder Holder => request.Holder!;

    /// <summary>Set when somebody who destroys the machine waits for this job to end: what waits for the guest should give up.</summary>
    public CancellationToken Interrupted => request.Interrupted;

    /// <summary>What runs; it may have ended while the job was waited for.</summary>
    public TLive RequireLive() => Machine.Live ?? throw MachineErrors.NotRunning();

    /// <summary>Makes sure that nothing runs.</summary>
    public void RequireOff()
    {
        if (Snapshot.IsActive)
            throw MachineErrors.AlreadyRunning(options.Domain);
    }

    /// <summary>A step of this long job: alone with the machine while it lasts.</summary>
    public ValueTask<MachineJob<TLive>> EnterStepAsync(CancellationToken cancel) =>
        Machine.EnterAsync(new JobRequest(Job.AsyncNested, AsyncJob.None, JobMask.None, request.Caller, request), cancel);

    /// <summary>Publishes a change and its events.</summary>
    public MachineSnapshot Commit(Func<MachineSnapshot, MachineSnapshot> change, params ReadOnlySpan<DomainEvent> events) =>
        Machine.Commit(change, events);

    /// <summary>Ends the job.</summary>
    public ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref left, 1) == 0)
        {
            Machine.Leave(request);
            request.Span?.Dispose();
        }
        return ValueTask.CompletedTask;
    }
}
