using System.Globalization;

namespace Vireo.Core.Xml;

/// <summary>
/// Writes a document in libvirt's layout: two blanks of indent, single quotes, empty elements closed in their start tag. A null value writes nothing;
/// an element may be taken back if nothing was written into it.
/// </summary>
public sealed class XmlOutput(XmlOutputOptions options)
{
    readonly XmlBuffer buffer = new();
    List<(string Name, string Value)>? record;
    Level[] levels = new Level[8];
    int depth;

    struct Level
    {
        public int Start;           // where the element begins, before the parent's start tag was closed
        public int Begun;           // where its content begins if it has any
        public bool HasChildren;
        public bool HasText;
        public bool ParentHadChildren;
    }

    /// <summary>How it is written.</summary>
    public XmlOutputOptions Options => options;

    /// <summary>Members that only a running machine has are left out.</summary>
    public bool Inactive => options.Inactive;

    /// <summary>What only a status file has is written.</summary>
    public bool Status => options.Status;

    /// <summary>Passwords are written.</summary>
    public bool Secure => options.Secure;

    /// <summary>What was written.</summary>
    public override string ToString() => buffer.ToString();

    /// <summary>Begins an element.</summary>
    public void Open(string name)
    {
        int start = buffer.Length;
        bool had = Child();
        buffer.Raw('<');
        buffer.Raw(name);
        if (depth + 1 >= levels.Length)
            Array.Resize(ref levels, levels.Length * 2);
        levels[++depth] = new Level { Start = start, Begun = buffer.Length, ParentHadChildren = had };
    }

    /// <summary>Ends the element.</summary>
    public void Close(string name)
    {
        ref Level level = ref levels[depth];
        if (!level.HasChildren && !level.HasText)
        {
            buffer.Raw("/>\n");
            depth--;
            return;
        }
        depth--;
        if (level.HasChildren)
            buffer.Indent(depth + options.Indent);
        buffer.Raw("</");
        buffer.Raw(name);
        buffer.Raw(">\n");
    }

    /// <summary>Ends the element with an end tag even if nothing is in it.</summary>
    public void CloseBlock(string name)
    {
        if (!levels[depth].HasChildren)
            buffer.Raw(">\n");
        levels[depth].HasChildren = true;
        Close(name);
    }

    /// <summary>Ends the element, or takes it back if nothing was written into it.</summary>
    public void CloseNonEmpty(string name)
    {
        Level level = levels[depth];
        if (buffer.Length > level.Begun)
        {
            Close(name);
            return;
        }
        buffer.Length = level.Start;
        depth--;
        levels[depth].HasChildren = level.ParentHadChildren;
    }

    /// <summary>An element with nothing in it.</summary>
    public void Empty(string name)
    {
        Child();
        buffer.Raw('<');
        buffer.Raw(name);
        buffer.Raw("/>\n");
    }

    /// <summary>An element with text only.</summary>
    public void TextElement(string name, string? text)
    {
        if (text is null)
            return;
        Open(name);
        Text(text);
        Close(name);
    }

    /// <summary>An attribute of the element begun last.</summary>
    public void Attribute(string name, string? value)
    {
        if (value is null)
            return;
        if (record is not null)
        {
            record.Add((name, value));
            return;
        }
        buffer.Raw(' ');
        buffer.Raw(name);
        buffer.Raw("='");
        buffer.Escaped(value, XmlEscape.All);
        buffer.Raw('\'');
    }

    /// <summary>The attributes that <paramref name="write"/> would write, in its order.</summary>
    public IReadOnlyList<(string Name, string Value)> AttributesOf(Action<XmlOutput> write)
    {
        var all = record = [];
        write(this);
        record = null;
        return all;
    }

    /// <summary>The text of the element begun last.</summary>
    public void Text(string? text)
    {
        if (text is null)
            return;
        if (!levels[depth].HasText && !levels[depth].HasChildren)
            buffer.Raw('>');
        levels[depth].HasText = true;
        buffer.Escaped(text, XmlEscape.All);
    }

    /// <summary><c>&lt;name state='on'/&gt;</c></summary>
    public void Switch(string name, bool? on)
    {
        if (on is null)
            return;
        Open(name);
        Attribute("state", OnOff(on));
        Close(name);
    }

    /// <summary>A kept piece as libxml2 writes it, with double quotes.</summary>
    public void Fragment(XmlFragment fragment)
    {
        Child();
        XmlFragmentText.Write(buffer, fragment.Text, depth + options.Indent, '"', null);
        buffer.Raw('\n');
    }

    /// <summary>A kept piece in libvirt's layout; its namespace is declared at the root.</summary>
    public void Foreign(XmlFragment fragment)
    {
        Child();
        XmlFragmentText.Write(buffer, fragment.Text, depth + options.Indent, '\'', fragment.Namespace);
        buffer.Raw('\n');
    }

    /// <summary>Begins a child: ends the parent's start tag and indents; true if the parent had children already.</summary>
    bool Child()
    {
        ref Level parent = ref levels[depth];
        bool had = parent.HasChildren;
        if (depth > 0 && !had)
            buffer.Raw(parent.HasText ? "\n" : ">\n");
        parent.HasChildren = true;
        buffer.Indent(depth + options.Indent);
        return had;
    }

    /// <summary>The largest unit in which <paramref name="size"/> is a whole number.</summary>
    public static string PrettyUnit(MemorySize size) => Pretty(size).Unit;

    /// <summary><paramref name="size"/> in that unit.</summary>
    public static string PrettyNumber(MemorySize size) => Pretty(size).Number.ToString(CultureInfo.InvariantCulture);

    static (ulong Number, string Unit) Pretty(MemorySize size)
    {
        (ulong number, int unit) = (size.KiB, 0);
        for (; number > 0 && number % 1024 == 0 && unit < 4; unit++)
            number /= 1024;
        return (number, unit switch { 0 => "KiB", 1 => "MiB", 2 => "GiB", 3 => "TiB", _ => "PiB" });
    }

    /// <summary>yes, no or nothing.</summary>
    public static string? YesNo(bool? value) => value switch { true => "yes", false => "no", null => null };

    /// <summary>on, off or nothing.</summary>
    public static string? OnOff(bool? value) => value switch { true => "on", false => "off", null => null };

    /// <summary>A number or nothing.</summary>
    public static string? Number<T>(T? value) where T : struct, IFormattable => value?.ToString(null, CultureInfo.InvariantCulture);

    /// <summary>0x and at least <paramref name="digits"/> hexadecimal digits, or nothing.</summary>
    public static string? Hex(ulong? value, int digits) =>
        value is { } number ? string.Concat("0x", number.ToString($"x{digits}", CultureInfo.InvariantCulture)) : null;
}

/// <summary>How a document is written.</summary>
/// <param name="Inactive">Without what only a running machine has.</param>
/// <param name="Secure">With passwords.</param>
/// <param name="Indent">The level of the root, when it stands inside another document.</param>
/// <param name="Status">With what only a status file has.</param>
public sealed record XmlOutputOptions(bool Inactive = false, bool Secure = false, int Indent = 0, bool Status = false);
