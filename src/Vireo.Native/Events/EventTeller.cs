using Vireo.Driver;
using Vireo.Native.Handles;
using Vireo.Native.Interop;

namespace Vireo.Native.Events;

/// <summary>The families of events, each with kinds of its own.</summary>
enum EventFamily
{
    Domain,
    Network,
    StoragePool,
    NodeDevice,
    Secret,
    QemuMonitor,
}

/// <summary>Calls a program's callback with the arguments of its event. The object's handle is the library's: who wants to keep it takes a reference.</summary>
static unsafe class EventTeller
{
    internal static void Tell(Handle* connection, EventCallback to, object raised)
    {
        Handle* of = raised switch
        {
            DomainEvent domain => Refs.New(connection, domain.Domain),
            NetworkEvent network => Refs.New(connection, network.Network),
            StoragePoolEvent pool => Refs.New(connection, pool.Pool),
            NodeDeviceEvent device => Refs.New(connection, device.Device),
            SecretEvent secret => Refs.New(connection, secret.Secret),
            _ => Refs.New(connection, ((QemuMonitorEvent)raised).Domain),
        };
        try
        {
            if (raised is DomainEvent one)
                DomainEventTeller.Tell(connection, of, to, one);
            else if (raised is QemuMonitorEvent monitor)
                Tell(connection, of, to, monitor);
            else
                Tell(connection, of, to, raised);
        }
        finally
        {
            HandleTable.Release(of);
        }
    }

    static void Tell(Handle* connection, Handle* of, EventCallback to, object raised)
    {
        (int Type, int Detail)? lifecycle = raised switch
        {
            NetworkLifecycleEvent network => ((int)network.Type, network.Detail),
            StoragePoolLifecycleEvent pool => ((int)pool.Type, pool.Detail),
            NodeDeviceLifecycleEvent device => ((int)device.Type, device.Detail),
            SecretLifecycleEvent secret => ((int)secret.Type, secret.Detail),
            _ => null,
        };
        if (lifecycle is (int type, int detail))
            ((delegate* unmanaged<Handle*, Handle*, int, int, void*, void>)to.Function)(connection, of, type, detail, to.Opaque);
        else
            ((delegate* unmanaged<Handle*, Handle*, void*, void>)to.Function)(connection, of, to.Opaque);
    }

    static void Tell(Handle* connection, Handle* of, EventCallback to, QemuMonitorEvent monitor)
    {
        byte* name = CMemory.Text(monitor.Name), details = CMemory.Text(monitor.Details);
        ((delegate* unmanaged<Handle*, Handle*, byte*, long, uint, byte*, void*, void>)to.Function)(
            connection, of, name, monitor.Seconds, monitor.Microseconds, details, to.Opaque);
        CMemory.Free(name);
        CMemory.Free(details);
    }
}
