using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Vireo.Testing.Qemu;

/// <summary>
/// A QEMU that speaks real QMP over a socket pair: it greets, answers what it was told to answer, and tells events when the test says so.
/// </summary>
public sealed class FakeQemu : IAsyncDisposable
{
    readonly Stream _stream;
    readonly ConcurrentDictionary<string, Func<JsonNode?, string>> _answers = new(StringComparer.Ordinal);
    readonly SemaphoreSlim _writing = new(1);
    readonly Task _talking;
    volatile TaskCompletionSource _awake = Opened();

    FakeQemu(Stream stream, string version)
    {
        _stream = stream;
        int[] parts = [.. version.Split('.').Select(int.Parse), 0, 0];
        string qemu = $$$"""{"qemu":{"major":{{{parts[0]}}},"minor":{{{parts[1]}}},"micro":{{{parts[2]}}}},"package":""}""";
        Answer("qmp_capabilities", "{}");
        Answer("query-version", qemu);
        _talking = TalkAsync($$$"""{"QMP":{"version":{{{qemu}}},"capabilities":[]}}""");
    }

    /// <summary>Starts one; the monitor's end of the line comes with it.</summary>
    public static FakeQemu Speaking(string version, out Stream line)
    {
        var (ours, theirs) = SocketPair.Open();
        line = theirs;
        return new FakeQemu(ours, version);
    }

    /// <summary>One that answers as a recorded conversation did (question, answer, question, answer, ...).</summary>
    public static FakeQemu Replaying(string recorded, out Stream line)
    {
        var fake = Speaking("1.0", out line);
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        var all = Documents(recorded).ToList();
        for (int i = 0; i + 1 < all.Count; i += 2)
        {
            string key = Key(all[i]["execute"]!.GetValue<string>(), all[i]["arguments"]);
            texts.TryAdd(key, all[i + 1].ToJsonString());
        }
        fake.Recorded = texts;
        return fake;
    }

    /// <summary>Every command received, in order, as it came.</summary>
    public ConcurrentQueue<string> Received { get; } = new();

    IReadOnlyDictionary<string, string>? Recorded { get; set; }

    /// <summary>From now on <paramref name="command"/> is answered so.</summary>
    public FakeQemu Answer(string command, string value)
    {
        _answers[command] = _ => $$$"""{"return":{{{value}}}}""";
        return this;
    }

    /// <summary>From now on <paramref name="command"/> is answered by what <paramref name="reply"/> makes of its arguments.</summary>
    public FakeQemu Answer(string command, Func<JsonNode?, string> reply)
    {
        _answers[command] = arguments => $$$"""{"return":{{{reply(arguments)}}}}""";
        return this;
    }

    /// <summary>From now on <paramref name="command"/> is refused.</summary>
    public FakeQemu Refuse(string command, string description, string @class = "GenericError")
    {
        _answers[command] = _ => $$$"""{"error":{"class":"{{{@class}}}","desc":"{{{description}}}"}}""";
        return this;
    }

    /// <summary>Tells an event.</summary>
    public Task TellAsync(string name, string data = "{}") =>
        SendAsync($$$"""{"event":"{{{name}}}","data":{{{data}}},"timestamp":{"seconds":1,"microseconds":2}}""");

    /// <summary>Sends text as it is.</summary>
    public async Task SendAsync(string text)
    {
        await _writing.WaitAsync();
        try
        {
            await _stream.WriteAsync(Encoding.UTF8.GetBytes(text + "\r\n"));
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Stops answering, as under SIGSTOP.</summary>
    public void Freeze() => _awake = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Answers again, and what was asked meanwhile.</summary>
    public void Thaw() => _awake.TrySetResult();

    /// <summary>Dies.</summary>
    public void Die() => _stream.Dispose();

    async Task TalkAsync(string greeting)
    {
        try
        {
            await SendAsync(greeting);
            using var lines = new StreamReader(_stream, Encoding.UTF8, leaveOpen: true);
            while (await lines.ReadLineAsync() is { } line)
            {
                Received.Enqueue(line);
                await _awake.Task;
                await SendAsync(Reply(line));
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The line is closed.
        }
    }

    string Reply(string line)
    {
        var asked = JsonNode.Parse(line)!;
        string command = asked["execute"]!.GetValue<string>();
        if (Recorded?.GetValueOrDefault(Key(command, asked["arguments"])) is { } recorded) return recorded;
        if (_answers.TryGetValue(command, out var answer)) return answer(asked["arguments"]);
        return $$$"""{"error":{"class":"CommandNotFound","desc":"The command {{{command}}} has not been found"}}""";
    }

    static string Key(string command, JsonNode? arguments) =>
        command + " " + (arguments is JsonObject { Count: > 0 } some ? some.ToJsonString() : "");

    static List<JsonNode> Documents(string text)
    {
        var found = new List<JsonNode>();
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text), new JsonReaderOptions { AllowMultipleValues = true });
        while (reader.Read())
            found.Add(JsonNode.Parse(ref reader)!);
        return found;
    }

    static TaskCompletionSource Opened()
    {
        var source = new TaskCompletionSource();
        source.SetResult();
        return source;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Thaw();
        await _stream.DisposeAsync();
        await _talking;
        _writing.Dispose();
    }
}
