using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Vireo.Testing.Qemu;

namespace Vireo.Conformance.Qemu;

/// <summary>A QEMU that answers as it was recorded, and only if it is asked what it was asked then, in that order.</summary>
sealed class RecordedQemu : IAsyncDisposable
{
    readonly Stream stream;
    readonly Queue<(JsonNode Asked, JsonNode Answer)> rest;
    readonly Task talking;
    string? wrong;

    RecordedQemu(Stream stream, IEnumerable<(JsonNode, JsonNode)> talk)
    {
        this.stream = stream;
        rest = new(talk);
        talking = Task.Run(TalkAsync);
    }

    /// <summary>The recorded conversations, question and answer; each begins with the end of negotiation.</summary>
    public static IReadOnlyList<IReadOnlyList<(JsonNode Asked, JsonNode Answer)>> Conversations(string recorded)
    {
        var all = new List<List<(JsonNode, JsonNode)>>();
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(recorded), new JsonReaderOptions { AllowMultipleValues = true });
        JsonNode? asked = null;
        while (reader.Read())
        {
            JsonNode one = JsonNode.Parse(ref reader)!;
            if (asked is null)
            {
                asked = one;
                if (asked["execute"]!.GetValue<string>() == "qmp_capabilities")
                    all.Add([]);
                continue;
            }
            all[^1].Add((asked, one));
            asked = null;
        }
        return all;
    }

    /// <summary>Begins to answer; the other end of the line comes with it.</summary>
    public static RecordedQemu Start(IReadOnlyList<(JsonNode Asked, JsonNode Answer)> talk, out Stream line)
    {
        var (ours, theirs) = SocketPair.Open();
        line = theirs;
        return new RecordedQemu(ours, talk);
    }

    /// <summary>Ends, and says what was asked wrongly or not at all.</summary>
    public async Task<string?> EndAsync()
    {
        stream.Close();
        await talking;
        return wrong ?? (rest.Count > 0 ? $"never asked {Text(rest.Peek().Asked)}" : null);
    }

    public async ValueTask DisposeAsync() => await EndAsync();

    async Task TalkAsync()
    {
        try
        {
            await SayAsync("""{"QMP":{"version":{"qemu":{"major":1,"minor":0,"micro":0},"package":""},"capabilities":[]}}""");
            using var lines = new StreamReader(stream, Encoding.UTF8, leaveOpen: true);
            while (await lines.ReadLineAsync() is { } line)
                await SayAsync(Answer(JsonNode.Parse(line)!));
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The line is closed.
        }
    }

    string Answer(JsonNode asked)
    {
        if (wrong is null && rest.TryPeek(out var next) && JsonNode.DeepEquals(asked["execute"], next.Asked["execute"])
            && (asked["arguments"] is JsonObject { Count: > 0 } own ? JsonNode.DeepEquals(own, next.Asked["arguments"]) : next.Asked["arguments"] is not JsonObject { Count: > 0 }))
        {
            rest.Dequeue();
            var answer = next.Answer.DeepClone().AsObject();
            answer.Remove("id");
            return answer.ToJsonString();
        }
        wrong ??= $"want {(rest.TryPeek(out var wanted) ? Text(wanted.Asked) : "nothing more")} got {Text(asked)}";
        return """{"error":{"class":"GenericError","desc":"not what was recorded"}}""";
    }

    static string Text(JsonNode asked) => $"{asked["execute"]} {asked["arguments"]?.ToJsonString()}".TrimEnd();

    Task SayAsync(string text) => stream.WriteAsync(Encoding.UTF8.GetBytes(text + "\r\n")).AsTask();
}
