using Vireo.Core.Errors;

namespace Vireo;

/// <summary>
/// Events on their way to one reader. It holds so many; what comes while it is full is counted, not kept, and the count stands in its place.
/// </summary>
sealed class EventQueue<T>(int room) where T : class
{
    readonly Lock gate = new();
    readonly Queue<Observed<T>> waiting = new();
    int missed;
    TaskCompletionSource? arrival;
    bool ended;
    VirError? why;

    /// <summary>Takes an event; never waits.</summary>
    public void Put(T raised)
    {
        lock (gate)
        {
            if (missed > 0 || waiting.Count >= room)
                missed++;
            else
                waiting.Enqueue(new(raised, 0));
            arrival?.TrySetResult();
        }
    }

    /// <summary>Nothing comes any more: the connection ended, for a reason or because it was closed.</summary>
    public void End(VirError? reason)
    {
        lock (gate)
        {
            (ended, why) = (true, reason);
            arrival?.TrySetResult();
        }
    }

    /// <summary>The next event or gap; null: the connection was closed.</summary>
    /// <exception cref="VireoException">The connection ended by itself.</exception>
    public async ValueTask<Observed<T>?> TakeAsync(CancellationToken cancel)
    {
        while (true)
        {
            Task wait;
            lock (gate)
            {
                if (waiting.TryDequeue(out Observed<T> next))
                    return next;
                if (missed > 0)
                {
                    int count = missed;
                    missed = 0;
                    return new(null, count);
                }
                if (ended)
                    return why is null ? null : throw new VireoException(why);
                arrival = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                wait = arrival.Task;
            }
            await wait.WaitAsync(cancel).ConfigureAwait(false);
        }
    }
}
