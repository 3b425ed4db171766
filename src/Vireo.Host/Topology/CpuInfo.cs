using System.Globalization;

namespace Vireo.Host.Topology;

/// <summary>What /proc/cpuinfo says, read with the keys of one architecture.</summary>
/// <param name="text">The file.</param>
/// <param name="arch">libvirt's name of the architecture.</param>
public sealed class CpuInfo(string text, string arch)
{
    /// <summary>libvirt's name of the architecture.</summary>
    public string Arch => arch;

    bool IsX86 => arch is "x86_64" or "i686";

    /// <summary>The clock in MHz, rounded down; 0 where it is not told.</summary>
    public uint Mhz => Clock() is { } clock && double.TryParse(Digits(clock), NumberStyles.Float, CultureInfo.InvariantCulture, out double mhz) ? (uint)mhz : 0;

    /// <summary>The name of the processor and its revision in one line; null if this architecture has none.</summary>
    public string? Signature => arch switch
    {
        "x86_64" or "i686" when First("vendor_id") is { } vendor && First("model name") is { } name =>
            $"{vendor}, {name}, family: {First("cpu family")}, model: {First("model")}, stepping: {First("stepping")}",
        "ppc64" or "ppc64le" when First("cpu") is { } cpu && First("revision") is { } revision => $"{cpu}, rev {revision}",
        _ => null,
    };

    /// <summary>Width of physical addresses in bits; null if it is not told.</summary>
    public uint? PhysicalAddressBits =>
        First("address sizes") is { } sizes && uint.TryParse(sizes.Split(' ')[0], NumberStyles.None, CultureInfo.InvariantCulture, out uint bits) ? bits : null;

    /// <summary>The microcode's version; 0 if it is not told.</summary>
    public uint Microcode => First("microcode") is { } version
        && uint.TryParse(version.StartsWith("0x", StringComparison.Ordinal) ? version.AsSpan(2) : version, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out uint value)
            ? value
            : 0;

    /// <summary>Arm: the main id register, as far as the kernel tells its parts; null if it does not.</summary>
    public uint? MainId => Hex("CPU implementer") is { } implementer && Hex("CPU part") is { } part
        ? implementer << 24 | (Hex("CPU variant") ?? 0) << 20 | 0xf0000 | part << 4 | (uint.TryParse(First("CPU revision"), NumberStyles.None, CultureInfo.InvariantCulture, out uint revision) ? revision : 0)
        : null;

    /// <summary>POWER: the processor version register, which the kernel shows as two halves; null if it does not.</summary>
    public uint? ProcessorVersion
    {
        get
        {
            string? text = First("revision");
            int at = text?.IndexOf("(pvr ", StringComparison.Ordinal) ?? -1;
            string[] halves = at < 0 ? [] : text![(at + 5)..].TrimEnd(')').Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return halves is [var high, var low]
                && ushort.TryParse(high, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out ushort upper)
                && ushort.TryParse(low, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out ushort lower)
                ? (uint)upper << 16 | lower
                : null;
        }
    }

    uint? Hex(string key) => First(key) is { } text && text.StartsWith("0x", StringComparison.Ordinal)
        && uint.TryParse(text.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out uint value) ? value : null;

    /// <summary>The value of the first line with this key.</summary>
    public string? First(string key) => All(key).FirstOrDefault();

    /// <summary>The values of all lines with this key.</summary>
    public IEnumerable<string> All(string key)
    {
        foreach (string line in text.Split('\n'))
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0 && line.AsSpan(0, colon).TrimEnd().SequenceEqual(key))
                yield return line[(colon + 1)..].Trim();
        }
    }

    string? Clock() => arch switch
    {
        "ppc" or "ppc64" or "ppc64le" => First("clock"),
        "s390" or "s390x" => First("cpu MHz static") ?? First("cpu MHz dynamic"),
        _ when IsX86 => First("cpu MHz"),
        _ => null,
    };

    static ReadOnlySpan<char> Digits(string text)
    {
        int end = 0;
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] == '.'))
            end++;
        return text.AsSpan(0, end);
    }
}
