using System.Text.Json;
using Vireo.Drivers.Qemu.Monitor;

namespace Vireo.Drivers.Qemu.Probe;

/// <summary>A QMP schema that answers "does COMMAND know PATH", a path being members, variants and values.</summary>
public sealed class SchemaIndex
{
    readonly Dictionary<string, JsonElement> _byName;

    /// <summary>Takes the answer of query-qmp-schema.</summary>
    public SchemaIndex(JsonElement schema) =>
        _byName = schema.Items().Where(e => e.Text("name") is not null)
            .DistinctBy(e => e.Text("name")).ToDictionary(e => e.Text("name")!, StringComparer.Ordinal);

    /// <summary>An entry by its name: a command, an event or a type.</summary>
    public JsonElement? Find(string name) => _byName.TryGetValue(name, out var entry) ? entry : null;

    internal bool HasFeature(string command, string feature) =>
        Find(command) is { } entry && entry.Items("features").Any(f => f.GetString() == feature);

    internal bool Takes(string command, string path) => Find(command)?.Text("arg-type") is { } type && Reaches(type, path.Split('/'), 0);

    internal bool Returns(string command, string path) => Find(command)?.Text("ret-type") is { } type && Reaches(type, path.Split('/'), 0);

    bool Reaches(string type, string[] path, int at)
    {
        if (at == path.Length) return true;
        if (Find(type) is not { } entry) return false;
        switch (entry.Text("meta-type"))
        {
            case "object":
                return entry.Items("members").Any(m => m.Text("name") == path[at] && Reaches(m.Text("type") ?? "", path, at + 1))
                    || entry.Items("variants").Any(v => v.Text("case") == path[at] && Reaches(v.Text("type") ?? "", path, at + 1));
            case "enum":
                return at == path.Length - 1 && entry.Items("values").Any(v => v.GetString() == path[at]);
            case "array":
                return Reaches(entry.Text("element-type") ?? "", path, at);
            case "alternate":
                return entry.Items("members").Any(m => Reaches(m.Text("type") ?? "", path, at));
            default:
                return false;
        }
    }
}
