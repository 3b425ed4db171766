using System.Globalization;
using System.Text.RegularExpressions;
using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Model.Storage;

namespace Vireo.Drivers.Storage.Kinds.Logical;

/// <summary>What LVM's programs are told and what they write.</summary>
static partial class LogicalText
{
    const int Fields = 10;

    /// <summary>Arguments of lvs for the volumes of a group.</summary>
    public static IReadOnlyList<string> VolumeArguments(string group) =>
    [
        "--separator", "#", "--noheadings", "--units", "b", "--unbuffered", "--nosuffix", "--options",
        "lv_name,origin,uuid,devices,segtype,stripes,seg_size,vg_extent_size,size,lv_attr", group,
    ];

    /// <summary>Arguments of vgs for the sizes of a group.</summary>
    public static IReadOnlyList<string> GroupArguments(string group) =>
        ["--separator", ":", "--noheadings", "--units", "b", "--unbuffered", "--nosuffix", "--options", "vg_size,vg_free", group];

    /// <summary>Arguments of lvcreate for a new volume.</summary>
    /// <param name="volume">The volume.</param>
    /// <param name="group">Its group.</param>
    public static IReadOnlyList<string> CreateArguments(StorageVolumeDef volume, string group)
    {
        ulong capacity = Kibibytes(volume.Capacity), allocation = Kibibytes(volume.Allocation);
        string[] size = allocation == capacity ? ["-L", $"{capacity}K"]
            : ["-L", $"{Math.Max(allocation, 1)}K", "--type", "snapshot", "--virtualsize", $"{capacity}K"];
        string[] from = volume.BackingStore?.Path is { } origin ? ["-s", origin] : [group];
        return ["--name", volume.Name, .. size, .. from, "--yes"];
    }

    static ulong Kibibytes(ByteSize? size) => size is { Bytes: var bytes } ? bytes / 1024 + (bytes % 1024 == 0 ? 0ul : 1) : 0;

    /// <summary>A group's size and what of it is free, in bytes.</summary>
    public static (ulong Capacity, ulong Available) ReadGroup(string output)
    {
        string[] words = output.Trim().Split(':');
        return words.Length == 2 && ulong.TryParse(words[0], CultureInfo.InvariantCulture, out ulong capacity) && ulong.TryParse(words[1], CultureInfo.InvariantCulture, out ulong free)
            ? (capacity, free) : throw StorageErrors.Internal($"malformed answer of vgs: {output.Trim()}");
    }

    /// <summary>Groups and the devices that they are on; devices of no group are left out.</summary>
    public static StoragePoolSources ReadGroups(string output)
    {
        var groups = new Dictionary<string, List<StoragePoolDevice>>();
        foreach (string line in output.Split('\n'))
            if (line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries) is [var device, var group])
                (groups.TryGetValue(group, out List<StoragePoolDevice>? devices) ? devices : groups[group] = []).Add(new StoragePoolDevice { Path = device });
        return new StoragePoolSources
        {
            Sources = [.. groups.Select(static one => new StoragePoolSource { Devices = [.. one.Value], Name = one.Key, Format = "lvm2" })],
        };
    }

    /// <summary>One segment of a volume, as lvs tells it.</summary>
    /// <param name="Name">The volume.</param>
    /// <param name="Origin">What it is a snapshot of; null: nothing, or (in brackets) what LVM has for itself below a volume of more than its room.</param>
    /// <param name="Uuid">LVM's own name for it.</param>
    /// <param name="Parts">Where it lies.</param>
    /// <param name="Size">Bytes that it takes.</param>
    /// <param name="IsSnapshot">Its content is partly another's.</param>
    public sealed record Segment(string Name, string? Origin, string Uuid, IReadOnlyList<StorageVolumeDevice> Parts, ulong Size, bool IsSnapshot);

    /// <summary>Segments of the volumes that are active; pools of thin volumes are none.</summary>
    public static IEnumerable<Segment> ReadVolumes(string output)
    {
        foreach (string line in output.Split('\n'))
        {
            string[] words = line.Trim().Split('#');
            if (words.Length < Fields || words[9] is not { Length: > 4 } attributes || attributes[4] != 'a' || attributes[0] == 't')
                continue;
            yield return new Segment(words[0], words[1].Length == 0 || words[1][0] == '[' ? null : words[1], words[2], Parts(words), Number(words[8]), attributes[0] == 's');
        }
    }

    static List<StorageVolumeDevice> Parts(string[] words)
    {
        ulong length = Number(words[6]), extent = Number(words[7]);
        // Mirrors and the like lie on volumes, not on devices.
        if (words[4] is not ("linear" or "striped"))
            return [];
        return
        [
            .. Place().Matches(words[3]).Select(place => (Path: place.Groups[1].Value, Start: Number(place.Groups[2].Value) * extent))
                .Select(place => new StorageVolumeDevice { Path = place.Path, Extents = [new StorageExtent { Start = place.Start, End = place.Start + length }] }),
        ];
    }

    static ulong Number(string text) => ulong.TryParse(text, CultureInfo.InvariantCulture, out ulong number) ? number : 0;

    // /dev/sda(5),/dev/sdb(0): a device, and with which of its extents it begins.
    [GeneratedRegex(@"([^,(]+)\((\d+)\)")]
    private static partial Regex Place();
}
