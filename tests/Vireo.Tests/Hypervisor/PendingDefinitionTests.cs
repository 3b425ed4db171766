using Vireo.Core;
using Vireo.Hypervisor.Machines;
using Vireo.Model.Domain;
using Xunit;

namespace Vireo.Tests.Hypervisor;

public sealed class PendingDefinitionTests
{
    static readonly DomainDef written = DomainDef.Parse("<domain type='test'><name>one</name><memory>1</memory><os><type>hvm</type></os></domain>");

    static MachineSnapshot With(PendingDefinition pending) => new() { Name = "one", Uuid = Uuid.NewRandom(), Pending = pending };

    [Fact]
    public void Nothing_is_completed_before_somebody_asks_for_it()
    {
        int times = 0;
        MachineSnapshot first = With(new(written, def =>
        {
            times++;
            return def with { Title = "complete" };
        }));
        Assert.True(first.IsPersistent);
        MachineSnapshot later = first with { Autostart = true };
        Assert.Equal(0, times);
        Assert.Equal("complete", later.Def!.Title);
        Assert.Same(later.Persistent, first.Persistent);
        Assert.Equal(1, times);
    }

    [Fact]
    public void Another_definition_takes_its_place()
    {
        MachineSnapshot pending = With(new(written, static _ => throw new InvalidOperationException("nobody asked")));
        Assert.Same(written, (pending with { Persistent = written }).Def);
        Assert.False((pending with { Persistent = null }).IsPersistent);
    }

    [Fact]
    public async Task Of_several_who_ask_at_once_one_completes_it_and_all_get_the_same()
    {
        int times = 0;
        using var all = new Barrier(4);
        var pending = new PendingDefinition(written, def =>
        {
            Interlocked.Increment(ref times);
            return def with { Title = "complete" };
        });
        DomainDef[] got = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(() =>
        {
            all.SignalAndWait();
            return pending.Value;
        }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        Assert.Equal(1, times);
        Assert.All(got, one => Assert.Same(got[0], one));
    }
}
