namespace Vireo.Rpc.Server;

/// <summary>
/// Decides whether an epoll thread looks again for a moment before it sleeps. Waking a sleeping processor costs more than a
/// whole call, so while calls follow each other closely it pays to stay awake; as soon as they do not, it never does.
/// Waits that were short earn trust, a look that found nothing costs several of them, so that only a client whose next
/// call nearly always comes in time is waited for. Belongs to one thread. Why and how much: docs/designs/daemon.md.
/// </summary>
struct BusyPoll(long limit)
{
    const int Highest = 8, Lowest = -16, Miss = 5;
    int trust;

    /// <summary>How long to look, in the unit of the limit; 0: sleep at once.</summary>
    internal readonly long Budget => trust > 0 ? limit : 0;

    /// <summary>Something came after this time. Who slept also waited for being woken, so twice as long still counts as soon.</summary>
    internal void Came(long waited, bool slept)
    {
        if (waited <= (slept ? 2 * limit : limit))
            trust = Math.Min(trust + 1, Highest);
        else
            trust = Math.Max(trust - Miss, Lowest);
    }
}
