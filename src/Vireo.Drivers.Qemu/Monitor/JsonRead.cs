using System.Text.Json;

namespace Vireo.Drivers.Qemu.Monitor;

/// <summary>Members of answers, read without trust: what is missing or of another type is null.</summary>
static class JsonRead
{
    internal static JsonElement? Member(this JsonElement from, string name) =>
        from.ValueKind == JsonValueKind.Object && from.TryGetProperty(name, out var value) ? value : null;

    internal static string? Text(this JsonElement from, string name) =>
        from.Member(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    internal static bool? Flag(this JsonElement from, string name) =>
        from.Member(name) is { ValueKind: JsonValueKind.True or JsonValueKind.False } value ? value.GetBoolean() : null;

    internal static long? Number(this JsonElement from, string name) => from.Member(name) is { } value ? value.AsNumber() : null;

    internal static ulong? Unsigned(this JsonElement from, string name) =>
        from.Member(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetUInt64(out ulong number) ? number : null;

    internal static long? AsNumber(this JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number) ? number : null;

    internal static IEnumerable<JsonElement> Items(this JsonElement from) =>
        from.ValueKind == JsonValueKind.Array ? from.EnumerateArray() : Enumerable.Empty<JsonElement>();

    internal static IEnumerable<JsonElement> Items(this JsonElement from, string name) => from.Member(name)?.Items() ?? [];

    /// <summary>Writes a member that may be left out.</summary>
    internal static void WriteGiven(this Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
            json.WriteString(name, value);
    }

    /// <summary>Writes a member whose 0 says nothing.</summary>
    internal static void WriteGiven(this Utf8JsonWriter json, string name, ulong value)
    {
        if (value != 0)
            json.WriteNumber(name, value);
    }

    internal static string Needed(this JsonElement from, string name) =>
        from.Text(name) ?? throw QmpErrors.Malformed($"no '{name}'");
}
