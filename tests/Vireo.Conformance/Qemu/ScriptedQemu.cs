using System.Text;
using System.Text.Json;
using Vireo.Testing.Qemu;

namespace Vireo.Conformance.Qemu;

/// <summary>A QEMU that expects commands in an order and answers each as its script says; an answer may hold an event before it.</summary>
sealed class ScriptedQemu : IAsyncDisposable
{
    readonly Queue<(string Command, string Reply)> script = [];
    readonly Stream line;
    readonly Task talking;

    /// <summary>The script of a case's step.</summary>
    public ScriptedQemu(JsonElement steps, out Stream line) : this(steps.EnumerateArray()
        .Select(static s => (s.GetProperty("execute").GetString()!, s.GetProperty("reply").GetString()!)), out line) { }

    /// <summary>Commands and their answers.</summary>
    public ScriptedQemu(IEnumerable<(string Command, string Reply)> steps, out Stream line)
    {
        foreach (var step in steps)
            script.Enqueue(step);
        (this.line, line) = SocketPair.Open();
        talking = TalkAsync();
    }

    /// <summary>What was asked against the script; null: nothing so far.</summary>
    public string? Fault { get; private set; }

    /// <summary>How much of the script is left.</summary>
    public int Left => script.Count;

    async Task TalkAsync()
    {
        try
        {
            await SendAsync("""{"QMP":{"version":{"qemu":{"major":8,"minor":0,"micro":0},"package":""},"capabilities":[]}}""");
            using var lines = new StreamReader(line, Encoding.UTF8, leaveOpen: true);
            while (await lines.ReadLineAsync() is { } asked)
                await SendAsync(Reply(asked));
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The line is closed.
        }
    }

    string Reply(string asked)
    {
        using JsonDocument document = JsonDocument.Parse(asked);
        string command = document.RootElement.GetProperty("execute").GetString()!;
        if (command is "qmp_capabilities")
            return """{"return":{}}""";
        if (script.TryDequeue(out var next) && next.Command == command)
            return string.Join("\r\n", next.Reply.Split("\r\n").Select(static part => part.ReplaceLineEndings(" ")));       // an answer is one line
        Fault ??= $"asked '{command}' where the script has '{next.Command ?? "nothing"}'";
        return """{"error":{"class":"GenericError","desc":"not in the script"}}""";
    }

    Task SendAsync(string text) => line.WriteAsync(Encoding.UTF8.GetBytes(text + "\r\n")).AsTask();

    public async ValueTask DisposeAsync()
    {
        await line.DisposeAsync();
        await talking;
    }
}
