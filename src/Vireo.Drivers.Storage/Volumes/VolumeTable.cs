namespace Vireo.Drivers.Storage.Volumes;

/// <summary>The volumes of a pool, in the order of their names. Immutable: who reads it is not disturbed by who changes the pool.</summary>
sealed class VolumeTable
{
    readonly Volume[] volumes;

    VolumeTable(Volume[] volumes) => this.volumes = volumes;

    public static VolumeTable Empty { get; } = new([]);

    public IReadOnlyList<Volume> All => volumes;

    /// <summary>A table of these; of two with one name the later counts.</summary>
    public static VolumeTable Of(IEnumerable<Volume> some)
    {
        var named = new Dictionary<string, Volume>();
        foreach (Volume one in some)
            named[one.Name] = one;
        Volume[] all = [.. named.Values];
        Array.Sort(all, static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        return new VolumeTable(all);
    }

    public Volume? Find(string name) => At(name) is >= 0 and var at ? volumes[at] : null;

    public Volume? FindKey(string key) => Array.Find(volumes, volume => volume.Key == key);

    public Volume? FindPath(string path) => Array.Find(volumes, volume => volume.Path == path);

    public VolumeTable With(Volume added)
    {
        int at = At(added.Name);
        return at >= 0 ? throw new ArgumentException("a name is there already", nameof(added)) : new VolumeTable([.. volumes[..~at], added, .. volumes[~at..]]);
    }

    public VolumeTable Without(Volume gone) => new(Array.FindAll(volumes, volume => volume != gone));

    int At(string name)
    {
        int low = 0, high = volumes.Length - 1;
        while (low <= high)
        {
            int middle = low + (high - low) / 2, order = string.CompareOrdinal(volumes[middle].Name, name);
            if (order == 0)
                return middle;
            if (order < 0)
                low = middle + 1;
            else
                high = middle - 1;
        }
        return ~low;
    }
}
