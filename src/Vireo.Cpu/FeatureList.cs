namespace Vireo.Cpu;

/// <summary>A list of features under construction: a feature keeps its place when its policy changes.</summary>
sealed class FeatureList
{
    readonly List<CpuFeature> items;
    readonly Dictionary<string, int> places = new(StringComparer.Ordinal);

    public FeatureList(IReadOnlyList<CpuFeature>? start = null)
    {
        items = new List<CpuFeature>(start?.Count ?? 0);
        foreach (CpuFeature one in start ?? [])
            Set(one.Name, one.Policy);
    }

    public void Set(string name, FeaturePolicy policy)
    {
        if (places.TryGetValue(name, out int at))
        {
            items[at] = new CpuFeature(name, policy);
            return;
        }
        places.Add(name, items.Count);
        items.Add(new CpuFeature(name, policy));
    }

    public void SetIfAbsent(string name, FeaturePolicy policy)
    {
        if (!places.ContainsKey(name))
            Set(name, policy);
    }

    public IReadOnlyList<CpuFeature> ToList() => items;

    public IReadOnlyList<CpuFeature> ToSortedList()
    {
        items.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        return items;
    }
}
