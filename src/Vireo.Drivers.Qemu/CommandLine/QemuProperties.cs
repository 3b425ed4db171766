using System.Buffers;
using System.Collections;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Vireo.Drivers.Qemu.CommandLine;

/// <summary>
/// Named values in the order they were added. Setting null leaves a property out, so that a planner's initializer reads like
/// the result.
/// </summary>
public class QemuProperties : IEnumerable<KeyValuePair<string, QemuValue>>
{
    static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    readonly List<KeyValuePair<string, QemuValue>> items = [];

    /// <summary>Adds or replaces a property; null leaves it out.</summary>
    public QemuValue? this[string name]
    {
        get => items.FirstOrDefault(i => i.Key == name).Value;
        set
        {
            int at = items.FindIndex(i => i.Key == name);
            if (value is null)
            {
                if (at >= 0)
                    items.RemoveAt(at);
            }
            else if (at >= 0)
                items[at] = new(name, value);
            else
                items.Add(new(name, value));
        }
    }

    /// <summary>Adds a property; null leaves it out.</summary>
    public void Add(string name, QemuValue? value) => this[name] = value;

    /// <summary>Adds every property of another bag.</summary>
    public void Add(QemuProperties others)
    {
        foreach (var (name, value) in others.items)
            this[name] = value;
    }

    /// <summary>Nothing in it.</summary>
    public bool IsEmpty => items.Count == 0;

    /// <summary>Writes a JSON object.</summary>
    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        foreach (var (name, value) in items)
        {
            json.WritePropertyName(name);
            value.WriteTo(json);
        }
        json.WriteEndObject();
    }

    /// <summary>One JSON object without blanks.</summary>
    public string ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Plain))
            WriteTo(json);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    internal void WriteTo(OptionText options, string prefix, string on, string off, string? except = null)
    {
        foreach (var (name, value) in items)
            if (name != except)
                value.WriteTo(options, prefix + name, on, off);
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, QemuValue>> GetEnumerator() => items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
