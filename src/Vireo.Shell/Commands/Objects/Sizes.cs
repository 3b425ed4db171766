using System.Globalization;
using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Shell.Parsing;

namespace Vireo.Shell.Commands.Objects;

/// <summary>Sizes as virsh writes and reads them.</summary>
static class Sizes
{
    static readonly string[] units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

    /// <summary>With two digits behind the point, in the largest unit that leaves something before it.</summary>
    public static string Pretty(ulong bytes)
    {
        double value = bytes;
        int unit = 0;
        for (; value >= 1024 && unit < units.Length - 1; unit++)
            value /= 1024;
        return string.Create(CultureInfo.InvariantCulture, $"{value:F2} {units[unit]}");
    }

    /// <summary>The size that an option gives: a number and perhaps a unit.</summary>
    /// <param name="text">What was typed.</param>
    /// <param name="usual">Bytes of the unit that is meant where none is written.</param>
    /// <param name="complaint">What is said if it is no size; behind it comes why, where the library would say it.</param>
    /// <returns>Bytes.</returns>
    public static ulong Parse(string text, ulong usual, string complaint)
    {
        int digits = 0;
        while (digits < text.Length && char.IsAsciiDigit(text[digits]))
            digits++;
        if (digits is 0 || !ulong.TryParse(text.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out ulong number))
            throw new CommandFailure(complaint);
        string unit = text[digits..];
        if (MemorySize.UnitBytes(unit.Length is 0 ? null : unit, usual) is not { } scale)
            throw new CommandFailure(complaint, VireoException.InvalidArgument(ErrorDomain.None, $"unknown suffix '{unit}'"));
        UInt128 bytes = (UInt128)number * scale;
        return bytes <= ulong.MaxValue ? (ulong)bytes
            : throw new CommandFailure(complaint, new VireoException(ErrorCode.Overflow, ErrorDomain.None, $"value too large: {text}"));
    }

    /// <summary>A size in bytes unless it says otherwise.</summary>
    public static ulong Needed(string text) => Parse(text, 1, $"Malformed size {text}");
}
