namespace Vireo.Host.Topology;

/// <summary>What a cache holds.</summary>
public enum CacheKind
{
    Both,
    Code,
    Data,
}

/// <summary>One cache that several CPUs share.</summary>
public sealed record CacheBank(int Id, int Level, CacheKind Kind, ulong KiB, IReadOnlyList<int> Cpus);

/// <summary>The host's last-level caches.</summary>
public static class HostCaches
{
    // Smaller caches belong to a core and cannot be given to a guest.
    const int FirstShared = 3;

    /// <summary>The caches, each once, by level, kind and id.</summary>
    public static IReadOnlyList<CacheBank> Read(HostTree tree)
    {
        Dictionary<(int, CacheKind, int), CacheBank> banks = [];
        foreach (int cpu in new HostCpus(tree).Online)
        {
            string folder = $"/sys/devices/system/cpu/cpu{cpu}/cache";
            foreach (int index in tree.Numbered(folder, "index"))
                if (Bank(tree, $"{folder}/index{index}") is { } bank)
                    banks.TryAdd((bank.Level, bank.Kind, bank.Id), bank);
        }
        return [.. banks.Values.OrderBy(b => b.Level).ThenBy(b => b.Kind).ThenBy(b => b.Id)];
    }

    static CacheBank? Bank(HostTree tree, string folder)
    {
        if (tree.Number($"{folder}/level") is not { } level || level < FirstShared || tree.Number($"{folder}/id") is not { } id)
            return null;
        CacheKind? kind = tree.Text($"{folder}/type") switch
        {
            "Unified" => CacheKind.Both,
            "Instruction" => CacheKind.Code,
            "Data" => CacheKind.Data,
            _ => null,
        };
        return kind is null ? null : new CacheBank((int)id, (int)level, kind.Value, Size(tree.Text($"{folder}/size")), tree.List($"{folder}/shared_cpu_list") ?? []);
    }

    // "32768K"
    static ulong Size(string? text) => text is { Length: > 1 } && ulong.TryParse(text.AsSpan(0, text.Length - 1), out ulong value)
        ? text[^1] switch { 'K' => value, 'M' => value * 1024, _ => value / 1024 }
        : 0;
}
