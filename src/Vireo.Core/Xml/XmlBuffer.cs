using System.Buffers;

namespace Vireo.Core.Xml;

/// <summary>Which characters are replaced.</summary>
enum XmlEscape
{
    /// <summary>libvirt's way: all five, and control characters are dropped.</summary>
    All,

    /// <summary>libxml2's way in text.</summary>
    Text,

    /// <summary>libxml2's way in attributes.</summary>
    DoubleQuoted,
}

/// <summary>Growing text.</summary>
sealed class XmlBuffer
{
    static readonly SearchValues<char> Special = SearchValues.Create(
        "<>&'\"\0\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008\u000b\u000c\r\u000e\u000f\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f");

    char[] text = new char[2048];

    public int Length { get; set; }

    public void Raw(char c)
    {
        if (Length == text.Length)
            Grow(1);
        text[Length++] = c;
    }

    public void Raw(ReadOnlySpan<char> part)
    {
        if (part.Length > text.Length - Length)
            Grow(part.Length);
        part.CopyTo(text.AsSpan(Length));
        Length += part.Length;
    }

    /// <summary>A new line with its indent.</summary>
    public void Line(int level)
    {
        Raw('\n');
        Indent(level);
    }

    public void Indent(int level)
    {
        for (int i = 0; i < level; i++)
            Raw("  ");
    }

    public void Escaped(ReadOnlySpan<char> part, XmlEscape how)
    {
        for (int at = part.IndexOfAny(Special); at >= 0; at = part.IndexOfAny(Special))
        {
            Raw(part[..at]);
            Raw(Replacement(part[at], how));
            part = part[(at + 1)..];
        }
        Raw(part);
    }

    static ReadOnlySpan<char> Replacement(char c, XmlEscape how) => (c, how) switch
    {
        ('<', _) => "&lt;",
        ('>', _) => "&gt;",
        ('&', _) => "&amp;",
        ('\'', XmlEscape.All) => "&apos;",
        ('\'', _) => "'",
        ('"', XmlEscape.Text) => "\"",
        ('"', _) => "&quot;",
        ('\r', XmlEscape.All) => "\r",
        ('\r', _) => "&#13;",
        _ => "",
    };

    public override string ToString() => new(text, 0, Length);

    void Grow(int more) => Array.Resize(ref text, Math.Max(text.Length * 2, Length + more));
}
