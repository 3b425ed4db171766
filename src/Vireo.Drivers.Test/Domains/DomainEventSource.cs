using Vireo.Driver;
using Vireo.Drivers.Test.Host;

namespace Vireo.Drivers.Test.Domains;

/// <summary>Events of domains.</summary>
sealed class DomainEventSource(TestHost host) : IDomainEvents
{
    public ValueTask<IAsyncDisposable> SubscribeAsync(
        DomainEventId kind, DomainRef? only, Action<DomainEvent> sink, CancellationToken cancel) =>
        new(host.DomainEvents.Subscribe(kind, only, sink));
}
