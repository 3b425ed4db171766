using Vireo.Model.Domain.Cpu;

namespace Vireo.Cpu;

/// <summary>A list of features under construction: a feature keeps its place when its policy changes.</summary>
sealed class FeatureList
{
    readonly List<FeatureTerm> items;
    readonly Dictionary<string, int> places = new(StringComparer.Ordinal);

    public FeatureList(IReadOnlyList<FeatureTerm>? start = null)
    {
        items = new List<FeatureTerm>(start?.Count ?? 0);
        foreach (FeatureTerm one in start ?? [])
            Set(one.Name, one.Policy);
    }

    public void Set(string name, CpuFeaturePolicy policy)
    {
        if (places.TryGetValue(name, out int at))
        {
            items[at] = new FeatureTerm(name, policy);
            return;
        }
        places.Add(name, items.Count);
        items.Add(new FeatureTerm(name, policy));
    }

    public void SetIfAbsent(string name, CpuFeaturePolicy policy)
    {
        if (!places.ContainsKey(name))
            Set(name, policy);
    }

    public IReadOnlyList<FeatureTerm> ToList() => items;

    public IReadOnlyList<FeatureTerm> ToSortedList()
    {
        items.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        return items;
    }
}
