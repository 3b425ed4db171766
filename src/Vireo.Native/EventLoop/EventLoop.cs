namespace Vireo.Native.EventLoop;

/// <summary>What the application's event loop offers: the six functions of <c>virEventRegisterImpl</c>.</summary>
unsafe struct LoopFunctions
{
    public delegate* unmanaged<int, int, delegate* unmanaged<int, int, int, void*, void>, void*, delegate* unmanaged<void*, void>, int> AddHandle;
    public delegate* unmanaged<int, int, void> UpdateHandle;
    public delegate* unmanaged<int, int> RemoveHandle;
    public delegate* unmanaged<int, delegate* unmanaged<int, void*, void>, void*, delegate* unmanaged<void*, void>, int> AddTimeout;
    public delegate* unmanaged<int, int, void> UpdateTimeout;
    public delegate* unmanaged<int, int> RemoveTimeout;
}

/// <summary>
/// The event loop that everything of the library uses: the application's, or <see cref="DefaultLoop"/>, whichever was registered first. Callbacks are C functions, and are called by
/// whoever runs the loop; so is the function that frees what belongs to a watch, and never from within the call that removes it.
/// </summary>
static unsafe class EventLoop
{
    static readonly Lock gate = new();
    static LoopFunctions functions;
    static volatile Kind kind;
    static bool defaultAsked;

    enum Kind
    {
        None,
        Default,
        Application,
    }

    /// <summary>Somebody has registered a loop: events can be delivered.</summary>
    internal static bool IsRegistered => kind is not Kind.None;

    /// <summary>Uses the application's loop.</summary>
    /// <returns>False: there is one already, and it stays.</returns>
    internal static bool Register(LoopFunctions application)
    {
        lock (gate)
        {
            if (kind is not Kind.None)
                return false;
            functions = application;
            bool any = application.AddHandle is not null || application.UpdateHandle is not null || application.RemoveHandle is not null ||
                       application.AddTimeout is not null || application.UpdateTimeout is not null || application.RemoveTimeout is not null;
            kind = any ? Kind.Application : Kind.None;
            return true;
        }
    }

    /// <summary>Uses the library's own loop. Asked once more, it has nothing to do.</summary>
    /// <returns>False: there is one of the application's already, and it stays.</returns>
    internal static bool RegisterDefault()
    {
        lock (gate)
        {
            bool first = !defaultAsked;
            defaultAsked = true;
            if (kind is Kind.None)
                kind = Kind.Default;
            return kind is Kind.Default || !first;
        }
    }

    /// <summary>Begins to watch a descriptor; <paramref name="events"/> are bits of virEventHandleType, 0: nothing yet.</summary>
    /// <returns>The number of the watch; -1: there is no loop, or it does not want to.</returns>
    internal static int AddHandle(
        int fd, int events, delegate* unmanaged<int, int, int, void*, void> callback, void* opaque, delegate* unmanaged<void*, void> free) => kind switch
        {
            Kind.Default => DefaultLoop.AddHandle(fd, events, callback, opaque, free),
            Kind.Application when functions.AddHandle is not null => functions.AddHandle(fd, events, callback, opaque, free),
            _ => -1,
        };

    /// <summary>Watches for something else.</summary>
    internal static void UpdateHandle(int watch, int events)
    {
        if (kind is Kind.Default)
            DefaultLoop.UpdateHandle(watch, events);
        else if (kind is Kind.Application && functions.UpdateHandle is not null)
            functions.UpdateHandle(watch, events);
    }

    /// <summary>Stops watching. A callback that runs meanwhile on another thread goes on.</summary>
    /// <returns>-1: there is no such watch.</returns>
    internal static int RemoveHandle(int watch) => kind switch
    {
        Kind.Default => DefaultLoop.RemoveHandle(watch),
        Kind.Application when functions.RemoveHandle is not null => functions.RemoveHandle(watch),
        _ => -1,
    };

    /// <summary>Adds a timer that is due every so many milliseconds; 0: in every round, negative: never.</summary>
    /// <returns>The number of the timer; -1: there is no loop, or it does not want to.</returns>
    internal static int AddTimeout(int interval, delegate* unmanaged<int, void*, void> callback, void* opaque, delegate* unmanaged<void*, void> free) => kind switch
    {
        Kind.Default => DefaultLoop.AddTimeout(interval, callback, opaque, free),
        Kind.Application when functions.AddTimeout is not null => functions.AddTimeout(interval, callback, opaque, free),
        _ => -1,
    };

    /// <summary>Changes how often a timer is due, counted from now.</summary>
    internal static void UpdateTimeout(int timer, int interval)
    {
        if (kind is Kind.Default)
            DefaultLoop.UpdateTimeout(timer, interval);
        else if (kind is Kind.Application && functions.UpdateTimeout is not null)
            functions.UpdateTimeout(timer, interval);
    }

    /// <summary>Removes a timer.</summary>
    /// <returns>-1: there is no such timer.</returns>
    internal static int RemoveTimeout(int timer) => kind switch
    {
        Kind.Default => DefaultLoop.RemoveTimeout(timer),
        Kind.Application when functions.RemoveTimeout is not null => functions.RemoveTimeout(timer),
        _ => -1,
    };
}
