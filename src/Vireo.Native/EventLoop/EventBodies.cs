using Vireo.Native.Exports;
using Vireo.Native.Logging;

namespace Vireo.Native.EventLoop;

/// <summary>The functions of libvirt-event.h.</summary>
static unsafe class EventBodies
{
    [CBody("virEventRegisterImpl", KeepsError = true)]
    internal static void Register(nint addHandle, nint updateHandle, nint removeHandle, nint addTimeout, nint updateTimeout, nint removeTimeout)
    {
        var functions = new LoopFunctions
        {
            AddHandle = (delegate* unmanaged<int, int, delegate* unmanaged<int, int, int, void*, void>, void*, delegate* unmanaged<void*, void>, int>)addHandle,
            UpdateHandle = (delegate* unmanaged<int, int, void>)updateHandle,
            RemoveHandle = (delegate* unmanaged<int, int>)removeHandle,
            AddTimeout = (delegate* unmanaged<int, delegate* unmanaged<int, void*, void>, void*, delegate* unmanaged<void*, void>, int>)addTimeout,
            UpdateTimeout = (delegate* unmanaged<int, int, void>)updateTimeout,
            RemoveTimeout = (delegate* unmanaged<int, int>)removeTimeout,
        };
        if (!EventLoop.Register(functions))
            WarnReplaced();
    }

    [CBody("virEventRegisterDefaultImpl")]
    internal static int RegisterDefault()
    {
        if (!EventLoop.RegisterDefault())
            WarnReplaced();
        return 0;
    }

    [CBody("virEventRunDefaultImpl")]
    internal static int RunDefault()
    {
        DefaultLoop.RunOnce();
        return 0;
    }

    [CBody("virEventAddHandle", KeepsError = true)]
    internal static int AddHandle(int fd, int events, nint callback, void* opaque, nint free) =>
        EventLoop.AddHandle(fd, events, (delegate* unmanaged<int, int, int, void*, void>)callback, opaque, (delegate* unmanaged<void*, void>)free);

    [CBody("virEventUpdateHandle", KeepsError = true)]
    internal static void UpdateHandle(int watch, int events) => EventLoop.UpdateHandle(watch, events);

    [CBody("virEventRemoveHandle", KeepsError = true)]
    internal static int RemoveHandle(int watch) => EventLoop.RemoveHandle(watch);

    [CBody("virEventAddTimeout", KeepsError = true)]
    internal static int AddTimeout(int interval, nint callback, void* opaque, nint free) =>
        EventLoop.AddTimeout(interval, (delegate* unmanaged<int, void*, void>)callback, opaque, (delegate* unmanaged<void*, void>)free);

    [CBody("virEventUpdateTimeout", KeepsError = true)]
    internal static void UpdateTimeout(int timer, int interval) => EventLoop.UpdateTimeout(timer, interval);

    [CBody("virEventRemoveTimeout", KeepsError = true)]
    internal static int RemoveTimeout(int timer) => EventLoop.RemoveTimeout(timer);

    static void WarnReplaced() => Log.Warn("util.event", "Ignoring attempt to replace registered event loop", "virEventRegisterImpl");
}
