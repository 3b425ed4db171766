using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Vireo.Core;

/// <summary>An immutable list that is equal to another with equal members; <c>default</c> is the empty one.</summary>
[CollectionBuilder(typeof(ValueList), nameof(ValueList.Create))]
public readonly struct ValueList<T> : IReadOnlyList<T>, IEquatable<ValueList<T>>
{
    readonly T[]? items;

    internal ValueList(T[]? items) => this.items = items is { Length: > 0 } ? items : null;

    /// <summary>How many members it has.</summary>
    public int Count => items?.Length ?? 0;

    /// <summary>Nothing in it.</summary>
    public bool IsEmpty => items is null;

    /// <inheritdoc/>
    public T this[int index] => (items ?? [])[index];

    /// <summary>The members, without a copy.</summary>
    public ReadOnlySpan<T> AsSpan() => items;

    /// <summary>This list and one more.</summary>
    public ValueList<T> Add(T item) => new([.. AsSpan(), item]);

    /// <summary>The list without the member at <paramref name="index"/>.</summary>
    public ValueList<T> RemoveAt(int index) => new([.. AsSpan()[..index], .. AsSpan()[(index + 1)..]]);

    /// <summary>The list with another member at <paramref name="index"/>.</summary>
    public ValueList<T> SetItem(int index, T item)
    {
        T[] copy = AsSpan().ToArray();
        copy[index] = item;
        return new(copy);
    }

    /// <summary>The list with every member passed through <paramref name="map"/>.</summary>
    public ValueList<TResult> Map<TResult>(Func<T, TResult> map) => new(items is null ? null : Array.ConvertAll(items, i => map(i)));

    /// <summary>Enumerates without allocating.</summary>
    public ReadOnlySpan<T>.Enumerator GetEnumerator() => AsSpan().GetEnumerator();

    IEnumerator<T> IEnumerable<T>.GetEnumerator() => ((IEnumerable<T>)(items ?? [])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => (items ?? []).GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(ValueList<T> other) =>
        ReferenceEquals(items, other.items) || AsSpan().SequenceEqual(other.AsSpan(), EqualityComparer<T>.Default);

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is ValueList<T> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (T item in AsSpan())
            hash.Add(item);
        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public override string ToString() => $"[{string.Join(", ", items ?? [])}]";

    /// <summary>Equal members.</summary>
    public static bool operator ==(ValueList<T> left, ValueList<T> right) => left.Equals(right);

    /// <summary>Different members.</summary>
    public static bool operator !=(ValueList<T> left, ValueList<T> right) => !left.Equals(right);
}

/// <summary>Makes lists, also from collection expressions.</summary>
public static class ValueList
{
    /// <summary>A list of these members.</summary>
    public static ValueList<T> Create<T>(ReadOnlySpan<T> items) => new(items.ToArray());

    /// <summary>A list of what <paramref name="items"/> yields.</summary>
    public static ValueList<T> ToValueList<T>(this IEnumerable<T> items) => new([.. items]);
}
