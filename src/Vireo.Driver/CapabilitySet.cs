using System.Diagnostics.CodeAnalysis;

namespace Vireo.Driver;

/// <summary>
/// What a driver connection can do: capability interfaces and who implements them. Immutable. Every client has one, so it is
/// two plain arrays, as fast to search as a table for the few dozen that there are; and what all clients have alike is a set
/// that lies beneath theirs (<see cref="Over"/>), and costs nobody anything.
/// </summary>
public sealed class CapabilitySet
{
    readonly Type[] types;
    readonly object[] parts;
    readonly CapabilitySet? beneath;

    CapabilitySet(Type[] types, object[] parts, CapabilitySet? beneath = null) => (this.types, this.parts, this.beneath) = (types, parts, beneath);

    /// <summary>Nothing at all.</summary>
    public static CapabilitySet Empty { get; } = new([], []);

    /// <summary>A set of many at once; each value implements the interface that is its key.</summary>
    public static CapabilitySet From(IEnumerable<KeyValuePair<Type, object>> parts)
    {
        var all = new Dictionary<Type, object>(parts);
        return new([.. all.Keys], [.. all.Values]);
    }

    /// <summary>A set of one; go on with <see cref="And{T}"/>.</summary>
    public static CapabilitySet Of<T>(T implementation) where T : class => Empty.And(implementation);

    /// <summary>This set with one more; a later one replaces an earlier one of the same type.</summary>
    public CapabilitySet And<T>(T implementation) where T : class
    {
        ArgumentNullException.ThrowIfNull(implementation);
        int at = Array.IndexOf(types, typeof(T));
        if (at < 0)
            return new([.. types, typeof(T)], [.. parts, implementation], beneath);
        object[] changed = [.. parts];
        changed[at] = implementation;
        return new(types, changed, beneath);
    }

    /// <summary>This set, and beneath it one that others share, which answers for what this has not.</summary>
    public CapabilitySet Over(CapabilitySet shared)
    {
        ArgumentNullException.ThrowIfNull(shared);
        return new(types, parts, beneath is null ? shared : beneath.Over(shared));
    }

    /// <summary>This set and what <paramref name="other"/> has beyond it: how a daemon adds its network or storage driver.</summary>
    public CapabilitySet AndAlso(CapabilitySet other)
    {
        Type[] beyond = [.. other.Types.Except(Types)];
        return new([.. types, .. beyond], [.. parts, .. beyond.Select(type => other.Find(type)!)], beneath);
    }

    /// <summary>This set without the interfaces that are not wanted.</summary>
    public CapabilitySet Only(Func<Type, bool> wanted)
    {
        Type[] chosen = [.. Types.Where(wanted)];
        return new(chosen, [.. chosen.Select(type => Find(type)!)]);
    }

    /// <summary>The implementation, or null.</summary>
    public T? Find<T>() where T : class => (T?)Find(typeof(T));

    object? Find(Type wanted)
    {
        for (CapabilitySet? set = this; set is not null; set = set.beneath)
            for (int i = 0; i < set.types.Length; i++)
                if (ReferenceEquals(set.types[i], wanted))
                    return set.parts[i];
        return null;
    }

    /// <summary>Whether it is there.</summary>
    public bool TryGet<T>([NotNullWhen(true)] out T? implementation) where T : class => (implementation = Find<T>()) is not null;

    /// <summary>The interfaces in this set.</summary>
    public IEnumerable<Type> Types => beneath is null ? types : types.Union(beneath.Types);
}
