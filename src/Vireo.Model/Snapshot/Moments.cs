using System.Collections.Immutable;

namespace Vireo.Model.Snapshot;

/// <summary>A domain's snapshots or checkpoints: each has a name and perhaps a parent among the others, and one may be the current one. Immutable.</summary>
/// <typeparam name="T">The definition of one.</typeparam>
public sealed class Moments<T> where T : class
{
    readonly Func<T, string> nameOf;
    readonly Func<T, string?> parentOf;
    readonly Func<T, string?, T> withParent;
    readonly ImmutableArray<T> all;

    /// <summary>None yet.</summary>
    /// <param name="nameOf">The name of one.</param>
    /// <param name="parentOf">The name of its parent; null: it has none.</param>
    /// <param name="withParent">The same with another parent.</param>
    public Moments(Func<T, string> nameOf, Func<T, string?> parentOf, Func<T, string?, T> withParent) : this(nameOf, parentOf, withParent, [], null) { }

    Moments(Func<T, string> nameOf, Func<T, string?> parentOf, Func<T, string?, T> withParent, ImmutableArray<T> all, string? current)
    {
        (this.nameOf, this.parentOf, this.withParent, this.all) = (nameOf, parentOf, withParent, all);
        Current = current;
    }

    Moments<T> With(ImmutableArray<T> moments, string? current) => new(nameOf, parentOf, withParent, moments, current);

    /// <summary>The name of the current one; null for none.</summary>
    public string? Current { get; }

    /// <summary>How many there are.</summary>
    public int Count => all.Length;

    /// <summary>There are none.</summary>
    public bool IsEmpty => all.IsEmpty;

    /// <summary>All of them in the order they were made.</summary>
    public ImmutableArray<T> All => all;

    /// <summary>The one of a name; null if there is none.</summary>
    public T? Find(string? name)
    {
        foreach (T moment in all)
            if (nameOf(moment) == name)
                return moment;
        return null;
    }

    /// <summary>Those without a parent, or the children of one.</summary>
    public IEnumerable<T> ChildrenOf(string? name) => all.Where(moment => parentOf(moment) == name);

    /// <summary>Others have it for their parent.</summary>
    public bool HasChildren(T moment) => ChildrenOf(nameOf(moment)).Any();

    /// <summary>Everything below one, parents before children, what came last first; below nobody: everything.</summary>
    public IEnumerable<T> Below(string? name)
    {
        ILookup<string?, T> children = all.ToLookup(parentOf);
        var open = new Stack<T>(children[name]);
        while (open.TryPop(out T? next))
        {
            yield return next;
            foreach (T child in children[nameOf(next)])
                open.Push(child);
        }
    }

    /// <summary>Adds one, or changes the one of that name.</summary>
    public Moments<T> Put(T moment)
    {
        for (int at = 0; at < all.Length; at++)
            if (nameOf(all[at]) == nameOf(moment))
                return With(all.SetItem(at, moment), Current);
        return With(all.Add(moment), Current);
    }

    /// <summary>Makes one the current one; null: none is.</summary>
    public Moments<T> MakeCurrent(string? name) => With(all, name);

    /// <summary>Without one of them; its children are its parent's. If it was current, its parent is.</summary>
    public Moments<T> Without(T gone)
    {
        string name = nameOf(gone);
        return With([.. all.Where(moment => nameOf(moment) != name).Select(moment => parentOf(moment) == name ? withParent(moment, parentOf(gone)) : moment)],
            Current == name ? parentOf(gone) : Current);
    }

    /// <summary>Without everything below one of them. If the current one was there, it is the current one, or with it gone its parent.</summary>
    public Moments<T> WithoutBelow(T root)
    {
        var gone = Below(nameOf(root)).Select(nameOf).ToHashSet();
        return With([.. all.Where(moment => !gone.Contains(nameOf(moment)))], Current is not null && gone.Contains(Current) ? nameOf(root) : Current);
    }

    /// <summary>Whether every parent is there and nobody is his own ancestor.</summary>
    public bool IsForest => Below(null).Count() == all.Length;
}
