using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Vireo.Cpu.Map;

/// <summary>A libvirt release, by which a CPU map is asked for: 9.0.0.</summary>
public readonly record struct MapRelease(int Major, int Minor, int Micro) : IComparable<MapRelease>
{
    /// <summary>Reads <c>9.0.0</c>, <c>9.0</c> or <c>newest</c>. Parts are up to 999.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out MapRelease release)
    {
        release = default;
        if (text == "newest")
        {
            release = CpuMap.Newest;
            return true;
        }
        string[] parts = text?.Split('.') ?? [];
        if (parts.Length is not (2 or 3) || !Part(parts[0], out int major) || !Part(parts[1], out int minor))
            return false;
        int micro = 0;
        if (parts.Length == 3 && !Part(parts[2], out micro))
            return false;
        release = new MapRelease(major, minor, micro);
        return true;
    }

    /// <summary>The release that libvirt's version number stands for: 9000000 is 9.0.0.</summary>
    public static MapRelease OfVersion(ulong version) => new((int)(version / 1_000_000), (int)(version / 1000 % 1000), (int)(version % 1000));

    public int CompareTo(MapRelease other) => (Major, Minor, Micro).CompareTo((other.Major, other.Minor, other.Micro));

    public static bool operator <(MapRelease a, MapRelease b) => a.CompareTo(b) < 0;

    public static bool operator >(MapRelease a, MapRelease b) => a.CompareTo(b) > 0;

    public static bool operator <=(MapRelease a, MapRelease b) => a.CompareTo(b) <= 0;

    public static bool operator >=(MapRelease a, MapRelease b) => a.CompareTo(b) >= 0;

    public override string ToString() => $"{Major}.{Minor}.{Micro}";

    static bool Part(string text, out int value) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value < 1000;
}
