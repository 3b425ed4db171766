using System.Buffers.Binary;
using System.Text;

namespace Vireo.Cpu.X86;

/// <summary>One of the four registers that CPUID fills.</summary>
public enum CpuidRegister
{
    Eax,
    Ebx,
    Ecx,
    Edx,
}

/// <summary>CPUID's answer for one leaf.</summary>
public readonly record struct CpuidWords(uint Eax, uint Ebx, uint Ecx, uint Edx)
{
    /// <summary>One register's value.</summary>
    public uint this[CpuidRegister register] => register switch
    {
        CpuidRegister.Eax => Eax,
        CpuidRegister.Ebx => Ebx,
        CpuidRegister.Ecx => Ecx,
        _ => Edx,
    };

    /// <summary>The same, with bits added in one register.</summary>
    public CpuidWords Or(CpuidRegister register, uint bits) => register switch
    {
        CpuidRegister.Eax => this with { Eax = Eax | bits },
        CpuidRegister.Ebx => this with { Ebx = Ebx | bits },
        CpuidRegister.Ecx => this with { Ecx = Ecx | bits },
        _ => this with { Edx = Edx | bits },
    };
}

/// <summary>Family, model and stepping, as CPUID leaf 1 encodes them.</summary>
public readonly record struct X86Signature(uint Family, uint Model, uint Stepping)
{
    /// <summary>Decodes EAX of leaf 1.</summary>
    public static X86Signature FromEax(uint eax) =>
        new((eax >> 20 & 0xff) + (eax >> 8 & 0xf), (eax >> 12 & 0xf0) + (eax >> 4 & 0xf), eax & 0xf);

    /// <summary>EAX of leaf 1; families beyond 15 spill into the extended field.</summary>
    public uint ToEax()
    {
        uint extended = Family > 15 ? Family - 15 : 0;
        return extended << 20 | (Model >> 4) << 16 | (Family - extended) << 8 | (Model & 0xf) << 4 | Stepping;
    }
}

/// <summary>What a processor (or a hypervisor) says of itself: CPUID leaves and model specific registers.</summary>
public sealed class CpuData
{
    readonly SortedDictionary<(uint Leaf, uint Subleaf), CpuidWords> leaves = [];
    readonly SortedDictionary<uint, ulong> msrs = [];

    /// <summary>The leaves, ascending.</summary>
    public IReadOnlyDictionary<(uint Leaf, uint Subleaf), CpuidWords> Leaves => leaves;

    /// <summary>The registers, ascending.</summary>
    public IReadOnlyDictionary<uint, ulong> Msrs => msrs;

    /// <summary>One leaf; zeros if it is not there.</summary>
    public CpuidWords this[uint leaf, uint subleaf = 0] => leaves.GetValueOrDefault((leaf, subleaf));

    /// <summary>One register; zero if it is not there.</summary>
    public ulong Msr(uint index) => msrs.GetValueOrDefault(index);

    /// <summary>Records a leaf. All zeros say nothing and are left out.</summary>
    public void Set(uint leaf, uint subleaf, CpuidWords words)
    {
        if (words != default)
            leaves[(leaf, subleaf)] = words;
    }

    /// <summary>Adds bits to one register of a leaf.</summary>
    public void Add(uint leaf, uint subleaf, CpuidRegister register, uint bits) =>
        Set(leaf, subleaf, this[leaf, subleaf].Or(register, bits));

    /// <summary>Records a model specific register.</summary>
    public void SetMsr(uint index, ulong value) => msrs[index] = value;

    /// <summary>Sets a feature's bit.</summary>
    public void Add(X86Feature feature)
    {
        FeatureBit at = feature.Bit;
        if (at.IsMsr)
            SetMsr(at.Index, Msr(at.Index) | 1UL << at.Bit);
        else
            Add(at.Index, at.Subleaf, at.Register, 1U << at.Bit);
    }

    /// <summary>Records the vendor's string in leaf 0.</summary>
    public void SetVendor(X86Vendor vendor)
    {
        ReadOnlySpan<byte> text = Encoding.ASCII.GetBytes(vendor.Text);
        Set(0, 0, new CpuidWords(this[0].Eax, Word(text), Word(text[8..]), Word(text[4..])));

        static uint Word(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32LittleEndian(bytes);
    }

    /// <summary>The vendor's string of leaf 0; null if there is none.</summary>
    public string? VendorString
    {
        get
        {
            CpuidWords words = this[0];
            if (words == default)
                return null;
            Span<byte> text = stackalloc byte[12];
            BinaryPrimitives.WriteUInt32LittleEndian(text, words.Ebx);
            BinaryPrimitives.WriteUInt32LittleEndian(text[4..], words.Edx);
            BinaryPrimitives.WriteUInt32LittleEndian(text[8..], words.Ecx);
            return Encoding.ASCII.GetString(text);
        }
    }

    /// <summary>Family, model and stepping; null if leaf 1 does not tell.</summary>
    public X86Signature? Signature => this[1].Eax is not 0 and var eax ? X86Signature.FromEax(eax) : null;
}
