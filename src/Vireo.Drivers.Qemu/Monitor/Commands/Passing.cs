using System.Text.Json;

namespace Vireo.Drivers.Qemu.Monitor.Commands;

/// <summary>Somebody else's message.</summary>
/// <param name="Message">A JSON object.</param>
/// <param name="Id">What it is called in the answer.</param>
public sealed record PassOn(JsonElement Message, string Id) : IQmpCommand<JsonElement>
{
    /// <inheritdoc/>
    public string Name => Message.Text("execute") ?? "";

    /// <inheritdoc/>
    public void WriteMessage(QmpLine line)
    {
        foreach (JsonProperty member in Message.EnumerateObject())
            member.WriteTo(line.Json);
        line.Json.WriteString("id"u8, Id);
    }

    /// <inheritdoc/>
    public JsonElement Read(JsonElement reply) => reply.Clone();
}

/// <summary>A command as a person would type it; what QEMU prints.</summary>
/// <param name="Line">The command.</param>
public sealed record HumanCommand(string Line) : IQmpCommand<string>
{
    /// <inheritdoc/>
    public string Name => "human-monitor-command";

    /// <inheritdoc/>
    public void WriteArguments(Utf8JsonWriter json) => json.WriteString("command-line", Line);

    /// <inheritdoc/>
    public string Read(JsonElement reply) => reply.GetString() ?? "";
}
