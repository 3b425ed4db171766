using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Vireo.Core;

/// <summary>An immutable list that is equal to another with equal members; <c>default</c> is the empty one.</summary>
/// <remarks>
/// There is one of every element, and what a method of this type uses of a generic kind is compiled in for each of them: loops over the array, no spans and sequences within.
/// </remarks>
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
    public T this[int index] => (items ?? throw new ArgumentOutOfRangeException(nameof(index)))[index];

    /// <summary>The members, without a copy.</summary>
    public ReadOnlySpan<T> AsSpan() => items;

    /// <summary>This list and one more.</summary>
    public ValueList<T> Add(T item)
    {
        var more = new T[Count + 1];
        items?.CopyTo(more, 0);
        more[^1] = item;
        return new(more);
    }

    /// <summary>The list without the member at <paramref name="index"/>.</summary>
    public ValueList<T> RemoveAt(int index)
    {
        T[] all = items ?? throw new ArgumentOutOfRangeException(nameof(index));
        var fewer = new T[all.Length - 1];
        Array.Copy(all, fewer, index);
        Array.Copy(all, index + 1, fewer, index, fewer.Length - index);
        return new(fewer);
    }

    /// <summary>The list with another member at <paramref name="index"/>.</summary>
    public ValueList<T> SetItem(int index, T item)
    {
        T[] all = items ?? throw new ArgumentOutOfRangeException(nameof(index));
        var copy = new T[all.Length];
        all.CopyTo(copy, 0);
        copy[index] = item;
        return new(copy);
    }

    /// <summary>The list with every member passed through <paramref name="map"/>.</summary>
    public ValueList<TResult> Map<TResult>(Func<T, TResult> map)
    {
        if (items is null)
            return default;
        var mapped = new TResult[items.Length];
        for (int i = 0; i < mapped.Length; i++)
            mapped[i] = map(items[i]);
        return new(mapped);
    }

    /// <summary>Enumerates without allocating.</summary>
    public ReadOnlySpan<T>.Enumerator GetEnumerator() => AsSpan().GetEnumerator();

    IEnumerator<T> IEnumerable<T>.GetEnumerator() => ((IEnumerable<T>)(items ?? [])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => (items ?? []).GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(ValueList<T> other)
    {
        if (ReferenceEquals(items, other.items))
            return true;
        if (items is null || other.items is null || items.Length != other.items.Length)
            return false;
        for (int i = 0; i < items.Length; i++)
        {
            if (!Same(items[i], other.items[i]))
                return false;
        }
        return true;
    }

    /// <summary>Comparers are for values only: those of every class that is in a list would be types of their own.</summary>
    static bool Same(T one, T other) => typeof(T).IsValueType ? EqualityComparer<T>.Default.Equals(one, other) : Equals((object?)one, other);

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is ValueList<T> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        for (int i = 0; i < Count; i++)
            hash.Add(items![i]?.GetHashCode() ?? 0);
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
    public static ValueList<T> Create<T>(ReadOnlySpan<T> items)
    {
        var made = new T[items.Length];
        for (int i = 0; i < made.Length; i++)
            made[i] = items[i];
        return new(made);
    }

    /// <summary>A list of what <paramref name="items"/> yields.</summary>
    public static ValueList<T> ToValueList<T>(this IEnumerable<T> items)
    {
        var made = default(ValueListBuilder<T>);
        foreach (T item in items)
            made.Add(item);
        return made.ToList();
    }
}
