using System.Collections.Concurrent;

namespace Vireo.Host.Files;

/// <summary>
/// Looks at files whose storage may not answer, as a server's that is gone: the kernel lets nobody go then. So looks have threads of their own, which whoever waits
/// leaves behind; there is one look of a kind at a file at a time, and while it hangs nobody waits for it again.
/// </summary>
/// <param name="time">The clock of the waits.</param>
public sealed class FileLooks(TimeProvider time)
{
    const int MostThreads = 64;
    static readonly TimeSpan idleFor = TimeSpan.FromSeconds(10);

    readonly ConcurrentDictionary<(string Path, string Kind), Task> underWay = new();
    readonly ConcurrentDictionary<string, bool> hanging = new(StringComparer.Ordinal);
    readonly object gate = new();
    readonly Queue<Action> wanted = [];
    int threads, idle;

    /// <summary>Looks.</summary>
    /// <param name="path">At what.</param>
    /// <param name="kind">A word for what is looked for: who looks for the same gets the same answer.</param>
    /// <param name="look">Does it, on another thread.</param>
    /// <param name="patience">How long to wait at most.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="TimeoutException">No answer came in time, or an earlier look has not come back yet.</exception>
    public async ValueTask<T> LookAsync<T>(string path, string kind, Func<string, T> look, TimeSpan patience, CancellationToken cancel)
    {
        if (hanging.ContainsKey(path))
            throw new TimeoutException($"no answer for '{path}'");
        Task<T> task = Begun(path, kind, look);
        try
        {
            return await task.WaitAsync(patience, time, cancel).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            hanging[path] = true;
            if (task.IsCompleted)
                hanging.TryRemove(path, out _);     // it came back meanwhile
            throw;
        }
    }

    /// <summary>Waits until a file's storage answers, however long that takes.</summary>
    /// <param name="path">The file.</param>
    /// <param name="kind">A word for what is looked for.</param>
    /// <param name="look">Looks, on another thread.</param>
    /// <param name="cancel">Gives up; the thread is left behind.</param>
    public async ValueTask ReachAsync(string path, string kind, Action<string> look, CancellationToken cancel) => await Begun(path, kind, file =>
    {
        look(file);
        return true;
    }).WaitAsync(cancel).ConfigureAwait(false);

    // Who looks for the same shares the look.
    Task<T> Begun<T>(string path, string kind, Func<string, T> look)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Task task = underWay.GetOrAdd((path, kind), answer.Task);
        if (task == answer.Task)
            Begin(path, kind, look, answer);
        return (Task<T>)task;
    }

    void Begin<T>(string path, string kind, Func<string, T> look, TaskCompletionSource<T> answer)
    {
        void Work()
        {
            try
            {
                T found = look(path);
                underWay.TryRemove((path, kind), out _);
                answer.SetResult(found);
            }
            catch (Exception e)
            {
                underWay.TryRemove((path, kind), out _);
                answer.SetException(e);
                _ = answer.Task.Exception;      // whoever waited may have gone
            }
            hanging.TryRemove(path, out _);
        }
        lock (gate)
        {
            wanted.Enqueue(Work);
            if (idle < wanted.Count && threads < MostThreads)
            {
                threads++;
                new Thread(Serve) { IsBackground = true, Name = "file look" }.Start();
            }
            Monitor.Pulse(gate);
        }
    }

    void Serve()
    {
        while (true)
        {
            Action? work;
            lock (gate)
            {
                idle++;
                while (!wanted.TryDequeue(out work) && Monitor.Wait(gate, idleFor))
                    continue;
                idle--;
                if (work is null && !wanted.TryDequeue(out work))
                {
                    threads--;
                    return;
                }
            }
            work();
        }
    }
}
