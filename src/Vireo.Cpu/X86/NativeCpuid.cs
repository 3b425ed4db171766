using System.Runtime.Intrinsics.X86;

namespace Vireo.Cpu.X86;

/// <summary>The CPUID data of the machine we run on.</summary>
public static class NativeCpuid
{
    const uint ExtendedLeaves = 0x80000000, CentaurLeaves = 0xc0000000, Structured = 7, Enclaves = 0x12;

    /// <summary>
    /// Asks the processor for the leaves that hold features of the map, for vendor and signature, and for the model specific registers that
    /// it announces. Null on other architectures.
    /// </summary>
    /// <param name="map">The features of interest.</param>
    /// <param name="readMsr">Reads a register; null if it cannot be read.</param>
    public static CpuData? Read(X86Map map, Func<uint, ulong?> readMsr)
    {
        if (!X86Base.IsSupported)
            return null;
        var data = new CpuData();
        CpuidWords basic = Ask(0, 0), extended = Ask(ExtendedLeaves, 0);
        data.Set(0, 0, basic);
        IEnumerable<(uint Leaf, uint Subleaf)> leaves = map.Features.Where(f => !f.Bit.IsMsr).Select(f => (f.Bit.Index, f.Bit.Subleaf)).Distinct();
        foreach ((uint leaf, uint subleaf) in leaves.Order())
            if (leaf <= Last(leaf) && IsAnnounced(data, leaf, subleaf))
                data.Set(leaf, subleaf, Ask(leaf, subleaf));
        foreach (X86Feature feature in map.Features.Where(f => f.Bit.IsMsr).DistinctBy(f => f.Bit.Index))
            if ((feature.AnnouncedBy is null || map.FindFeature(feature.AnnouncedBy)?.Bit.IsSet(data) == true) && readMsr(feature.Bit.Index) is { } value)
                data.SetMsr(feature.Bit.Index, value);
        return data;

        uint Last(uint leaf) => leaf >= CentaurLeaves ? Ask(CentaurLeaves, 0).Eax : leaf >= ExtendedLeaves ? extended.Eax : basic.Eax;
    }

    // Subleaves beyond those that the processor has, and those of facilities that it lacks, mean nothing.
    static bool IsAnnounced(CpuData data, uint leaf, uint subleaf) => leaf switch
    {
        Structured => subleaf == 0 || subleaf <= data[Structured].Eax,
        Enclaves => (data[Structured].Ebx >> 2 & 1) != 0,
        _ => true,
    };

    static CpuidWords Ask(uint leaf, uint subleaf)
    {
        (int eax, int ebx, int ecx, int edx) = X86Base.CpuId((int)leaf, (int)subleaf);
        return new CpuidWords((uint)eax, (uint)ebx, (uint)ecx, (uint)edx);
    }
}
