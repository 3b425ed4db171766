using Vireo.Cpu.X86;

namespace Vireo.Cpu.Advice;

/// <summary>How definitions that use a model are altered when one map takes the place of another.</summary>
public enum MapChangeKind
{
    /// <summary>The model is new.</summary>
    New,

    /// <summary>The model is not there any more.</summary>
    Gone,

    /// <summary>Features are no longer part of the model: they are stated from now on, turned off unless asked for.</summary>
    Removed,

    /// <summary>Features that no hypervisor has for the model are no longer counted to it.</summary>
    Dropped,

    /// <summary>Features are part of the model again.</summary>
    Restored,

    /// <summary>Features that the hypervisor has always enabled have a name now: running guests state them.</summary>
    Added,

    /// <summary>Added features have no name any more.</summary>
    Unnamed,

    /// <summary>Other hosts are recognized by the model.</summary>
    Signatures,
}

/// <summary>One change of one model.</summary>
public sealed record MapChange(string Model, MapChangeKind Kind, IReadOnlyList<string> Features);

/// <summary>What differs between the maps of two releases.</summary>
/// <param name="Models">Changes, in the order of the models.</param>
/// <param name="NewFeatures">Names of features that only the later has.</param>
/// <param name="GoneFeatures">Names of features that only the former has.</param>
public sealed record MapDifference(IReadOnlyList<MapChange> Models, IReadOnlyList<string> NewFeatures, IReadOnlyList<string> GoneFeatures)
{
    /// <summary>Compares two maps.</summary>
    public static MapDifference Between(X86Map former, X86Map latter)
    {
        var changes = new List<MapChange>();
        foreach (X86Model model in latter.Models)
            if (former.FindModel(model.Name) is { } old)
                Compare(former, old, latter, model, changes);
            else
                changes.Add(new MapChange(model.Name, MapChangeKind.New, []));
        changes.AddRange(former.Models.Where(m => latter.FindModel(m.Name) is null).Select(static m => new MapChange(m.Name, MapChangeKind.Gone, [])));
        return new MapDifference(
            changes,
            [.. latter.Features.Where(f => former.FindFeature(f.Name) is null).Select(static f => f.Name)],
            [.. former.Features.Where(f => latter.FindFeature(f.Name) is null).Select(static f => f.Name)]);
    }

    static void Compare(X86Map former, X86Model old, X86Map latter, X86Model model, List<MapChange> changes)
    {
        void Add(MapChangeKind kind, IEnumerable<string> with, IEnumerable<string> without)
        {
            if (with.Except(without).ToList() is { Count: > 0 } features)
                changes.Add(new MapChange(model.Name, kind, features));
        }

        Add(MapChangeKind.Removed, latter.NamesOf(model.Removed), former.NamesOf(old.Removed));
        Add(MapChangeKind.Dropped, latter.NamesOf(model.Dropped), former.NamesOf(old.Dropped));
        Add(MapChangeKind.Restored, former.NamesOf(old.Removed | old.Dropped), latter.NamesOf(model.Removed | model.Dropped));
        Add(MapChangeKind.Added, latter.NamesOf(model.Added), former.NamesOf(old.Added));
        Add(MapChangeKind.Unnamed, former.NamesOf(old.Added), latter.NamesOf(model.Added));
        if (!model.Signatures.SequenceEqual(old.Signatures))
            changes.Add(new MapChange(model.Name, MapChangeKind.Signatures, []));
    }
}
