using Vireo.Cpu.Map;

namespace Vireo.Cpu.X86;

/// <summary>
/// What a running guest sees of its CPU, said independently of what any release's map means by the model's name: the model that the
/// hypervisor was given, and every feature that it enabled. Recorded once when a guest starts, it lets XML be rendered for peers of any release.
/// </summary>
/// <param name="Model">The hypervisor's name of the model.</param>
/// <param name="Features">Names of the newest map, those that the guest sees; sorted.</param>
public sealed record GuestContract(string Model, IReadOnlyList<string> Features)
{
    /// <summary>Long enough for all features that there are, many times over.</summary>
    const int MaxLength = 64 * 1024;

    /// <summary>From what a running hypervisor said. <paramref name="newest"/> is the map of <see cref="CpuMap.Newest"/>, which has the most names.</summary>
    public static GuestContract Of(string model, QemuLiveCpu live, X86Map newest) => From(model, newest, new QemuCpu(newest).Enabled(live));

    /// <summary>From a definition that leaves nothing open, as a running guest's does; features that only newer maps name are not in it.</summary>
    public static GuestContract Of(CpuSpec live, X86Cpus by) =>
        From(live.Model ?? throw CpuErrors.UnknownModel(null), by.Map, by.Flatten(live));

    static GuestContract From(string model, X86Map map, FeatureSet sees) =>
        new(model, [.. map.NamesOf(map.Meaningful(sees, sees)).Order(StringComparer.Ordinal)]);

    /// <summary>One line: the model, then the features, each after a space.</summary>
    public override string ToString() => string.Join(' ', [Model, .. Features]);

    /// <summary>Reads what <see cref="ToString"/> makes; null if it is not that.</summary>
    public static GuestContract? Parse(string text)
    {
        if (text.Length > MaxLength)
            return null;
        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0 ? null : new GuestContract(words[0], words[1..]);
    }

    public bool Equals(GuestContract? other) => other is not null && Model == other.Model && Features.SequenceEqual(other.Features);

    public override int GetHashCode() => HashCode.Combine(Model, Features.Count);
}
