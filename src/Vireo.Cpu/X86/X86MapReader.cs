using System.Diagnostics;

namespace Vireo.Cpu.X86;

/// <summary>Reads <c>x86.map</c>; the syntax is described at the file's head.</summary>
sealed class X86MapReader
{
    readonly List<X86Vendor> vendors = [];
    readonly List<X86Feature> features = [];
    readonly Dictionary<string, int> indices = new(StringComparer.Ordinal);
    readonly List<X86Model> models = [];
    FeatureBit register;
    Draft? draft;

    public static X86Map Read(string text)
    {
        var reader = new X86MapReader();
        foreach (string[] words in MapText.Lines(text))
            reader.Line(words);
        reader.EndModel();
        return new X86Map(reader.vendors, reader.features, reader.models);
    }

    void Line(string[] words)
    {
        switch (words[0])
        {
            case "vendor" when draft is null: vendors.Add(new X86Vendor(words[1], words[2])); break;
            case "cpuid": register = Cpuid(words[1], words[2]); break;
            case "msr": register = new FeatureBit(true, MapText.Hex(words[1]), 0, default, 0); break;
            case "model": StartModel(words); break;
            default:
                if (draft is null)
                    Feature(words);
                else
                    draft.Line(this, words);
                break;
        }
    }

    static FeatureBit Cpuid(string leaf, string name)
    {
        int colon = leaf.IndexOf(':', StringComparison.Ordinal);
        uint subleaf = colon < 0 ? 0 : MapText.Hex(leaf.AsSpan(colon + 1));
        uint index = MapText.Hex(colon < 0 ? leaf : leaf.AsSpan(0, colon));
        CpuidRegister which = name switch
        {
            "eax" => CpuidRegister.Eax,
            "ebx" => CpuidRegister.Ebx,
            "ecx" => CpuidRegister.Ecx,
            "edx" => CpuidRegister.Edx,
            _ => throw new UnreachableException($"register {name}"),
        };
        return new FeatureBit(false, index, subleaf, which, 0);
    }

    void Feature(string[] words)
    {
        bool migratable = words[^1] != "unmigratable";
        string[] aliases = words[2..(migratable ? words.Length : words.Length - 1)];
        indices.Add(words[1], features.Count);
        features.Add(new X86Feature(features.Count, words[1], register with { Bit = (int)MapText.Number(words[0]) }, migratable, aliases));
    }

    void StartModel(string[] words)
    {
        EndModel();
        FeatureSet start = words.Length > 2 ? models.Find(m => m.Name == words[3])!.Features : FeatureSet.Empty(features.Count);
        draft = new Draft(words[1], start, features.Count);
    }

    void EndModel()
    {
        if (draft is not null)
            models.Add(draft.Finish(models.Count));
        draft = null;
    }

    /// <summary>A model whose lines are being read.</summary>
    sealed class Draft(string name, FeatureSet start, int size)
    {
        readonly bool[] has = [.. Enumerable.Range(0, size).Select(start.Has)];
        readonly bool[] removed = new bool[size];
        readonly List<SignatureRule> signatures = [];
        X86Vendor? vendor;
        string? decodes;

        public void Line(X86MapReader map, string[] words)
        {
            switch (words[0])
            {
                case "vendor": vendor = map.vendors.Find(v => v.Name == words[1]); break;
                case "signature": signatures.Add(Signature(words)); break;
                case "decode": decodes = words[1]; break;
                case "has": Mark(map, has, words, true); break;
                case "lacks": Mark(map, has, words, false); break;
                case "removed": Mark(map, removed, words, true); break;
                default: throw new UnreachableException($"line '{words[0]}' of model {name}");
            }
        }

        public X86Model Finish(int index) => new()
        {
            Index = index,
            Name = name,
            Vendor = vendor,
            Signatures = signatures,
            Features = FeatureSet.Where(size, i => has[i]),
            Removed = FeatureSet.Where(size, i => removed[i]),
            DecodesHost = decodes is null or "host",
            DecodesGuest = decodes is null or "guest",
        };

        static void Mark(X86MapReader map, bool[] set, string[] words, bool value)
        {
            foreach (string feature in words.AsSpan(1))
                set[map.indices[feature]] = value;
        }

        static SignatureRule Signature(string[] words) =>
            new(MapText.Number(words[1]), MapText.Number(words[2]), words.Length > 3 ? Steppings(words[3]) : ushort.MaxValue);

        static ushort Steppings(string text)
        {
            int bits = 0;
            foreach (string range in text.Split(','))
            {
                string[] ends = range.Split('-');
                for (uint i = MapText.Number(ends[0]); i <= MapText.Number(ends[^1]); i++)
                    bits |= 1 << (int)i;
            }
            return (ushort)bits;
        }
    }
}
