using System.Diagnostics;
using Vireo.Core.Diagnostics;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Hypervisor.Jobs;
using Vireo.Hypervisor.Machines;
using Vireo.Tests.Hypervisor;
using Xunit;

namespace Vireo.Tests.Daemon.Diagnostics;

/// <summary>A machine's job is a span between the client's call and what is done under it.</summary>
public sealed class MachineSpanTests
{
    [Fact]
    public async Task A_job_is_a_span_of_its_caller_until_it_ends()
    {
        var ended = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name is Telemetry.Name,
            Sample = static (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span => { lock (ended) ended.Add(span); },
        };
        ActivitySource.AddActivityListener(listener);
        Telemetry.TurnOn();
        var machines = new MachineList<Life>(new MachineOptions { Domain = ErrorDomain.Test });
        MachineActor<Life> machine = machines.Load("vm", Lives.One);
        using Activity call = Telemetry.Begin("virMachineSpan", ActivityKind.Server)!;
        await using (MachineJob<Life> job = await machine.EnterAsync(Job.Modify, "test", default))
        {
            Assert.Equal(("job modify", call), (Activity.Current!.DisplayName, Activity.Current.Parent));
            Assert.Equal("vm", Activity.Current.GetTagItem("vireo.machine"));
            Assert.Contains(Activity.Current.Events, e => e.Name is "granted");
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            {
                using var gone = new CancellationTokenSource();
                ValueTask<MachineJob<Life>> waiting = machine.EnterAsync(Job.Suspend, "test", gone.Token);
                await gone.CancelAsync();
                await waiting;
            });
        }
        Assert.Same(call, Activity.Current);
        lock (ended)
        {
            Activity[] jobs = [.. ended.Where(span => span.TraceId == call.TraceId)];
            Assert.Equal(["job suspend", "job modify"], jobs.Select(span => span.DisplayName));
            Assert.Equal(ActivityStatusCode.Error, jobs[0].Status);
        }
    }
}
