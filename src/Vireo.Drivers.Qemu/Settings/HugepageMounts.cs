using System.Globalization;
using Vireo.Drivers.Qemu.CommandLine;

namespace Vireo.Drivers.Qemu.Settings;

/// <summary>Where huge pages can be taken from.</summary>
static class HugepageMounts
{
    /// <summary>All that are mounted.</summary>
    internal static IEnumerable<HugepageMount> Found() => Read().Where(static m => m.Size > 0).DistinctBy(static m => m.Size)
        .Select(static m => new HugepageMount(m.Folder, m.Size, m.Size == DefaultSize()));

    /// <summary>Those of a list of folders, as far as they are mounted.</summary>
    internal static IEnumerable<HugepageMount> Named(IEnumerable<string> folders) => Found().Where(m => folders.Contains(m.Folder));

    static IEnumerable<(string Folder, ulong Size)> Read()
    {
        if (!File.Exists("/proc/self/mounts")) yield break;
        foreach (string line in File.ReadLines("/proc/self/mounts"))
        {
            if (line.Split(' ') is not [_, var folder, "hugetlbfs", var options, ..]) continue;
            string? size = options.Split(',').FirstOrDefault(static o => o.StartsWith("pagesize=", StringComparison.Ordinal))?["pagesize=".Length..];
            yield return (folder, size is null ? DefaultSize() : KiB(size));
        }
    }

    static ulong KiB(string text)
    {
        ulong unit = text[^1] switch { 'K' or 'k' => 1UL, 'M' or 'm' => 1UL << 10, 'G' or 'g' => 1UL << 20, _ => 0UL };
        return ulong.TryParse(text[..^1], CultureInfo.InvariantCulture, out ulong count) ? count * unit : 0;
    }

    static ulong DefaultSize() => File.Exists("/proc/meminfo")
        && File.ReadLines("/proc/meminfo").FirstOrDefault(static l => l.StartsWith("Hugepagesize:", StringComparison.Ordinal))?.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var size, ..]
        && ulong.TryParse(size, CultureInfo.InvariantCulture, out ulong kib) ? kib : 0;
}
