using System.Globalization;
using Vireo.Model.Storage;

namespace Vireo.Drivers.Storage.Kinds.Zfs;

/// <summary>What ZFS's programs are told and what they write.</summary>
static class ZfsText
{
    public static readonly IReadOnlyList<string> Properties = ["get", "-Hp", "health,size,free,allocated"];

    /// <summary>Lists the volumes of a pool, or of a part of one.</summary>
    public static IReadOnlyList<string> Volumes(string dataset) => ["list", "-Hp", "-t", "volume", "-r", "-o", "name,volsize,refreservation", dataset];

    /// <summary>Makes a volume. Sizes are whole KiB; one that may be less than full is sparse.</summary>
    /// <param name="volume">The volume.</param>
    /// <param name="dataset">Where.</param>
    /// <param name="asDevice">Volumes must be told to be devices.</param>
    public static IReadOnlyList<string> Create(StorageVolumeDef volume, string dataset, bool asDevice)
    {
        ulong capacity = volume.Capacity?.Bytes ?? 0, allocation = volume.Allocation?.Bytes ?? 0;
        List<string> line = ["create"];
        if (asDevice)
            line.AddRange(["-o", "volmode=dev"]);
        if (allocation < capacity)
        {
            line.Add("-s");
            if (allocation > 0)
                line.AddRange(["-o", $"refreservation={Kibibytes(allocation)}K"]);
        }
        line.AddRange(["-V", $"{Kibibytes(capacity)}K", $"{dataset}/{volume.Name}"]);
        return line;
    }

    static ulong Kibibytes(ulong bytes) => (bytes / 1024) + (bytes % 1024 > 0 ? 1UL : 0);

    /// <summary>Size and free bytes of a pool, from its properties.</summary>
    public static (ulong Capacity, ulong Available, ulong Allocation) ReadPool(string output)
    {
        ulong capacity = 0, available = 0, allocation = 0;
        foreach (string line in output.Split('\n'))
        {
            if (line.Split('\t') is not [_, var name, var text, ..] || !ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong value))
                continue;
            switch (name)
            {
                case "size":
                    capacity = value;
                    break;
                case "free":
                    available = value;
                    break;
                case "allocated":
                    allocation = value;
                    break;
            }
        }
        return (capacity, available, allocation);
    }

    /// <summary>The volumes in a list. What is reserved of a sparse one may be nothing, by word or number.</summary>
    public static IEnumerable<(string Name, ulong Capacity, ulong Allocation)> ReadVolumes(string output, string dataset)
    {
        foreach (string line in output.Split('\n'))
        {
            if (line.Split('\t') is [var path, var size, var reserved] && path.StartsWith(dataset + "/", StringComparison.Ordinal)
                && ulong.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out ulong capacity))
            {
                _ = ulong.TryParse(reserved, NumberStyles.None, CultureInfo.InvariantCulture, out ulong allocation);
                yield return (path[(path.LastIndexOf('/') + 1)..], capacity, allocation);
            }
        }
    }
}
