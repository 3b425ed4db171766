using Vireo.Cpu.Map;

namespace Vireo.Cpu.Ppc64;

/// <summary>Processor versions that a model stands for.</summary>
public readonly record struct ProcessorVersion(uint Value, uint Mask);

/// <summary>A POWER model. There are no features: a model is all or nothing.</summary>
public sealed record Ppc64Model(string Name, string Vendor, IReadOnlyList<ProcessorVersion> Versions);

/// <summary>The facts about POWER CPUs.</summary>
public sealed class Ppc64Map
{
    Ppc64Map(IReadOnlyList<string> vendors, IReadOnlyList<Ppc64Model> models) => (Vendors, Models) = (vendors, models);

    public IReadOnlyList<string> Vendors { get; }

    /// <summary>Older ones first.</summary>
    public IReadOnlyList<Ppc64Model> Models { get; }

    public Ppc64Model? FindModel(string? name) => Models.FirstOrDefault(m => m.Name == name);

    /// <summary>The model of a processor version register; exact matches are not needed, masks decide.</summary>
    public Ppc64Model? FindVersion(uint version) =>
        Models.FirstOrDefault(m => m.Versions.Any(v => (version & v.Mask) == v.Value));

    internal static Ppc64Map Read(string text, MapRelease release)
    {
        List<string> vendors = [];
        List<Ppc64Model> models = [];
        foreach ((_, string[] line) in MapText.Lines(text))
        {
            string[] words = MapText.WithoutSince(line, out MapRelease since);
            if (since > release)
                continue;
            if (words[0] == "vendor")
                vendors.Add(words[1]);
            else
                models.Add(new Ppc64Model(words[1], words[2], [.. words.Skip(3).Select(Version)]));
        }
        return new Ppc64Map(vendors, models);
    }

    static ProcessorVersion Version(string text)
    {
        string[] parts = text.Split('/');
        return new ProcessorVersion(MapText.Hex(parts[0]), MapText.Hex(parts[1]));
    }
}
