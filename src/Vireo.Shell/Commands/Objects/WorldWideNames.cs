using System.Globalization;

namespace Vireo.Shell.Commands.Objects;

/// <summary>Names of ports, nodes and disks that are their own in the whole world.</summary>
static class WorldWideNames
{
    /// <summary>Sixteen hexadecimal digits, perhaps behind 0x.</summary>
    public static bool IsOne(string text)
    {
        ReadOnlySpan<char> digits = text.StartsWith("0x", StringComparison.Ordinal) ? text.AsSpan(2) : text;
        return digits.Length is 16 && ulong.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out _);
    }
}
