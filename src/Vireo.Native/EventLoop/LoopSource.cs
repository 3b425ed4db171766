namespace Vireo.Native.EventLoop;

/// <summary>
/// A watch or a timer of the default loop. What the loop looks at is its armed state, made anew by every change: a change during a round so cancels what that round
/// would still have called.
/// </summary>
sealed unsafe class LoopSource
{
    /// <summary>The number that the caller knows it by.</summary>
    internal required int Number { get; init; }

    /// <summary>The descriptor; -1: it is a timer.</summary>
    internal int Fd { get; init; } = -1;

    internal delegate* unmanaged<int, int, int, void*, void> HandleCallback { get; init; }
    internal delegate* unmanaged<int, void*, void> TimeoutCallback { get; init; }
    internal void* Opaque { get; init; }
    internal delegate* unmanaged<void*, void> Free { get; init; }

    /// <summary>Bits of virEventHandleType.</summary>
    internal int Events { get; set; }

    /// <summary>Null: it waits for nothing.</summary>
    internal Armed? Armed { get; set; }

    internal void Call(int events)
    {
        if (Fd >= 0 && HandleCallback is not null)
            HandleCallback(Number, Fd, events, Opaque);
        else if (TimeoutCallback is not null)
            TimeoutCallback(Number, Opaque);
    }
}

/// <summary>What a source waits for, as long as it is not changed.</summary>
sealed class Armed(LoopSource source)
{
    internal LoopSource Source => source;

    /// <summary>What poll(2) is asked for.</summary>
    internal short PollEvents { get; init; }

    /// <summary>A timer's interval in microseconds.</summary>
    internal long Interval { get; init; }

    /// <summary>When a timer is due, in microseconds of the monotonic clock.</summary>
    internal long Due { get; set; }

    /// <summary>Its callback runs: it is not called again from a loop within it.</summary>
    internal bool Running { get; set; }

    /// <summary>It was changed or removed.</summary>
    internal bool Gone { get; set; }
}
