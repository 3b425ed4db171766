using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace Vireo.Driver;

/// <summary>What a driver connection can do: capability interfaces and who implements them. Immutable.</summary>
public sealed class CapabilitySet
{
    readonly FrozenDictionary<Type, object> parts;

    CapabilitySet(FrozenDictionary<Type, object> parts) => this.parts = parts;

    /// <summary>Nothing at all.</summary>
    public static CapabilitySet Empty { get; } = new(FrozenDictionary<Type, object>.Empty);

    /// <summary>A set of many at once; each value implements the interface that is its key.</summary>
    public static CapabilitySet From(IEnumerable<KeyValuePair<Type, object>> parts) => new(parts.ToFrozenDictionary());

    /// <summary>A set of one; go on with <see cref="And{T}"/>.</summary>
    public static CapabilitySet Of<T>(T implementation) where T : class => Empty.And(implementation);

    /// <summary>This set with one more; a later one replaces an earlier one of the same type.</summary>
    public CapabilitySet And<T>(T implementation) where T : class
    {
        ArgumentNullException.ThrowIfNull(implementation);
        return new(new Dictionary<Type, object>(parts) { [typeof(T)] = implementation }.ToFrozenDictionary());
    }

    /// <summary>This set and what <paramref name="other"/> has beyond it: how a daemon adds its network or storage driver.</summary>
    public CapabilitySet AndAlso(CapabilitySet other)
    {
        var all = new Dictionary<Type, object>(other.parts);
        foreach (var (type, part) in parts)
            all[type] = part;
        return new(all.ToFrozenDictionary());
    }

    /// <summary>The implementation, or null.</summary>
    public T? Find<T>() where T : class => parts.TryGetValue(typeof(T), out object? part) ? (T)part : null;

    /// <summary>Whether it is there.</summary>
    public bool TryGet<T>([NotNullWhen(true)] out T? implementation) where T : class => (implementation = Find<T>()) is not null;

    /// <summary>The interfaces in this set.</summary>
    public IEnumerable<Type> Types => parts.Keys;
}
