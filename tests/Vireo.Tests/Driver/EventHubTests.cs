using Vireo.Core;
using Vireo.Driver;
using Xunit;

namespace Vireo.Tests.Driver;

public class EventHubTests
{
    static readonly DomainRef One = new("one", new Uuid(new byte[16]), 1);
    static readonly DomainRef Two = new("two", new Uuid([.. Enumerable.Repeat((byte)1, 16)]), 2);

    [Fact]
    public void A_subscriber_hears_its_kind_of_its_domain_until_it_leaves()
    {
        var hub = new EventHub<DomainEvent>();
        var heard = new List<DomainEvent>();
        EventSubscription subscription = hub.Subscribe(DomainEventId.Lifecycle, One, heard.Add);
        var started = new DomainLifecycleEvent(One, DomainEventType.Started, 0);
        hub.Raise(started);
        hub.Raise(started with { Domain = Two });
        hub.Raise(new DomainRebootEvent(One));
        subscription.Dispose();
        hub.Raise(started);
        Assert.Equal([started], heard);
        Assert.False(hub.HasListeners);
    }

    [Fact]
    public void A_sink_that_throws_harms_nobody_else()
    {
        var failures = new List<Exception>();
        var hub = new EventHub<DomainEvent>(failures.Add);
        int heard = 0;
        using EventSubscription bad = hub.Subscribe(DomainEventId.Reboot, null, _ => throw new InvalidOperationException());
        using EventSubscription good = hub.Subscribe(DomainEventId.Reboot, null, _ => heard++);
        hub.Raise(new DomainRebootEvent(Two));
        Assert.Equal((1, 1), (heard, failures.Count));
    }
}
