namespace Vireo.Core;

/// <summary>Collects the members of a list; costs nothing while there are none.</summary>
public struct ValueListBuilder<T>
{
    T[]? items;
    int count;

    /// <summary>One more.</summary>
    public void Add(T item)
    {
        if (items is null)
            items = new T[4];
        else if (count == items.Length)
            Array.Resize(ref items, count * 2);
        items[count++] = item;
    }

    /// <summary>The list of what was added.</summary>
    public readonly ValueList<T> ToList() => items is null ? default : ValueList.Create<T>(items.AsSpan(0, count));
}
