using Vireo.Core;

namespace Vireo.Hypervisor.Machines;

/// <summary>Something happened to a machine. Drivers add kinds of their own.</summary>
/// <param name="Name">The machine's name then.</param>
/// <param name="Uuid">The machine.</param>
/// <param name="Id">Its id then; -1 while off.</param>
public abstract record MachineEvent(string Name, Uuid Uuid, int Id);

/// <summary>A lifecycle event, in libvirt's numbers (virDomainEventType and the detail of that type).</summary>
/// <param name="Name">The machine's name then.</param>
/// <param name="Uuid">The machine.</param>
/// <param name="Id">Its id then; -1 while off.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Detail">How.</param>
public sealed record LifecycleEvent(string Name, Uuid Uuid, int Id, LifecycleKind Kind, int Detail) : MachineEvent(Name, Uuid, Id);

/// <summary>virDomainEventType's numbers.</summary>
public enum LifecycleKind
{
#pragma warning disable CS1591
    Defined, Undefined, Started, Suspended, Resumed, Stopped, Shutdown, PmSuspended, Crashed,
#pragma warning restore CS1591
}

/// <summary>
/// Where a driver's machines tell what happened. The events of one machine arrive in their order; a sink is called on the
/// thread that made the event and must not block: queues per client are the daemon's business.
/// </summary>
public sealed class MachineEvents
{
    Action<MachineEvent>[] sinks = [];
    readonly Lock gate = new();

    /// <summary>Adds a sink until the result is disposed.</summary>
    public IDisposable Subscribe(Action<MachineEvent> sink)
    {
        lock (gate)
            sinks = [.. sinks, sink];
        return new Subscription(this, sink);
    }

    /// <summary>What a sink threw; an event goes to the others all the same.</summary>
    public event Action<Exception>? SinkFailed;

    internal void Deliver(MachineEvent happened)
    {
        foreach (Action<MachineEvent> sink in Volatile.Read(ref sinks))
        {
            try
            {
                sink(happened);
            }
            catch (Exception fault)
            {
                SinkFailed?.Invoke(fault);
            }
        }
    }

    sealed class Subscription(MachineEvents hub, Action<MachineEvent> sink) : IDisposable
    {
        public void Dispose()
        {
            lock (hub.gate)
            {
                int at = Array.IndexOf(hub.sinks, sink);
                if (at >= 0)
                    hub.sinks = [.. hub.sinks[..at], .. hub.sinks[(at + 1)..]];
            }
        }
    }
}
