namespace Vireo.Drivers.Qemu.Probe;

/// <summary>
/// Whose turn it is to be asked. A binary that answers keeps a processor busy, so no more are asked at a time than there are. What more callers wait for
/// comes first.
/// </summary>
/// <param name="most">How many are asked at a time.</param>
sealed class ProbeTurns(int most)
{
    /// <summary>What a listing of all binaries needs.</summary>
    internal const int Outline = 0;

    /// <summary>The rest of a binary that guests of the host's own architecture run on.</summary>
    internal const int Native = 1;

    /// <summary>The rest of the others.</summary>
    internal const int Foreign = 2;

    readonly Lock _lock = new();
    readonly PriorityQueue<TaskCompletionSource, (int Rank, long Came)> _waiting = new();
    long _came;
    int _free = most;

    /// <summary>Waits for a turn, which <see cref="End"/> ends.</summary>
    internal Task TakeAsync(int rank)
    {
        lock (_lock)
        {
            if (_free > 0)
            {
                _free--;
                return Task.CompletedTask;
            }
            var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(turn, (rank, _came++));
            return turn.Task;
        }
    }

    /// <summary>The next one's turn begins.</summary>
    internal void End()
    {
        lock (_lock)
        {
            if (_waiting.TryDequeue(out var next, out _))
                next.SetResult();
            else
                _free++;
        }
    }
}
