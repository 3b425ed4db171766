using System.Text.Json;
using Vireo.Drivers.Qemu.Monitor;

namespace Vireo.Drivers.Qemu.Probe;

/// <summary>
/// A QMP schema that can be asked what is in it. A question begins with the name of a command, event or type, and goes on by steps between
/// slashes: <c>arg-type</c> and <c>ret-type</c> of a command or event, <c>member</c>, <c>*member</c> (one that may be left out), <c>+case</c>
/// of a variant; and at its end <c>^value</c> of an enumeration, <c>!string</c> for a type of JSON's, <c>$feature</c> of whatever was reached.
/// Lists and alternatives are looked through.
/// </summary>
public sealed class SchemaIndex
{
    readonly Dictionary<string, JsonElement> _byName;

    /// <summary>Takes the answer of query-qmp-schema.</summary>
    public SchemaIndex(JsonElement schema) =>
        _byName = schema.Items().Where(e => e.Text("name") is not null)
            .DistinctBy(e => e.Text("name")).ToDictionary(e => e.Text("name")!, StringComparer.Ordinal);

    /// <summary>An entry by its name: a command, an event or a type.</summary>
    public JsonElement? Find(string name) => _byName.TryGetValue(name, out var entry) ? entry : null;

    /// <summary>Whether the schema has it.</summary>
    /// <param name="question">As above.</param>
    public bool Has(string question) => Has(question, out _);

    /// <summary>Whether the schema has it, and which entry it is.</summary>
    /// <param name="question">As above.</param>
    /// <param name="entry">The entry; null for what is none of its own: a value, a feature, a type of JSON's.</param>
    public bool Has(string question, out JsonElement? entry)
    {
        string[] steps = question.Split('/');
        entry = Find(steps[0]);
        return entry is { } start && Reaches(start, steps.AsSpan(1), ref entry);
    }

    bool Reaches(JsonElement at, ReadOnlySpan<string> steps, ref JsonElement? entry)
    {
        entry = at;
        if (steps.IsEmpty)
            return true;
        string kind = at.Text("meta-type") ?? "";
        if (kind is "array")
            return ReachesType(at.Text("element-type"), steps, ref entry);
        if (kind is "alternate")
        {
            foreach (var one in at.Items("members"))
                if (ReachesType(one.Text("type"), steps, ref entry))
                    return true;
            return false;
        }
        string step = steps[0], name = step.Length > 0 && step[0] is '*' or '+' or '^' or '!' or '$' ? step[1..] : step;
        if (step.StartsWith('$') || step.StartsWith('^') || step.StartsWith('!'))
        {
            entry = null;
            return steps.Length == 1 && step[0] switch
            {
                '$' => HasFeature(at, name),
                '^' => kind is "enum" && at.Items("values").Any(v => v.GetString() == name),
                _ => kind is "builtin" && at.Text("json-type") == name,
            };
        }
        if (kind is "command" or "event")
            return name is "arg-type" or "ret-type" && ReachesType(at.Text(name), steps[1..], ref entry);
        if (kind is not "object")
            return false;
        if (step.StartsWith('+'))
            return ReachesType(Named(at.Items("variants"), "case", name)?.Text("type"), steps[1..], ref entry);
        if (Named(at.Items("members"), "name", name) is not { } member || step.StartsWith('*') && member.Member("default") is null)
            return false;
        if (steps.Length == 2 && steps[1].StartsWith('$') && HasFeature(member, steps[1][1..]))
        {
            entry = null;
            return true;
        }
        return ReachesType(member.Text("type"), steps[1..], ref entry);
    }

    bool ReachesType(string? type, ReadOnlySpan<string> steps, ref JsonElement? entry) =>
        type is not null && Find(type) is { } next && Reaches(next, steps, ref entry);

    static bool HasFeature(JsonElement of, string name) => of.Items("features").Any(f => f.ValueKind is JsonValueKind.String && f.GetString() == name);

    static JsonElement? Named(IEnumerable<JsonElement> all, string member, string name)
    {
        foreach (var one in all)
            if (one.Text(member) == name)
                return one;
        return null;
    }
}
