using System.Text.Json;
using Vireo.Drivers.Qemu.Probe;

namespace Vireo.Testing.Qemu;

/// <summary>Says whether a JSON value is of a type of a QMP schema.</summary>
/// <param name="schema">The schema.</param>
public sealed class SchemaCheck(SchemaIndex schema)
{
    /// <summary>Members of what was looked at that a later QEMU will not have, by where they are.</summary>
    public SortedSet<string> Deprecated { get; } = new(StringComparer.Ordinal);

    /// <summary>An entry or a member will go away.</summary>
    /// <param name="entry">It, in the schema.</param>
    public static bool IsDeprecated(JsonElement entry) => Items(entry, "features").Any(static f => f.GetString() == "deprecated");

    /// <summary>What is wrong with a value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="type">The type's name in the schema.</param>
    /// <param name="at">Where the value is, for messages.</param>
    public IEnumerable<string> Of(JsonElement value, string type, string at) =>
        schema.Find(type) is { } entry ? Of(value, entry, at) : [$"{at}: the schema has no type '{type}'"];

    /// <summary>What is wrong with a value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="entry">The schema's entry of the type.</param>
    /// <param name="at">Where the value is, for messages.</param>
    public IEnumerable<string> Of(JsonElement value, JsonElement entry, string at) => Text(entry, "meta-type") switch
    {
        "object" => value.ValueKind is JsonValueKind.Object ? OfObject(value, entry, at) : [$"{at}: not an object"],
        "array" => value.ValueKind is JsonValueKind.Array ? value.EnumerateArray().SelectMany(item => Of(item, Text(entry, "element-type")!, at + "[]")) : [$"{at}: not an array"],
        "enum" => value.ValueKind is JsonValueKind.String && Items(entry, "values").Any(v => v.GetString() == value.GetString()) ? [] : [$"{at}: {value} is not a value of it"],
        "alternate" => Items(entry, "members").Any(one => !Of(value, Text(one, "type")!, at).Any()) ? [] : [$"{at}: {value} is none of what it may be"],
        "builtin" => Fits(value, Text(entry, "json-type")) ? [] : [$"{at}: not {Text(entry, "json-type")}"],
        var other => [$"{at}: {other} is no type"],
    };

    static bool Fits(JsonElement value, string? kind) => kind switch
    {
        "string" => value.ValueKind is JsonValueKind.String,
        "int" => value.ValueKind is JsonValueKind.Number && (value.TryGetInt64(out _) || value.TryGetUInt64(out _)),
        "number" => value.ValueKind is JsonValueKind.Number,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind is JsonValueKind.Null,
        _ => true,
    };

    IEnumerable<string> OfObject(JsonElement value, JsonElement type, string at)
    {
        var members = Items(type, "members").ToDictionary(static m => Text(m, "name")!, StringComparer.Ordinal);
        if (Text(type, "tag") is { } tag && value.TryGetProperty(tag, out var chosen) && chosen.ValueKind is JsonValueKind.String)
            foreach (var variant in Items(type, "variants"))
                if (Text(variant, "case") == chosen.GetString() && schema.Find(Text(variant, "type")!) is { } more)
                    foreach (var m in Items(more, "members"))
                        members[Text(m, "name")!] = m;
        foreach (var member in value.EnumerateObject())
        {
            if (!members.TryGetValue(member.Name, out var known))
                yield return $"{at}: unknown member {member.Name}";
            else
            {
                if (IsDeprecated(known))
                    Deprecated.Add($"{at}.{member.Name}");
                foreach (string wrong in Of(member.Value, Text(known, "type")!, $"{at}.{member.Name}"))
                    yield return wrong;
            }
        }
        foreach (var (name, member) in members)
            if (!member.TryGetProperty("default", out _) && !value.TryGetProperty(name, out _))
                yield return $"{at}: {name} is missing";
    }

    static string? Text(JsonElement from, string name) => from.TryGetProperty(name, out var value) ? value.GetString() : null;

    static IEnumerable<JsonElement> Items(JsonElement from, string name) => from.TryGetProperty(name, out var value) ? value.EnumerateArray() : Enumerable.Empty<JsonElement>();
}
