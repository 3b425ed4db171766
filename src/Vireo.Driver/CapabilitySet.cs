using System.Diagnostics.CodeAnalysis;

namespace Vireo.Driver;

/// <summary>
/// What a driver connection can do: capability interfaces and who implements them. Immutable. Every client has one, so it is
/// two plain arrays: small, and as fast to search as a table for the few dozen that there are.
/// </summary>
public sealed class CapabilitySet
{
    readonly Type[] types;
    readonly object[] parts;

    CapabilitySet(Type[] types, object[] parts) => (this.types, this.parts) = (types, parts);

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
            return new([.. types, typeof(T)], [.. parts, implementation]);
        object[] changed = [.. parts];
        changed[at] = implementation;
        return new(types, changed);
    }

    /// <summary>This set and what <paramref name="other"/> has beyond it: how a daemon adds its network or storage driver.</summary>
    public CapabilitySet AndAlso(CapabilitySet other)
    {
        int[] beyond = [.. Enumerable.Range(0, other.types.Length).Where(i => Array.IndexOf(types, other.types[i]) < 0)];
        return new([.. types, .. beyond.Select(i => other.types[i])], [.. parts, .. beyond.Select(i => other.parts[i])]);
    }

    /// <summary>The implementation, or null.</summary>
    public T? Find<T>() where T : class
    {
        Type wanted = typeof(T);
        for (int i = 0; i < types.Length; i++)
            if (ReferenceEquals(types[i], wanted))
                return (T)parts[i];
        return null;
    }

    /// <summary>Whether it is there.</summary>
    public bool TryGet<T>([NotNullWhen(true)] out T? implementation) where T : class => (implementation = Find<T>()) is not null;

    /// <summary>The interfaces in this set.</summary>
    public IEnumerable<Type> Types => types;
}
