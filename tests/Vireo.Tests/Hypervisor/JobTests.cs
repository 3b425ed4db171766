using Vireo.Core.Errors;
using Vireo.Hypervisor.Jobs;
using Vireo.Hypervisor.Machines;
using Xunit;

namespace Vireo.Tests.Hypervisor;

public class JobTests
{
    readonly ManualTime time = new();
    readonly MachineList<Life> list;
    readonly MachineActor<Life> machine;

    public JobTests()
    {
        list = new MachineList<Life>(new MachineOptions { Time = time, Domain = ErrorDomain.Qemu });
        machine = list.Load("a", Lives.One);
    }

    ValueTask<MachineJob<Life>> Enter(Job job, string api = "test", CancellationToken cancel = default) => machine.EnterAsync(job, api, cancel);

    [Fact]
    public async Task One_change_waits_for_the_other()
    {
        var first = await Enter(Job.Modify);
        var second = Enter(Job.Modify).AsTask();
        await Lives.Until(() => machine.Snapshot.Waiting == 1);
        Assert.False(second.IsCompleted);
        await first.DisposeAsync();
        await using var got = await second;
        Assert.Equal(Job.Modify, machine.Snapshot.Job!.Job);
    }

    [Fact]
    public async Task Whoever_waits_too_long_is_told_what_holds_the_machine_since_when_and_for_whom()
    {
        await using var holder = await machine.EnterAsync(Job.Suspend, new JobCaller("remoteDispatchDomainSuspend", "uid 0, pid 77"), default);
        var waits = Enter(Job.Modify).AsTask();
        await Lives.Until(() => time.Timers == 1);
        time.Pass(TimeSpan.FromSeconds(30));
        var error = await Assert.ThrowsAsync<VireoException>(() => waits);
        Assert.Equal(ErrorCode.OperationTimeout, error.Code);
        Assert.Equal("Timed out during operation: cannot acquire state change lock (held by monitor=remoteDispatchDomainSuspend): " +
            "suspend job since 2026-01-02 03:04:05Z (30 s) for uid 0, pid 77", error.Message);
        Assert.Equal(0, machine.Snapshot.Waiting);
    }

    [Fact]
    public async Task Anybody_may_ask_what_holds_the_machine()
    {
        Assert.Null(machine.DescribeHolder());
        await using var holder = await Enter(Job.Suspend, "remoteDispatchDomainSuspend");
        time.Pass(TimeSpan.FromSeconds(5));
        Assert.Equal("(held by monitor=remoteDispatchDomainSuspend): suspend job since 2026-01-02 03:04:05Z (5 s) for the daemon itself",
            machine.DescribeHolder());
    }

    [Fact]
    public async Task A_wait_that_is_cancelled_leaves_nothing_behind()
    {
        await using var holder = await Enter(Job.Modify);
        using var cancel = new CancellationTokenSource();
        var waits = Enter(Job.Modify, cancel: cancel.Token).AsTask();
        await Lives.Until(() => machine.Snapshot.Waiting == 1);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waits);
        Assert.Equal(0, machine.Snapshot.Waiting);
        Assert.Equal(0, time.Timers);
    }

    [Fact]
    public async Task A_destroy_goes_before_those_that_wait_and_asks_the_holder_to_stop()
    {
        var holder = await Enter(Job.Modify);
        var change = Enter(Job.Modify).AsTask();
        await Lives.Until(() => machine.Snapshot.Waiting == 1);
        var destroy = Enter(Job.Destroy).AsTask();
        await Lives.Until(() => holder.Interrupted.IsCancellationRequested);
        await holder.DisposeAsync();
        var destroying = await destroy;
        Assert.False(change.IsCompleted);
        await destroying.DisposeAsync();
        await (await change).DisposeAsync();
    }

    [Fact]
    public async Task A_long_job_lets_in_what_it_allows_and_its_own_steps()
    {
        var save = await machine.EnterAsync(AsyncJob.Save, "save", JobMask.Default, default);
        await (await Enter(Job.Query)).DisposeAsync();
        var change = Enter(Job.Modify).AsTask();
        await Lives.Until(() => machine.Snapshot.Waiting == 1);
        await using (await save.EnterStepAsync(default))
            Assert.Equal("save", machine.Snapshot.LongJob!.Word);
        await (await Enter(Job.Destroy)).DisposeAsync();
        Assert.False(change.IsCompleted);
        await save.DisposeAsync();
        await (await change).DisposeAsync();
    }

    [Fact, Trait("qemu.conf", "max_queued")]
    public async Task Only_so_many_may_wait()
    {
        var limited = new MachineList<Life>(new MachineOptions { Time = time, MaxQueued = 1 });
        var crowded = limited.Load("b", Lives.Two);
        await using var holder = await crowded.EnterAsync(Job.Modify, "first", default);
        _ = crowded.EnterAsync(Job.Modify, "second", default).AsTask();
        var error = await Assert.ThrowsAsync<VireoException>(() => crowded.EnterAsync(Job.Modify, "third", default).AsTask());
        Assert.Equal(ErrorCode.OperationFailed, error.Code);
        Assert.StartsWith("operation failed: cannot acquire state change lock due to max_queued limit", error.Message);
    }

    [Fact]
    public async Task A_machine_that_went_away_during_the_wait_is_not_found()
    {
        var holder = await Enter(Job.Modify);
        var waits = Enter(Job.Modify).AsTask();
        await Lives.Until(() => machine.Snapshot.Waiting == 1);
        list.Remove(machine);
        await holder.DisposeAsync();
        var error = await Assert.ThrowsAsync<VireoException>(() => waits);
        Assert.Equal($"Domain not found: no domain with matching uuid '{Lives.One}' (a)", error.Message);
        Assert.Equal(ErrorDomain.Qemu, error.Domain);
    }

    [Fact]
    public async Task Nobody_is_lost_when_many_want_in_at_once()
    {
        int inside = 0, done = 0;
        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(async () =>
        {
            await using var job = await Enter(i % 10 == 0 ? Job.Destroy : Job.Modify);
            Assert.Equal(1, Interlocked.Increment(ref inside));
            await Task.Yield();
            Interlocked.Decrement(ref inside);
            Interlocked.Increment(ref done);
        })));
        Assert.Equal(200, done);
        await Lives.Until(() => machine.Snapshot.Job is null);
    }

    [Fact]
    public async Task A_job_on_a_machine_that_is_off_has_nothing_live()
    {
        await using var job = await Enter(Job.Modify);
        var error = Assert.Throws<VireoException>(job.RequireLive);
        Assert.Equal("Requested operation is not valid: domain is not running", error.Message);
    }
}
