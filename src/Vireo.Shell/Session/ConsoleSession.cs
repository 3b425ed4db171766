using Vireo.Core.Errors;
using Vireo.Driver;

namespace Vireo.Shell.Session;

/// <summary>A guest's console on standard input and output.</summary>
sealed class ConsoleSession(byte escape) : IStreamSink, IDisposable
{
    readonly TaskCompletionSource<VirError?> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly Lock gate = new();
    readonly MemoryStream early = new();
    Stream? screen;

    /// <summary>From the guest. What comes before the terminal is ready waits.</summary>
    public bool Send(ReadOnlySpan<byte> data)
    {
        lock (gate)
        {
            (screen ?? early).Write(data);
            screen?.Flush();
        }
        return true;
    }

    /// <inheritdoc/>
    public void Resume()
    {
        // Keys are typed slower than any guest reads.
    }

    public void End() => ended.TrySetResult(null);

    public void Fail(VirError error) => ended.TrySetResult(error);

    /// <summary>Runs until the escape key, the end of input, or the end of the guest's output.</summary>
    public async ValueTask RunAsync(IStreamHandler guest, Stream keyboard, Stream terminal)
    {
        lock (gate)
        {
            terminal.Write(early.GetBuffer(), 0, (int)early.Length);
            terminal.Flush();
            screen = terminal;
        }
        guest.Ready();
        // Reading a terminal cannot be cancelled, so it has a thread that is left behind when the guest's end closes first.
        var left = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() => Read(guest, keyboard, left)) { IsBackground = true, Name = "console input" }.Start();
        Task first = await Task.WhenAny(ended.Task, left.Task);
        if (first == left.Task)
        {
            if (!await left.Task)
                await ended.Task;       // input ended without the escape key: the guest may still have something to say
            else
                guest.Aborted();
        }
        if (ended.Task.IsCompleted && await ended.Task is { } error)
            throw new VireoException(error);
    }

    void Read(IStreamHandler guest, Stream keyboard, TaskCompletionSource<bool> left)
    {
        Span<byte> keys = stackalloc byte[1024];
        try
        {
            for (int count; (count = keyboard.Read(keys)) > 0;)
            {
                int stop = keys[..count].IndexOf(escape);
                if (stop is not 0)
                    guest.Received(keys[..(stop < 0 ? count : stop)]);
                if (stop >= 0)
                {
                    left.TrySetResult(true);
                    return;
                }
            }
            left.TrySetResult(false);
        }
        catch (Exception failure) when (failure is IOException or VireoException)
        {
            left.TrySetResult(true);
        }
    }

    public void Dispose() => early.Dispose();
}
