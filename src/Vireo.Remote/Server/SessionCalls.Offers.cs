using System.Threading.Channels;
using Vireo.Driver;

namespace Vireo.Remote;

public sealed partial class RemoteSession
{
    /// <content>Events are told to those only who may know of the object.</content>
    sealed partial class SessionCalls
    {
        /// <summary>More than this many events that wait for a policy's answer, and the client is let go, as one that does not read.</summary>
        const int MostUndecided = 4096;

        Channel<Action>? undecided;

        void Offer<TEvent>(int callback, TEvent raised, AccessRight right, in AccessSubject subject, Action<SessionCalls, int, TEvent> tell)
        {
            if (!session.Guarded)
                tell(this, callback, raised);
            else if (session.services.Access!.MayWait || session.opened?.Objects.Slow is true)
                Queue(callback, raised, right, subject, tell);
            else if (session.opened is not null && session.MaySee(right, subject))
                tell(this, callback, raised);
        }

        // A driver's thread must not wait for a policy, and the order of events must stay.
        void Queue<TEvent>(int callback, TEvent raised, AccessRight right, AccessSubject subject, Action<SessionCalls, int, TEvent> tell)
        {
            Channel<Action> queue;
            lock (gate)
            {
                if (undecided is null)
                {
                    undecided = Channel.CreateBounded<Action>(new BoundedChannelOptions(MostUndecided) { SingleReader = true });
                    _ = Task.Run(() => DecideAsync(undecided.Reader));
                }
                queue = undecided;
            }
            bool taken = queue.Writer.TryWrite(() =>
            {
                if (session.opened is not null && session.MaySee(right, subject))
                    tell(this, callback, raised);
            });
            if (!taken)
                session.Peer.CloseAfterReplies();
        }

        async Task DecideAsync(ChannelReader<Action> queue)
        {
            try
            {
                await foreach (Action decide in queue.ReadAllAsync(session.Ended).ConfigureAwait(false))
                {
                    try
                    {
                        decide();
                    }
                    catch (Core.Errors.VireoException)
                    {
                        // Closed meanwhile: nobody is left to be told.
                    }
                }
            }
            catch (OperationCanceledException)
            {
                // The client is gone.
            }
        }
    }
}
