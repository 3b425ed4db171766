using System.Buffers;
using System.Text.Json;
using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Monitor;

namespace Vireo.Drivers.Qemu.Agent;

/// <summary>
/// The conversation with the agent inside a guest, over a channel of the machine. The guest is not trusted: what it says is bounded, belongs to the one
/// question that is open, and may never come. Before each question both sides find each other again by a number that nobody has used before; whatever is
/// left of older answers is dropped on the way there.
/// </summary>
/// <param name="channel">The channel; the agent owns it from now on.</param>
/// <param name="time">The clock of the waits.</param>
public sealed class GuestAgent(Stream channel, TimeProvider time) : IAsyncDisposable
{
    /// <summary>How long an answer is waited for where nobody says otherwise.</summary>
    public static readonly TimeSpan UsualPatience = TimeSpan.FromSeconds(5);

    /// <summary>No answer may be longer.</summary>
    public const int ReplyLimit = 10 * 1024 * 1024;

    readonly SemaphoreSlim _turn = new(1, 1);
    readonly LineBuffer _lines = new(ReplyLimit);
    readonly CancellationTokenSource _closing = new();
    long _sync;
    bool _broken, _disposed;

    /// <summary>The guest hung up: nothing more comes of this conversation.</summary>
    public bool IsBroken => _broken;

    /// <summary>Asks, and waits for the answer.</summary>
    /// <param name="command">The command.</param>
    /// <param name="patience">How long; <see cref="Timeout.InfiniteTimeSpan"/>: without end. The time to find each other again is <see cref="UsualPatience"/> at most.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="VireoException">VIR_ERR_AGENT_UNRESPONSIVE: no answer in time, or the guest hung up; VIR_ERR_OPERATION_UNSUPPORTED: the
    /// agent has no such command, or may not do it; VIR_ERR_INTERNAL_ERROR: it refused, or its answer is none.</exception>
    public async Task<TReply> RunAsync<TReply>(IQmpCommand<TReply> command, TimeSpan patience, CancellationToken cancel)
    {
        JsonElement answer = await AskAsync(Text(command), patience, cancel).ConfigureAwait(false);
        if (answer.Member("return") is { } value)
            return command.Read(value);
        throw AgentErrors.Refused(command.Name, answer);
    }

    /// <summary>Says something as it is, and gives the answer as it is.</summary>
    /// <param name="message">One JSON object.</param>
    /// <param name="patience">As for <see cref="RunAsync"/>.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="VireoException">As for <see cref="RunAsync"/>; VIR_ERR_INTERNAL_ERROR: the message is no JSON object.</exception>
    public async Task<string> RunAsync(string message, TimeSpan patience, CancellationToken cancel)
    {
        try
        {
            using var document = JsonDocument.Parse(message);
            if (document.RootElement.ValueKind is not JsonValueKind.Object)
                throw VireoException.Internal(ErrorDomain.Qemu, "agent command is no JSON object");
            // On one line, whatever the caller wrote.
            message = document.RootElement.GetRawText().ReplaceLineEndings(" ");
        }
        catch (JsonException fault)
        {
            throw VireoException.Internal(ErrorDomain.Qemu, $"cannot parse json: {fault.Message}", fault);
        }
        return (await AskAsync(message, patience, cancel).ConfigureAwait(false)).GetRawText();
    }

    async Task<JsonElement> AskAsync(string message, TimeSpan patience, CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            if (_broken)
                throw AgentErrors.Gone();
            await FindAsync(patience == Timeout.InfiniteTimeSpan || patience > UsualPatience ? UsualPatience : patience, cancel).ConfigureAwait(false);
            return await ExchangeAsync(message, static _ => true, patience, AgentErrors.TooSlow, cancel).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    Task<JsonElement> FindAsync(TimeSpan patience, CancellationToken cancel)
    {
        long id = ++_sync == 1 ? _sync = time.GetUtcNow().ToUnixTimeMilliseconds() : _sync;
        return ExchangeAsync($$"""{"execute":"guest-sync","arguments":{"id":{{id}}} }""", answer => answer.Number("return") == id, patience, AgentErrors.Unresponsive, cancel);
    }

    async Task<JsonElement> ExchangeAsync(string message, Func<JsonElement, bool> isAnswer, TimeSpan patience, Func<VireoException> late, CancellationToken cancel)
    {
        using var deadline = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancel, _closing.Token);
        try
        {
            await channel.WriteAsync(System.Text.Encoding.UTF8.GetBytes(message + "\n"), either.Token).ConfigureAwait(false);
            while (true)
            {
                while (_lines.TryTake(out var line))
                    if (Read(line) is { } answer && isAnswer(answer))
                        return answer;
                int count = await channel.ReadAsync(_lines.Free(), either.Token).ConfigureAwait(false);
                if (count == 0)
                    throw Break();
                _lines.Received(count);
            }
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            throw late();
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            throw AgentErrors.Gone();
        }
        catch (IOException)
        {
            throw Break();
        }
    }

    VireoException Break()
    {
        _broken = true;
        return AgentErrors.Gone();
    }

    // Null: half of something older, or nothing that an agent says.
    static JsonElement? Read(ReadOnlyMemory<byte> line)
    {
        // An agent that was reset in the middle of a message begins anew with this octet.
        ReadOnlyMemory<byte> text = line[(line.Span.LastIndexOf((byte)0xff) + 1)..];
        if (text.Span.Trim(" \r\t"u8).IsEmpty)
            return null;
        try
        {
            using var document = JsonDocument.Parse(text);
            JsonElement root = document.RootElement;
            return root.Member("return") is not null || root.Member("error") is not null ? root.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    static string Text(IQmpCommand command)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("execute"u8, command.Name);
            json.WriteStartObject("arguments"u8);
            command.WriteArguments(json);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        return System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Hangs up. Who waits for an answer is told.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
            return;
        _disposed = true;
        await _closing.CancelAsync().ConfigureAwait(false);
        await channel.DisposeAsync().ConfigureAwait(false);
        _closing.Dispose();
    }
}
