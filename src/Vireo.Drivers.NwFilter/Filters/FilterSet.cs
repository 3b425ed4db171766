using System.Collections.Immutable;
using Vireo.Core;
using Vireo.Model.NwFilter;

namespace Vireo.Drivers.NwFilter.Filters;

/// <summary>The filters that a daemon knows, at one moment. All have uuids.</summary>
/// <param name="All">By name.</param>
sealed record FilterSet(ImmutableSortedDictionary<string, FilterDef> All)
{
    internal static FilterSet Empty { get; } = new(ImmutableSortedDictionary.Create<string, FilterDef>(StringComparer.Ordinal));

    internal FilterDef? Find(string name) => All.GetValueOrDefault(name);

    internal FilterDef? Find(Uuid uuid) => All.Values.FirstOrDefault(filter => filter.Uuid == uuid);

    internal FilterDef Get(string name) => Find(name) ?? throw NwFilterErrors.NoFilter(name);

    internal FilterDef Get(Uuid uuid) => Find(uuid) ?? throw NwFilterErrors.NoFilter(uuid);

    /// <summary>With a filter more, or one in the place of the one of its name.</summary>
    /// <exception cref="Core.Errors.VireoException">VIR_ERR_OPERATION_FAILED: its name or its uuid is another's, or it would refer to itself.</exception>
    internal FilterSet With(FilterDef filter)
    {
        if (Find(filter.Uuid!.Value) is { } same && same.Name != filter.Name)
            throw NwFilterErrors.Taken($"filter with same UUID but different name ('{same.Name}') already exists");
        if (Find(filter.Name) is { } known && known.Uuid != filter.Uuid)
            throw NwFilterErrors.Taken($"filter '{filter.Name}' already exists with uuid {known.Uuid}");
        var next = new FilterSet(All.SetItem(filter.Name, filter));
        return next.Reached(filter.Name).Contains(filter.Name) ? throw NwFilterErrors.Taken("filter would introduce a loop") : next;
    }

    internal FilterSet Without(string name) => new(All.Remove(name));

    /// <summary>Whether a filter is another or is among those that it refers to.</summary>
    internal bool Uses(string filter, string other) => filter == other || Reached(filter).Contains(other);

    HashSet<string> Reached(string name)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var next = new Queue<string>([name]);
        while (next.TryDequeue(out string? one))
            foreach (FilterInclude include in Find(one)?.Entries.OfType<FilterInclude>() ?? [])
                if (reached.Add(include.Filter.Filter))
                    next.Enqueue(include.Filter.Filter);
        return reached;
    }
}
