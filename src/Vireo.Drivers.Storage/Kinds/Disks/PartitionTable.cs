using System.Globalization;
using Vireo.Model.Storage;

namespace Vireo.Drivers.Storage.Kinds.Disks;

/// <summary>A part of a disk, in bytes.</summary>
/// <param name="Number">Of the partition.</param>
/// <param name="Start">Its first byte.</param>
/// <param name="End">The byte behind its last.</param>
readonly record struct Partition(int Number, ulong Start, ulong End)
{
    public ulong Length => End - Start;
}

/// <summary>What is on a disk, from <c>parted -m -s DEVICE unit B print free</c>.</summary>
/// <param name="Label">parted's word for the kind of table.</param>
/// <param name="Partitions">The partitions, in the order of the disk.</param>
/// <param name="Free">What is free.</param>
sealed record PartitionTable(string Label, IReadOnlyList<Partition> Partitions, IReadOnlyList<StorageExtent> Free)
{
    /// <summary>parted's arguments.</summary>
    public static IReadOnlyList<string> Arguments(string device) => ["-m", "-s", device, "unit", "B", "print", "free"];

    /// <summary>How far it goes: up to the end of the last of its parts.</summary>
    public ulong Capacity => Math.Max(
        Partitions.Count == 0 ? 0 : Partitions.Max(static part => part.End), Free.Count == 0 ? 0 : Free.Max(static part => part.End));

    /// <summary>What is free, in bytes.</summary>
    public ulong Available => Free.Aggregate(0ul, static (sum, part) => sum + (part.End - part.Start));

    /// <summary>Reads it.</summary>
    public static PartitionTable Read(string output)
    {
        string label = "";
        List<Partition> partitions = [];
        List<StorageExtent> free = [];
        foreach (string line in output.Split('\n'))
        {
            string[] words = line.TrimEnd(';', '\r').Split(':');
            // The second line is of the disk; it begins with a path.
            if (words.Length >= 6 && words[0].StartsWith('/'))
                label = words[5];
            else if (words.Length >= 5 && int.TryParse(words[0], CultureInfo.InvariantCulture, out int number))
                Add(partitions, free, number, words);
        }
        return new PartitionTable(label, partitions, free);
    }

    static void Add(List<Partition> partitions, List<StorageExtent> free, int number, string[] words)
    {
        ulong start = Bytes(words[1]), end = Bytes(words[2]) + 1;
        if (words[4] == "free")
            free.Add(new StorageExtent { Start = start, End = end });
        else
            partitions.Add(new Partition(number, start, end));
    }

    static ulong Bytes(string text) => ulong.TryParse(text.TrimEnd('B'), CultureInfo.InvariantCulture, out ulong bytes) ? bytes : 0;

    /// <summary>The smallest free part that a new partition fits in; null: there is none.</summary>
    /// <param name="length">In bytes.</param>
    /// <param name="alignment">Of its start, in bytes.</param>
    public Partition? FindRoom(ulong length, ulong alignment)
    {
        Partition? best = null;
        ulong smallest = ulong.MaxValue;
        foreach (StorageExtent part in Free)
        {
            ulong start = (part.Start + alignment - 1) / alignment * alignment;
            // What is free in a partition that holds others is theirs.
            bool isInside = Partitions.Any(one => one.Start <= part.Start && part.End <= one.End);
            if (isInside || start + length > part.End || part.End - part.Start >= smallest)
                continue;
            (smallest, best) = (part.End - part.Start, new Partition(0, start, start + length));
        }
        return best;
    }
}
