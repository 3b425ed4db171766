using System.Text.Json;
using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Monitor;

namespace Vireo.Drivers.Qemu.Agent.Commands;

static class AgentRead
{
    /// <summary>Most items of one kind that a guest may have.</summary>
    internal const int Most = 4096;

    internal static VireoException Malformed(string command) => VireoException.Internal(ErrorDomain.Qemu, $"malformed return value of '{command}' from the guest agent");

    internal static int Count(JsonElement reply, string command) =>
        reply.AsNumber() is { } number and >= 0 and <= int.MaxValue ? (int)number : throw Malformed(command);

    internal static ulong Unsigned(JsonElement reply, string command) =>
        reply.ValueKind is JsonValueKind.Number && reply.TryGetUInt64(out ulong number) ? number : throw Malformed(command);

    internal static IEnumerable<JsonElement> List(JsonElement reply, string command) =>
        reply.ValueKind is JsonValueKind.Array && reply.GetArrayLength() <= Most ? reply.EnumerateArray() : throw Malformed(command);

    internal static void WriteKeys(Utf8JsonWriter json, string user, IReadOnlyList<string> keys)
    {
        json.WriteString("username", user);
        json.WriteStartArray("keys");
        foreach (string key in keys)
            json.WriteStringValue(key);
        json.WriteEndArray();
    }
}
