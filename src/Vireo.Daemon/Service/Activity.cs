namespace Vireo.Daemon.Service;

/// <summary>
/// Knows whether the daemon is needed: clients are connected, or guests run. The main thread waits here until it is told to stop, or
/// until nobody needed the daemon for the time of --timeout.
/// </summary>
sealed class Activity(TimeProvider clock)
{
    readonly object gate = new();
    int needs;
    bool stopping, reload;
    TimeSpan? timeout;
    long idleSince = clock.GetTimestamp();

    /// <summary>A new count of something that the daemon is needed for; the action tells its value, at first 0.</summary>
    internal Action<int> Counter()
    {
        int last = 0;
        return now => Change(() =>
        {
            needs += now - last;
            last = now;
        });
    }

    internal void Stop() => Change(() => stopping = true);

    /// <summary>Ends as by <see cref="Stop"/>, to begin anew with what is open.</summary>
    internal void Restart() => Change(() => stopping = Restarting = true);

    /// <summary>It ends in order to begin anew.</summary>
    internal bool Restarting { get; private set; }

    internal void Reload() => Change(() => reload = true);

    /// <summary>How long it stays without being needed, from now on and from now; null: for ever.</summary>
    internal void ChangeTimeout(TimeSpan? patience) => Change(() => (timeout, idleSince) = (patience, clock.GetTimestamp()));

    void Change(Action change)
    {
        lock (gate)
        {
            bool wasNeeded = needs > 0;
            change();
            if (wasNeeded && needs == 0)
                idleSince = clock.GetTimestamp();
            Monitor.PulseAll(gate);
        }
    }

    /// <summary>True: the configuration is to be read again. False: the daemon is to end.</summary>
    internal bool Wait()
    {
        lock (gate)
        {
            while (true)
            {
                if (stopping)
                    return false;
                if (reload)
                {
                    reload = false;
                    return true;
                }
                if (timeout is not { } patience || needs > 0)
                {
                    Monitor.Wait(gate);
                    continue;
                }
                TimeSpan left = patience - clock.GetElapsedTime(idleSince);
                if (left <= TimeSpan.Zero)
                    return false;
                Monitor.Wait(gate, left);
            }
        }
    }
}
