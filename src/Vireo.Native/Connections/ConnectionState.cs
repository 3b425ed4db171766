using System.Runtime.InteropServices;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Native.Errors;
using Vireo.Native.Handles;
using Vireo.Native.Interop;

namespace Vireo.Native.Connections;

/// <summary>The managed half of a virConnectPtr.</summary>
sealed unsafe partial class ConnectionState(IDriverConnection driver, string type, bool readOnly) : IDisposable
{
    readonly Lock gate = new();
    ErrorHandler handler;

    internal IDriverConnection Driver => driver;

    /// <summary>How it was opened: the caller's URI, or what a daemon says that was asked for none.</summary>
    internal required string Uri { get; init; }

    /// <summary>The name of the driver that serves it in this process, such as "TEST"; "remote" for a daemon's.</summary>
    internal string DriverType => type;

    /// <summary>May look, not change.</summary>
    internal bool ReadOnly => readOnly;

    /// <summary>Who is told of errors on this connection (virConnSetErrorFunc).</summary>
    internal ErrorHandler ErrorHandler
    {
        get
        {
            lock (gate)
                return handler;
        }
        set
        {
            lock (gate)
                handler = value;
        }
    }

    /// <summary>The connection of any handle that is alive; null: there is none.</summary>
    internal static ConnectionState? Find(Handle* of)
    {
        if (of is null || of->Kind is < HandleKind.Connect or > HandleKind.AdminClient)
            return null;
        Handle* connection = of->Kind is HandleKind.Connect or HandleKind.AdminConnect ? of : of->Connection;
        return connection is null || connection->Managed is 0 ? null : GCHandle.FromIntPtr(connection->Managed).Target as ConnectionState;
    }

    /// <summary>The connection's last error, whose pointer stays the same as long as the connection.</summary>
    internal ConnectionError LastError { get; } = new();

    /// <summary>The last reference is gone: closes.</summary>
    public void Dispose()
    {
        Watch?.Dispose();
        try
        {
            Sync.Wait(driver.DisposeAsync());
        }
        catch (VireoException)
        {
            // A goodbye that fails is none: the connection is gone.
        }
        LastError.Free();
    }
}
