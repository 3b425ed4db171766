using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Hypervisor.Jobs;
using Vireo.Hypervisor.Machines;
using Vireo.Shell.Jobs;
using Xunit;

namespace Vireo.Tests.Hypervisor;

/// <summary>Who holds a machine and who waits for it, for people.</summary>
public sealed class JobNotesTests
{
    [Fact]
    public async Task Holders_come_first_and_waiters_in_the_order_of_their_turns()
    {
        var machines = new MachineList<Life>(new MachineOptions { Domain = ErrorDomain.Test });
        MachineActor<Life> machine = machines.Load("vm", Lives.One);
        MachineJob<Life> saving = await machine.EnterAsync(AsyncJob.Save, new JobCaller("save", "alice"), JobMask.Default, default);
        MachineJob<Life> asking = await machine.EnterAsync(Job.Query, "query", default);
        Task modify = machine.EnterAsync(Job.Modify, new JobCaller("modify", "bob"), default).AsTask();
        Task destroy = machine.EnterAsync(Job.Destroy, new JobCaller("destroy", "carol"), default).AsTask();
        await Lives.Until(() => machine.Snapshot.Waiters.Count is 2);
        DateTimeOffset later = machine.Snapshot.LongJob!.Since + TimeSpan.FromSeconds(90);
        MachineJobNote[] notes = machine.Snapshot.NoteJobs(later);
        Assert.Equal([(true, "save", "alice"), (true, "query", null), (false, "destroy", "carol"), (false, "modify", "bob")],
            notes.Select(note => (note.Holds, note.Kind, note.Who)));
        Assert.Equal(90_000ul, notes[0].Milliseconds);
        string table = JobsCommand.Render([new MachineJobs(new DomainRef("vm", Lives.One, 1), notes)]);
        Assert.Contains(" vm       save      runs    90.0 s", table, StringComparison.Ordinal);
        Assert.Contains("the daemon itself", table, StringComparison.Ordinal);
        await asking.DisposeAsync();
        await destroy;
        await saving.DisposeAsync();
        Assert.False(modify.IsCompleted);
        Assert.Equal(["modify"], machine.Snapshot.Waiters.Select(one => one.Word));
    }
}
