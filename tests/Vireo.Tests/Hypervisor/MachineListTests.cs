using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Hypervisor.Jobs;
using Vireo.Hypervisor.Machines;
using Xunit;

namespace Vireo.Tests.Hypervisor;

public class MachineListTests
{
    readonly MachineList<Life> list = new(new MachineOptions { Domain = ErrorDomain.Qemu });

    async Task<VireoException> Refused(string name, Core.Uuid uuid, ClaimFor purpose) =>
        await Assert.ThrowsAsync<VireoException>(async () => await list.ClaimAsync(name, uuid, purpose, "test", default));

    [Fact]
    public async Task Names_and_uuids_are_taken_once_in_libvirts_words()
    {
        list.Load("a", Lives.One);
        var name = await Refused("a", Lives.Two, ClaimFor.Define);
        Assert.Equal($"operation failed: domain 'a' already exists with uuid {Lives.One}", name.Message);
        Assert.Equal((ErrorCode.OperationFailed, ErrorDomain.Domain), (name.Code, name.Domain));
        var uuid = await Refused("b", Lives.One, ClaimFor.Define);
        Assert.Equal($"operation failed: domain 'a' is already defined with uuid {Lives.One}", uuid.Message);
    }

    [Fact]
    public async Task A_machine_that_runs_is_not_started_from_xml_again()
    {
        list.Load("a", Lives.One, id: 3);
        var error = await Refused("a", Lives.One, ClaimFor.Start);
        Assert.Equal("Requested operation is not valid: domain 'a' is already active", error.Message);
        await using var redefined = await list.ClaimAsync("a", Lives.One, ClaimFor.Define, "test", default);
        Assert.False(redefined.IsNew);
        Assert.Equal(4, list.NextId());
    }

    [Fact]
    public async Task A_new_machine_is_seen_once_it_is_published_and_gone_if_it_never_is()
    {
        await using (var failed = await list.ClaimAsync("a", Lives.One, ClaimFor.Define, "test", default))
        {
            Assert.True(failed.IsNew);
            Assert.Null(list.Find("a"));
            Assert.Empty(list.All);
        }
        await using (var claim = await list.ClaimAsync("a", Lives.Two, ClaimFor.Define, "test", default))
            claim.Publish();
        Assert.Equal(Lives.Two, list.Find("a")!.Uuid);
        Assert.Null(list.Find(Lives.One));
    }

    [Fact]
    public async Task Two_that_define_the_same_take_turns_also_when_the_first_fails()
    {
        var first = await list.ClaimAsync("a", Lives.One, ClaimFor.Define, "test", default);
        var second = list.ClaimAsync("a", Lives.One, ClaimFor.Define, "test", default).AsTask();
        await Lives.Until(() => first.Machine.Snapshot.Waiting == 1);
        await first.DisposeAsync();
        await using (var claim = await second)
        {
            Assert.True(claim.IsNew);
            claim.Publish();
        }
        Assert.NotNull(list.Find("a"));
    }

    [Fact]
    public async Task A_rename_keeps_the_old_name_if_its_files_cannot_be_moved()
    {
        var machine = list.Load("a", Lives.One);
        list.Load("b", Lives.Two);
        await using var job = await machine.EnterAsync(Job.Modify, "test", default);
        Assert.Equal("Requested operation is not valid: domain with name 'b' already exists",
            (await Assert.ThrowsAsync<VireoException>(async () => await list.RenameAsync(job, "b", () => default))).Message);
        Assert.Equal("Requested operation is not valid: Can't rename domain to itself",
            (await Assert.ThrowsAsync<VireoException>(async () => await list.RenameAsync(job, "a", () => default))).Message);
        await Assert.ThrowsAsync<IOException>(async () => await list.RenameAsync(job, "c", () => throw new IOException()));
        Assert.Same(machine, list.Find("a"));
        Assert.Null(list.Find("c"));
        await list.RenameAsync(job, "c", () => default);
        Assert.Same(machine, list.Find("c"));
        Assert.Null(list.Find("a"));
    }

    [Fact]
    public async Task Refs_are_the_same_array_until_a_machine_comes_starts_ends_is_renamed_or_goes()
    {
        var machine = list.Load("a", Lives.One);
        Assert.Equal([new DomainRef("a", Lives.One, -1)], Same());
        machine.Commit(s => s with { Autostart = true });
        Assert.Same(list.Refs(), Same());
        machine.Commit(s => s with { Id = 7 });
        Assert.Equal([new DomainRef("a", Lives.One, 7)], Same());
        machine.Commit(s => s with { Id = -1 });
        Assert.Equal([new DomainRef("a", Lives.One, -1)], Same());
        await using (var claim = await list.ClaimAsync("b", Lives.Two, ClaimFor.Define, "test", default))
        {
            Assert.Single(Same());
            claim.Publish();
            Assert.Equal(2, Same().Length);
        }
        list.Remove(machine);
        Assert.Equal([new DomainRef("b", Lives.Two, -1)], Same());
        await using (var job = await list.Find("b")!.EnterAsync(Job.Modify, "test", default))
            await list.RenameAsync(job, "c", () => default);
        Assert.Equal([new DomainRef("c", Lives.Two, -1)], Same());

        DomainRef[] Same()
        {
            DomainRef[] refs = list.Refs();
            Assert.Same(refs, list.Refs());
            return refs;
        }
    }

    [Fact]
    public void Ids_follow_the_snapshot()
    {
        var machine = list.Load("a", Lives.One);
        machine.Commit(s => s with { Id = 7, Condition = Condition.Running(DomainRunningReason.Booted) });
        Assert.Same(machine, list.Find(7));
        machine.Commit(s => s with { Id = -1 });
        Assert.Null(list.Find(7));
        Assert.Equal(0, list.ActiveCount);
    }

    [Fact]
    public async Task Events_of_a_machine_arrive_in_their_order_whoever_made_them()
    {
        var machine = list.Load("a", Lives.One);
        var seen = new List<int>();
        using var subscription = list.Options.Events.Subscribe(_ => true, e => seen.Add(((DomainLifecycleEvent)e).Detail));
        int next = 0;
        var gate = new Lock();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (int i = 0; i < 100; i++)
                lock (gate)
                    machine.Raise(machine.Lifecycle(DomainEventType.Started, ++next));
        })));
        await Lives.Until(() => seen.Count == 800);
        Assert.Equal(Enumerable.Range(1, 800), seen);
    }

    [Fact]
    public void The_table_of_states_knows_the_common_ways()
    {
        Assert.Equal(DomainState.Paused, Transitions.Find(DomainState.ShutOff, Signal.Created));
        Assert.Equal(DomainState.Running, Transitions.Find(DomainState.Paused, Signal.Resumed));
        Assert.Equal(DomainState.Shutdown, Transitions.Find(DomainState.Running, Signal.PoweredOff));
        Assert.Equal(DomainState.ShutOff, Transitions.Find(DomainState.Shutdown, Signal.Exited));
        Assert.Null(Transitions.Find(DomainState.ShutOff, Signal.Resumed));
    }
}
