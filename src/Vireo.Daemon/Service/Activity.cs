namespace Vireo.Daemon.Service;

/// <summary>
/// Knows whether the daemon is needed: clients are connected, or a driver holds it (running guests). The main thread waits
/// here until it is told to stop, or until nobody needed the daemon for the time of --timeout.
/// </summary>
sealed class Activity(TimeProvider clock)
{
    readonly object gate = new();
    int clients, holds;
    bool stopping, reload;
    long idleSince = clock.GetTimestamp();

    internal void ClientsAre(int count) => Change(() => clients = count);

    /// <summary>Keeps the daemon from ending for lack of work, until disposed of.</summary>
    internal IDisposable Hold()
    {
        Change(() => holds++);
        return new Held(this);
    }

    internal void Stop() => Change(() => stopping = true);

    internal void Reload() => Change(() => reload = true);

    void Change(Action change)
    {
        lock (gate)
        {
            bool wasBusy = clients + holds > 0;
            change();
            if (wasBusy && clients + holds == 0)
                idleSince = clock.GetTimestamp();
            Monitor.PulseAll(gate);
        }
    }

    /// <summary>True: the configuration is to be read again. False: the daemon is to end.</summary>
    internal bool Wait(TimeSpan? timeout)
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
                if (timeout is not { } patience || clients + holds > 0)
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

    sealed class Held(Activity activity) : IDisposable
    {
        int released;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref released, 1) == 0)
                activity.Change(() => activity.holds--);
        }
    }
}
