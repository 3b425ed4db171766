using System.Text;

namespace Vireo.Drivers.Qemu.CommandLine;

/// <summary>Text of the form head,key=value,flag; commas in values are doubled.</summary>
public sealed class OptionText
{
    readonly StringBuilder text = new();

    /// <summary>Begins with a word, such as the driver; empty for none.</summary>
    public OptionText(string head = "") => text.Append(Escape(head));

    /// <summary>Adds key=value.</summary>
    public OptionText Add(string key, string value)
    {
        Comma();
        text.Append(key).Append('=').Append(Escape(value));
        return this;
    }

    /// <summary>Adds key=value unless the value is null.</summary>
    public OptionText AddIf(string key, string? value) => value is null ? this : Add(key, value);

    /// <summary>Adds key=on or key=off.</summary>
    public OptionText Switch(string key, bool on) => Add(key, on ? "on" : "off");

    /// <summary>Adds a word without a value.</summary>
    public OptionText Word(string word)
    {
        Comma();
        text.Append(word);
        return this;
    }

    /// <summary>Doubles the commas.</summary>
    public static string Escape(string value) => value.Replace(",", ",,", StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => text.ToString();

    void Comma()
    {
        if (text.Length > 0)
            text.Append(',');
    }
}
