using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;
using Vireo.Core.Diagnostics;
using Vireo.Core.Errors;

namespace Vireo.Drivers.Qemu.Monitor;

/// <summary>
/// The conversation with one QEMU: commands are answered in the order in which they were sent. Events are told on the reading
/// loop, so that whatever QEMU said before an answer is known when the answer is; who is told must not block.
/// A caller that stops waiting harms nobody: its answer is dropped when it comes, and the machine goes on.
/// When QEMU dies, everything that waits ends with a clear error.
/// </summary>
public sealed class QmpMonitor : IAsyncDisposable
{
    /// <summary>No answer of QEMU comes near this.</summary>
    public const int ReplyLimit = 10 * 1024 * 1024;

    readonly Stream _stream;
    readonly Lock _gate = new();
    readonly Queue<Pending> _sent = new();
    readonly List<IExpectation> _expected = [];
    readonly SemaphoreSlim _turn = new(1, 1); // to write: those who wait for it get it in the order in which they came
    readonly QmpLine _line = new();
    readonly Action<QmpEvent> _told;
    readonly TaskCompletionSource<QmpGreeting> _greeting = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly TaskCompletionSource<VireoException> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly CancellationTokenSource _closing = new();
    readonly Task _reading;
    readonly int _limit;
    VireoException? _end;
    bool _disposed;

    /// <summary>Speaks over <paramref name="stream"/>, which it owns from now on.</summary>
    public QmpMonitor(Stream stream, Action<QmpEvent>? told = null, int replyLimit = ReplyLimit)
    {
        (_stream, _told, _limit) = (stream, told ?? (static _ => { }), replyLimit);
        _reading = Task.Run(ReadAsync);
    }

    /// <summary>Completes, with the reason, when the conversation is over.</summary>
    public Task<VireoException> Ended => _ended.Task;

    /// <summary>The command that QEMU has not answered yet, if any.</summary>
    public string? Waiting
    {
        get { lock (_gate) return _sent.TryPeek(out var first) ? first.Command.Name : null; }
    }

    /// <summary>Waits for QEMU's greeting and leaves negotiation mode.</summary>
    public async Task<QmpGreeting> OpenAsync(CancellationToken cancel)
    {
        var greeting = await _greeting.Task.WaitAsync(cancel).ConfigureAwait(false);
        await RunAsync(new Commands.QmpCapabilities(), cancel).ConfigureAwait(false);
        return greeting;
    }

    /// <summary>Asks, and waits for the answer.</summary>
    public Task<TReply> RunAsync<TReply>(IQmpCommand<TReply> command, CancellationToken cancel) =>
        Telemetry.IsOn ? WatchedAsync(command, cancel) : AskAsync(command, cancel);

    async Task<TReply> WatchedAsync<TReply>(IQmpCommand<TReply> command, CancellationToken cancel)
    {
        using Activity? span = Telemetry.Begin($"qmp {command.Name}", ActivityKind.Client);
        long asked = Stopwatch.GetTimestamp();
        string outcome = "ok";
        try
        {
            return await AskAsync(command, cancel).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            outcome = "error";
            span?.SetStatus(ActivityStatusCode.Error, failure.Message);
            throw;
        }
        finally
        {
            Telemetry.CommandTook(Stopwatch.GetElapsedTime(asked).TotalSeconds, command.Name, outcome);
        }
    }

    /// <summary>Asks, and hands a descriptor over with the question; the caller keeps its own.</summary>
    /// <exception cref="VireoException">The line is no UNIX socket.</exception>
    public Task<TReply> PassAsync<TReply>(IQmpCommand<TReply> command, SafeFileHandle descriptor, CancellationToken cancel) => AskAsync(command, cancel, descriptor);

    async Task<TReply> AskAsync<TReply>(IQmpCommand<TReply> command, CancellationToken cancel, SafeFileHandle? descriptor = null)
    {
        var pending = new Pending<TReply>(command, cancel) { Descriptor = descriptor };
        _ = WriteAsync(pending);
        return await pending.Reply.Task.WaitAsync(cancel).ConfigureAwait(false);
    }

    /// <summary>Starts to listen for an event, before the command that causes it is sent.</summary>
    public Expectation<TEvent> Expect<TEvent>(Predicate<TEvent>? which = null) where TEvent : QmpEvent
    {
        var expectation = new Expectation<TEvent>(which ?? (static _ => true), Forget);
        lock (_gate)
        {
            if (_end is not null) expectation.Fail(_end);
            else _expected.Add(expectation);
        }
        return expectation;
    }

    void Forget(IExpectation expectation)
    {
        lock (_gate) _expected.Remove(expectation);
    }

    async Task ReadAsync()
    {
        VireoException end;
        try
        {
            var lines = new LineBuffer(_limit);
            while (true)
            {
                int count = await _stream.ReadAsync(lines.Free(), _closing.Token).ConfigureAwait(false);
                if (count == 0) break;
                lines.Received(count);
                while (lines.TryTake(out var line)) Take(line);
                lines.Trim();
            }
            end = QmpErrors.EndOfFile();
        }
        catch (IOException e) when (e.InnerException is SocketException s)
        {
            end = QmpErrors.ReadFailed(s.SocketErrorCode == SocketError.ConnectionReset ? 104 : s.NativeErrorCode);
        }
        catch (VireoException e)
        {
            end = e;
        }
        catch (JsonException e)
        {
            end = QmpErrors.Malformed(e.Message);
        }
        catch (Exception)
        {
            end = QmpErrors.Closed();
        }
        Finish(end);
    }

    void Take(ReadOnlyMemory<byte> line)
    {
        if (line.Span.Trim(" \r\t"u8).IsEmpty) return;
        using var document = JsonDocument.Parse(line);
        var root = document.RootElement;
        if (root.Member("QMP") is { } greeting)
            _greeting.TrySetResult(QmpGreeting.Read(greeting));
        else if (root.Member("event") is { ValueKind: JsonValueKind.String } name)
            Publish(QmpEvent.Read(name.GetString()!, root.Member("data") ?? default, Stamp(root)));
        else
            NextSent().Answer(root);
    }

    Pending NextSent()
    {
        lock (_gate) return _sent.TryDequeue(out var pending) ? pending : throw QmpErrors.Malformed("an answer to no question");
    }

    static DateTimeOffset Stamp(JsonElement root)
    {
        if (root.Member("timestamp") is not { } at) return default;
        return DateTimeOffset.UnixEpoch.AddSeconds(Math.Clamp(at.Number("seconds") ?? 0, 0, int.MaxValue))
            .AddMicroseconds(at.Number("microseconds") ?? 0);
    }

    void Publish(QmpEvent happened)
    {
        _told(happened);
        lock (_gate)
        {
            for (int i = _expected.Count - 1; i >= 0; i--)
                if (_expected[i].Offer(happened)) _expected.RemoveAt(i);
        }
    }

    // On the thread of whoever asks, unless another question is just being written or QEMU does not read: a thread that had to wake up for it would make guests that move stand still for longer.
    async Task WriteAsync(Pending next)
    {
        try
        {
            await _turn.WaitAsync(_closing.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            next.Fail(_end ?? QmpErrors.Closed());
            return;
        }
        try
        {
            if (next.Abandoned) return;
            ReadOnlyMemory<byte> bytes;
            try
            {
                bytes = _line.Of(next.Command);
            }
            catch (Exception e)
            {
                // Nothing of it is on the line.
                next.Fail(e);
                return;
            }
            lock (_gate)
            {
                if (_end is null) _sent.Enqueue(next);
            }
            if (_end is { } end)
            {
                next.Fail(end);
                return;
            }
            int sent = next.Descriptor is { } passed ? await UnixSockets.SendWithAsync(_stream, bytes, passed, _closing.Token).ConfigureAwait(false) : 0;
            await _stream.WriteAsync(bytes[sent..], _closing.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The reader sees the same end and says why.
        }
        catch (Exception)
        {
            // What is on the line is no whole question: the conversation is over, and whoever waits is told.
            await _closing.CancelAsync().ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    void Finish(VireoException end)
    {
        List<Pending> left = [];
        lock (_gate)
        {
            _end = end;
            // Whoever is told of the failure of a question finds that all is over.
            _ended.TrySetResult(end);
            left.AddRange(_sent);
            _sent.Clear();
            foreach (var expectation in _expected) expectation.Fail(end);
            _expected.Clear();
        }
        foreach (var pending in left) pending.Fail(end);
        _greeting.TrySetException(end);
        _ = _greeting.Task.Exception;
    }

    /// <summary>Hangs up; QEMU goes on.</summary>
    [SuppressMessage("Usage", "CA1816", Justification = "no finalizer here or below")]
    public async ValueTask DisposeAsync()
    {
        if (_disposed) return;
        _disposed = true;
        await _closing.CancelAsync().ConfigureAwait(false);
        await _stream.DisposeAsync().ConfigureAwait(false);
        await _reading.ConfigureAwait(false);
        await _turn.WaitAsync().ConfigureAwait(false);
        _turn.Dispose();
        _line.Dispose();
        _closing.Dispose();
    }

    abstract class Pending(IQmpCommand command, CancellationToken cancel)
    {
        internal IQmpCommand Command => command;
        internal SafeFileHandle? Descriptor { get; init; }
        internal bool Abandoned => cancel.IsCancellationRequested;

        internal abstract void Answer(JsonElement reply);
        internal abstract void Fail(Exception why);
    }

    sealed class Pending<TReply>(IQmpCommand<TReply> command, CancellationToken cancel) : Pending(command, cancel)
    {
        internal TaskCompletionSource<TReply> Reply { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal override void Answer(JsonElement reply)
        {
            try
            {
                if (reply.Member("return") is { } value)
                    Reply.TrySetResult(command.Read(value));
                else if (reply.Member("error") is { } error)
                    Fail(new QmpRefusal(command.Name, error.Text("class") ?? "", error.Text("desc") ?? "no description"));
                else
                    Fail(QmpErrors.Malformed($"neither return nor error after '{command.Name}'"));
            }
            catch (Exception e)
            {
                Fail(e as VireoException ?? QmpErrors.Malformed($"'{command.Name}': {e.Message}"));
            }
        }

        internal override void Fail(Exception why)
        {
            Reply.TrySetException(why);
            _ = Reply.Task.Exception; // seen: a caller that gave up must not leave an unobserved one
        }
    }
}
