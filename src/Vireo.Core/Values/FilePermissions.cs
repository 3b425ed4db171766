using System.Globalization;
using Vireo.Core.Xml;

namespace Vireo.Core;

/// <summary>A file's permissions, written as four octal digits.</summary>
/// <param name="Bits">The nine bits.</param>
public readonly record struct FilePermissions(uint Bits) : IXmlValue<FilePermissions>
{
    /// <summary>Octal digits up to 0777.</summary>
    public static bool TryParse(string text, out FilePermissions value)
    {
        uint bits = 0;
        bool good = text.Length > 0;
        foreach (char digit in text)
        {
            good &= digit is >= '0' and <= '7' && bits <= 0x3F || digit == '0' && bits == 0;
            bits = bits << 3 | (uint)(digit & 7);
        }
        value = new FilePermissions(good ? bits : 0);
        return good;
    }

    /// <inheritdoc/>
    public string ToXml() => $"0{Bits >> 6 & 7}{Bits >> 3 & 7}{Bits & 7}";

    /// <inheritdoc/>
    public override string ToString() => ToXml();
}
