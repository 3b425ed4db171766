using System.Text.Json;
using Vireo.Core;

namespace Vireo.Drivers.Qemu.CommandLine;

/// <summary>A value of a QEMU property, typed as QAPI has it, so that it renders as JSON and as option text.</summary>
public abstract record QemuValue
{
    sealed record Text(string Value) : QemuValue;
    sealed record Signed(long Value) : QemuValue;
    sealed record Unsigned(ulong Value) : QemuValue;
    sealed record Switch(bool Value) : QemuValue;
    sealed record Nested(QemuProperties Value) : QemuValue;
    sealed record Nothing : QemuValue;
    sealed record Set(CpuSet Value) : QemuValue;
    sealed record Sequence(IReadOnlyList<QemuValue> Items) : QemuValue;

    /// <summary>JSON's null.</summary>
    public static QemuValue Null { get; } = new Nothing();

    /// <summary>Text; null stands for "leave it out".</summary>
    public static implicit operator QemuValue?(string? value) => value is null ? null : new Text(value);

    /// <summary>A number; null stands for "leave it out".</summary>
    public static implicit operator QemuValue?(int? value) => value is { } number ? new Signed(number) : null;

    /// <summary>A number; null stands for "leave it out".</summary>
    public static implicit operator QemuValue?(long? value) => value is { } number ? new Signed(number) : null;

    /// <summary>A number; null stands for "leave it out".</summary>
    public static implicit operator QemuValue?(uint? value) => value is { } number ? new Unsigned(number) : null;

    /// <summary>A number; null stands for "leave it out".</summary>
    public static implicit operator QemuValue?(ulong? value) => value is { } number ? new Unsigned(number) : null;

    /// <summary>A switch; null stands for "leave it out".</summary>
    public static implicit operator QemuValue?(bool? value) => value is { } on ? new Switch(on) : null;

    /// <summary>An object; null stands for "leave it out".</summary>
    public static implicit operator QemuValue?(QemuProperties? value) => value is null ? null : new Nested(value);

    /// <summary>An array.</summary>
    public static QemuValue Array(params IReadOnlyList<QemuProperties> items) => new Sequence([.. items.Select(static i => new Nested(i))]);

    /// <summary>An array of words.</summary>
    public static QemuValue Array(IEnumerable<string> items) => new Sequence([.. items.Select(static i => new Text(i))]);

    /// <summary>An array of numbers.</summary>
    public static QemuValue Array(IEnumerable<int> items) => new Sequence([.. items.Select(static i => new Signed(i))]);

    /// <summary>A set of numbers: an array, or in the old syntax a key for each range.</summary>
    public static QemuValue Numbers(CpuSet value) => new Set(value);

    /// <summary>The text of it; null: it is none.</summary>
    public string? AsText() => (this as Text)?.Value;

    /// <summary>Writes the value.</summary>
    public void WriteTo(Utf8JsonWriter json)
    {
        switch (this)
        {
            case Text text: json.WriteStringValue(text.Value); break;
            case Signed number: json.WriteNumberValue(number.Value); break;
            case Unsigned number: json.WriteNumberValue(number.Value); break;
            case Switch on: json.WriteBooleanValue(on.Value); break;
            case Nested nested: nested.Value.WriteTo(json); break;
            case Nothing: json.WriteNullValue(); break;
            case Set set:
                json.WriteStartArray();
                foreach (int member in set.Value.Members)
                    json.WriteNumberValue(member);
                json.WriteEndArray();
                break;
            case Sequence sequence:
                json.WriteStartArray();
                foreach (QemuValue item in sequence.Items)
                    item.WriteTo(json);
                json.WriteEndArray();
                break;
        }
    }

    /// <summary>Adds key=value pairs in the syntax from before JSON: objects become dotted keys, a list repeats its key.</summary>
    internal void WriteTo(OptionText options, string key, string on, string off)
    {
        switch (this)
        {
            case Text text: options.Add(key, text.Value); break;
            case Signed number: options.Add(key, number.Value.ToString()); break;
            case Unsigned number: options.Add(key, number.Value.ToString()); break;
            case Switch value: options.Add(key, value.Value ? on : off); break;
            case Set set:
                foreach (string range in set.Value.ToXml().Split(',', StringSplitOptions.RemoveEmptyEntries))
                    options.Add(key, range);
                break;
            case Nested nested: nested.Value.WriteTo(options, key + ".", on, off); break;
            case Sequence sequence:
                foreach (QemuValue item in sequence.Items)
                    item.WriteTo(options, key, on, off);
                break;
        }
    }
}
