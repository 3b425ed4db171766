namespace Vireo.Core;

/// <summary>An amount of memory in KiB, as libvirt counts a machine's memory.</summary>
/// <param name="KiB">How much.</param>
public readonly record struct MemorySize(ulong KiB)
{
    /// <summary>In bytes.</summary>
    public ulong Bytes => KiB * 1024;

    /// <summary>In whole MiB, rounded up.</summary>
    public ulong MiB => (KiB + 1023) / 1024;

    /// <summary>From MiB.</summary>
    public static MemorySize FromMiB(ulong mib) => new(mib * 1024);

    /// <summary>How many bytes a unit stands for (<c>b</c>, <c>bytes</c>, <c>KB</c>, <c>k</c>, <c>KiB</c> ... <c>EiB</c>, in any case of letters); null if there is no such unit.</summary>
    /// <param name="unit">The unit's name; nothing means the usual one.</param>
    /// <param name="usual">Bytes of the unit that is meant where none is named.</param>
    public static ulong? UnitBytes(string? unit, ulong usual)
    {
        if (string.IsNullOrEmpty(unit))
            return usual;
        if (unit.Equals("b", StringComparison.OrdinalIgnoreCase) || unit.Equals("byte", StringComparison.OrdinalIgnoreCase)
            || unit.Equals("bytes", StringComparison.OrdinalIgnoreCase))
            return 1;
        ulong step = unit.Length switch { 1 => 1024, 2 => 1000, 3 => 1024, _ => 0 };
        if (step == 0 || unit.Length == 2 && char.ToLowerInvariant(unit[1]) != 'b' || unit.Length == 3 && !unit.AsSpan(1).Equals("ib", StringComparison.OrdinalIgnoreCase))
            return null;
        int power = "kmgtpe".IndexOf(char.ToLowerInvariant(unit[0]), StringComparison.Ordinal) + 1;
        ulong scale = 1;
        for (int i = 0; i < power; i++)
            scale *= step;
        return power == 0 ? null : scale;
    }
}

/// <summary>An amount in bytes, for elements that libvirt counts in bytes.</summary>
/// <param name="Bytes">How much.</param>
public readonly record struct ByteSize(ulong Bytes);
