using Vireo.Core;
using Vireo.Driver;
using Xunit;

namespace Vireo.Tests.Driver;

public class EventHubTests
{
    static readonly DomainRef One = new("one", Uuid.Parse("6695eb01-f6a4-8304-79aa-97f2502e193f"), 1);
    static readonly DomainRef Two = new("two", Uuid.Parse("6695eb01-f6a4-8304-79aa-97f2502e1940"), 2);

    [Fact]
    public void A_subscriber_hears_its_kind_of_its_domain_until_it_leaves()
    {
        var hub = new EventHub<DomainEvent>();
        var heard = new List<DomainEvent>();
        IDisposable subscription = hub.Subscribe(DomainEventId.Lifecycle, One, heard.Add);
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
        using IDisposable bad = hub.Subscribe(DomainEventId.Reboot, null, _ => throw new InvalidOperationException());
        using IDisposable good = hub.Subscribe(DomainEventId.Reboot, null, _ => heard++);
        hub.Raise(new DomainRebootEvent(Two));
        Assert.Equal((1, 1), (heard, failures.Count));
    }
}
