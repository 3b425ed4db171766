using Vireo.Cpu.Map;

namespace Vireo.Cpu.Arm;

/// <summary>A designer of cores, with the code it has in MIDR.</summary>
public sealed record ArmVendor(string Name, uint Implementer);

/// <summary>A core, with its part number in MIDR.</summary>
public sealed record ArmModel(string Name, ArmVendor Vendor, uint Part);

/// <summary>The facts about arm and aarch64 CPUs.</summary>
public sealed class ArmMap
{
    ArmMap(IReadOnlyList<ArmVendor> vendors, IReadOnlyList<ArmModel> models, IReadOnlyList<string> features) =>
        (Vendors, Models, Features) = (vendors, models, features);

    public IReadOnlyList<ArmVendor> Vendors { get; }
    public IReadOnlyList<ArmModel> Models { get; }

    /// <summary>Features that only the hypervisor gives meaning to.</summary>
    public IReadOnlyList<string> Features { get; }

    /// <summary>The core with this main id register.</summary>
    public ArmModel? FindMidr(uint midr) =>
        Models.FirstOrDefault(m => m.Vendor.Implementer == midr >> 24 && m.Part == (midr >> 4 & 0xfff));

    internal static ArmMap Read(string text, MapRelease release)
    {
        List<ArmVendor> vendors = [];
        List<ArmModel> models = [];
        List<string> features = [];
        foreach ((_, string[] line) in MapText.Lines(text))
        {
            string[] words = MapText.WithoutSince(line, out MapRelease since);
            if (since > release)
                continue;
            switch (words[0])
            {
                case "vendor": vendors.Add(new ArmVendor(words[1], MapText.Hex(words[2]))); break;
                case "features": features.AddRange(words[1..]); break;
                default:
                    models.Add(new ArmModel(string.Join(' ', words[3..]), vendors.Find(v => v.Name == words[1])!, MapText.Hex(words[2])));
                    break;
            }
        }
        return new ArmMap(vendors, models, features);
    }
}
