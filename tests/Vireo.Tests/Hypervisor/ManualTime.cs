namespace Vireo.Tests.Hypervisor;

/// <summary>Time that passes when a test says so.</summary>
sealed class ManualTime : TimeProvider
{
    readonly Lock gate = new();
    readonly List<Timer> timers = [];
    DateTimeOffset now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state) { Due = now + dueTime };
        lock (gate)
            timers.Add(timer);
        return timer;
    }

    public int Timers
    {
        get
        {
            lock (gate)
                return timers.Count;
        }
    }

    public void Pass(TimeSpan span)
    {
        Timer[] due;
        lock (gate)
        {
            now += span;
            due = [.. timers.Where(t => t.Due <= now)];
            timers.RemoveAll(t => t.Due <= now);
        }
        foreach (Timer timer in due)
            timer.Callback(timer.State);
    }

    sealed class Timer(ManualTime time, TimerCallback callback, object? state) : ITimer
    {
        public TimerCallback Callback => callback;
        public object? State => state;
        public DateTimeOffset Due { get; init; }

        public bool Change(TimeSpan dueTime, TimeSpan period) => false;

        public void Dispose()
        {
            lock (time.gate)
                time.timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
