using Vireo.Driver;
using Vireo.Native.Handles;

namespace Vireo.Native.Events;

/// <summary>The callback of who wants to know that the connection was lost. It holds a reference of the connection, and is told once.</summary>
sealed unsafe class CloseCallback(Handle* connection)
{
    readonly Lock gate = new();
    delegate* unmanaged<Handle*, int, void*, void> call;
    delegate* unmanaged<void*, void> free;
    void* opaque;
    IAsyncDisposable? subscription;

    /// <summary>False: there is one already.</summary>
    internal bool Set(delegate* unmanaged<Handle*, int, void*, void> function, void* data, delegate* unmanaged<void*, void> freeData)
    {
        lock (gate)
        {
            if (call is not null)
                return false;
            call = function;
            free = freeData;
            opaque = data;
        }
        HandleTable.Hold(connection);
        return true;
    }

    /// <summary>The driver's own word that its hypervisor is lost, which ends with the callback.</summary>
    internal void Keep(IAsyncDisposable driverSubscription) => subscription = driverSubscription;

    /// <summary>False: it is another one, or none.</summary>
    internal bool Unset(delegate* unmanaged<Handle*, int, void*, void> function)
    {
        lock (gate)
        {
            if ((nint)call != (nint)function)
                return false;
        }
        End(null);
        return true;
    }

    internal void Tell(ConnectCloseReason reason) => End(reason);

    void End(ConnectCloseReason? reason)
    {
        delegate* unmanaged<Handle*, int, void*, void> told;
        delegate* unmanaged<void*, void> freed;
        void* data;
        lock (gate)
        {
            told = call;
            call = null;
            freed = free;
            data = opaque;
        }
        if (told is null)
            return;
        if (reason is { } why)
            told(connection, (int)why, data);
        if (subscription is { } driver)
            Connections.Sync.Wait(driver.DisposeAsync());
        subscription = null;
        if (freed is not null)
            freed(data);
        HandleTable.Release(connection);
    }
}
