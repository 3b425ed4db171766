using System.Collections;
using Vireo.Cpu.Map;

namespace Vireo.Cpu.X86;

/// <summary>Entries of the map's text, of all releases.</summary>
static class X86MapEntry
{
    /// <summary>The place that a line <c>cpuid LEAF[:SUBLEAF] REG</c> names; null if there is none.</summary>
    public static FeatureBit? Cpuid(string[] words)
    {
        if (words is not [_, var leaf, var name, ..])
            return null;
        int colon = leaf.IndexOf(':', StringComparison.Ordinal);
        uint subleaf = 0;
        if (!MapText.TryHex(colon < 0 ? leaf : leaf.AsSpan(0, colon), out uint index) || (colon >= 0 && !MapText.TryHex(leaf.AsSpan(colon + 1), out subleaf)))
            return null;
        CpuidRegister? which = name switch
        {
            "eax" => CpuidRegister.Eax,
            "ebx" => CpuidRegister.Ebx,
            "ecx" => CpuidRegister.Ecx,
            "edx" => CpuidRegister.Edx,
            _ => null,
        };
        return which is { } register ? new FeatureBit(false, index, subleaf, register, 0) : null;
    }

    /// <summary>The place that a line <c>msr INDEX</c> names; null if there is none.</summary>
    public static FeatureBit? Msr(string[] words) =>
        words.Length > 1 && MapText.TryHex(words[1], out uint index) ? new FeatureBit(true, index, 0, default, 0) : null;

    public sealed record Feature(
        string Name, FeatureBit Bit, bool Migratable, IReadOnlyList<string> QemuNames, string Spelling, MapRelease Since,
        string? AnnouncedBy, bool IsDetail)
    {
        public X86Feature At(int index) =>
            new(index, Name, Bit, Migratable, QemuNames) { QemuSpelling = Spelling, AnnouncedBy = AnnouncedBy, IsDetail = IsDetail };
    }

    /// <summary>A model while its lines are read, and after that. Features are indices among those of all releases, which stand before all models.</summary>
    public sealed class Model(string name, int line, int features)
    {
        readonly BitArray has = new(features);
        readonly Dictionary<int, MapRelease> removed = [];
        readonly Dictionary<int, MapRelease> dropped = [];
        readonly Dictionary<int, (MapRelease From, MapRelease? Until)> added = [];
        readonly List<SignatureRule> signatures = [];
        string? sameAs;
        string? decodes;

        public string Name => name;

        public int Line => line;

        public MapRelease Since { get; private set; }

        public string? Vendor { get; private set; }

        public bool IsBroken { get; set; }

        public void StartFrom(Model other, bool isSame)
        {
            has.Or(other.has);
            if (!isSame)
                return;
            sameAs = other.Name;
            Vendor = other.Vendor;
            signatures.AddRange(other.signatures);
            foreach ((int feature, MapRelease at) in other.removed)
                removed[feature] = at;
            foreach ((int feature, var at) in other.added)
                added[feature] = at;
        }

        /// <summary>Takes a line in; says what is wrong with it, or null.</summary>
        public string? ReadLine(string[] words, Func<string, int?> index, Func<string, Model?> find)
        {
            switch (words)
            {
                case ["since", var text] when MapRelease.TryParse(text, out MapRelease since):
                    Since = since;
                    return null;
                case ["vendor", ..] when words.Length > 1:
                    Vendor = string.Join(' ', words[1..]);
                    return null;
                case ["signature", ..]:
                    return Signature(words);
                case ["decode", "host" or "guest" or "none"]:
                    decodes = words[1];
                    return null;
                case ["has", ..]:
                    return Each(words.AsSpan(1), index, f => has[f] = true);
                case ["lacks", ..]:
                    return Each(words.AsSpan(1), index, f => has[f] = false);
                case ["unadded", ..]:
                    return Each(words.AsSpan(1), index, f => added.Remove(f));
                case ["added", var at, "as", var other] when MapRelease.TryParse(at, out MapRelease release):
                    if (find(other) is not { } source)
                        return $"there is no model {other} before it";
                    foreach ((int feature, (_, MapRelease? until)) in source.added)
                        added[feature] = (release, until);
                    return null;
                case ["added", var at, "until", var end, ..] when MapRelease.TryParse(at, out MapRelease release) && MapRelease.TryParse(end, out MapRelease last):
                    return Each(words.AsSpan(4), index, f => added[f] = (release, last));
                case ["added", var at, ..] when MapRelease.TryParse(at, out MapRelease release):
                    return Each(words.AsSpan(2), index, f => added[f] = (release, null));
                case ["removed" or "dropped", var at, ..] when MapRelease.TryParse(at, out MapRelease release):
                    return Each(words.AsSpan(2), index, f => (words[0] == "removed" ? removed : dropped)[f] = release);
                default:
                    return $"the line '{string.Join(' ', words)}' is not understood";
            }
        }

        /// <summary>The model as a release has it.</summary>
        /// <param name="release">The release.</param>
        /// <param name="index">Its place among the release's models.</param>
        /// <param name="places">For each of the release's features, its index here.</param>
        /// <param name="vendors">The release's vendors.</param>
        public X86Model At(MapRelease release, int index, int[] places, IReadOnlyList<X86Vendor> vendors) => new()
        {
            Index = index,
            Name = name,
            Vendor = vendors.FirstOrDefault(v => v.Name == Vendor),
            Signatures = signatures,
            SameAs = sameAs,
            Features = FeatureSet.Where(places.Length, i => has[places[i]] || IsBefore(removed, places[i], release) || IsBefore(dropped, places[i], release)),
            Removed = Marked(removed, release, places),
            Dropped = Marked(dropped, release, places),
            Added = added.Count == 0
                ? FeatureSet.Empty(places.Length)
                : FeatureSet.Where(places.Length, i => added.TryGetValue(places[i], out var at) && release >= at.From && (at.Until is not { } end || release < end)),
            DecodesHost = decodes is null or "host",
            DecodesGuest = decodes is null or "guest",
        };

        static bool IsBefore(Dictionary<int, MapRelease> marks, int feature, MapRelease release) =>
            marks.TryGetValue(feature, out MapRelease at) && release < at;

        static FeatureSet Marked(Dictionary<int, MapRelease> marks, MapRelease release, int[] places) => marks.Count == 0
            ? FeatureSet.Empty(places.Length)
            : FeatureSet.Where(places.Length, i => marks.TryGetValue(places[i], out MapRelease at) && release >= at);

        static string? Each(ReadOnlySpan<string> names, Func<string, int?> index, Action<int> use)
        {
            foreach (string one in names)
            {
                if (index(one) is not { } feature)
                    return $"there is no feature {one}";
                use(feature);
            }
            return null;
        }

        string? Signature(string[] words)
        {
            ushort steppings = ushort.MaxValue;
            if (words.Length is not (3 or 4) || !MapText.TryNumber(words[1], out uint family) || !MapText.TryNumber(words[2], out uint model)
                || (words.Length == 4 && !TrySteppings(words[3], out steppings)))
                return "a signature is family, model and steppings";
            signatures.Add(new SignatureRule(family, model, steppings));
            return null;
        }

        static bool TrySteppings(string text, out ushort steppings)
        {
            int bits = 0;
            steppings = 0;
            foreach (string range in text.Split(','))
            {
                string[] ends = range.Split('-');
                if (!MapText.TryNumber(ends[0], out uint first) || !MapText.TryNumber(ends[^1], out uint last) || last > 15)
                    return false;
                for (uint i = first; i <= last; i++)
                    bits |= 1 << (int)i;
            }
            steppings = (ushort)bits;
            return true;
        }
    }
}
