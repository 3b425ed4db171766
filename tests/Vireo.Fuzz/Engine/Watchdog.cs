namespace Vireo.Fuzz.Engine;

/// <summary>Speaks up, once, when a piece of work takes longer than it may. Beginning and ending one costs next to nothing.</summary>
sealed class Watchdog : IDisposable
{
    readonly long patience;
    readonly Action<string> bark;
    readonly Timer timer;
    volatile string? work;
    long began;

    /// <summary>Tells <paramref name="bark"/> the name of work that takes longer than <paramref name="patience"/>, from a thread of its own.</summary>
    internal Watchdog(TimeSpan patience, Action<string> bark)
    {
        (this.patience, this.bark) = ((long)patience.TotalMilliseconds, bark);
        timer = new Timer(_ => Look(), null, patience / 10, patience / 10);
    }

    internal void Begin(string name)
    {
        Volatile.Write(ref began, Environment.TickCount64);
        work = name;
    }

    internal void End() => work = null;

    void Look()
    {
        // The time is read before and after the name: work that began in between is not late.
        long since = Volatile.Read(ref began);
        if (work is not { } late || since != Volatile.Read(ref began) || Environment.TickCount64 - since <= patience)
            return;
        timer.Dispose();
        bark(late);
    }

    public void Dispose() => timer.Dispose();
}
