using System.Runtime.InteropServices;

namespace Vireo.Native.Handles;

/// <summary>The managed half of a handle.</summary>
static unsafe class HandleManaged
{
    internal static void Set(Handle* handle, object half) => handle->Managed = GCHandle.ToIntPtr(GCHandle.Alloc(half));

    internal static T? Get<T>(Handle* handle) where T : class => handle->Managed is 0 ? null : GCHandle.FromIntPtr(handle->Managed).Target as T;

    /// <summary>The handle is gone: so is its half.</summary>
    internal static void Drop(Handle* handle)
    {
        if (handle->Managed is 0)
            return;
        GCHandle half = GCHandle.FromIntPtr(handle->Managed);
        handle->Managed = 0;
        (half.Target as IDisposable)?.Dispose();
        half.Free();
    }
}
