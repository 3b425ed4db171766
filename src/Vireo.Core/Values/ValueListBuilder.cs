namespace Vireo.Core;

/// <summary>Collects the members of a list; costs nothing while there are none.</summary>
public struct ValueListBuilder<T>
{
    T[]? items;
    int count;

    /// <summary>One more.</summary>
    public void Add(T item)
    {
        if (items is null || count == items.Length)
        {
            var larger = new T[items is null ? 4 : count * 2];
            items?.CopyTo(larger, 0);
            items = larger;
        }
        items[count++] = item;
    }

    /// <summary>The list of what was added.</summary>
    public readonly ValueList<T> ToList()
    {
        if (items is null)
            return default;
        var made = new T[count];
        Array.Copy(items, made, count);
        return new(made);
    }
}
