using System.Globalization;
using Vireo.Core;
using Vireo.Core.Errors;

namespace Vireo.Model.Checkpoint;

/// <summary>Fills in what a checkpoint's document implies.</summary>
public static class CheckpointDefaults
{
    /// <summary>The checkpoint as libvirt keeps it, before it meets its machine's disks.</summary>
    /// <param name="checkpoint">As written.</param>
    /// <param name="redefine">It exists and is told again.</param>
    /// <param name="now">In seconds since 1970: the time of a new one, and its name if it has none. Null: neither is filled in.</param>
    public static CheckpointDef Apply(CheckpointDef checkpoint, bool redefine, long? now) => checkpoint with
    {
        Name = checkpoint.Name ?? now?.ToString(CultureInfo.InvariantCulture),
        CreationTime = redefine ? checkpoint.CreationTime : now,
        Disks = checkpoint.Disks is { } disks ? disks with { All = disks.All.Map(Typed) } : null,
    };

    // A disk that is listed takes part unless it says otherwise.
    static CheckpointDisk Typed(CheckpointDisk disk) => disk with { Type = disk.Type ?? CheckpointType.Bitmap };

    /// <summary>
    /// Every disk of the machine with its part: listed ones as they say, the others not at all, and if none is listed all of them. Bitmaps are called as the checkpoint is.
    /// </summary>
    /// <param name="checkpoint">After <see cref="Apply"/>.</param>
    /// <param name="disks">The machine's disks in their order: target, and the image's path.</param>
    /// <param name="fixedOnes">The targets of those that nothing is written to, as they are empty or read-only; null: none.</param>
    /// <exception cref="VireoException">VIR_ERR_CONFIG_UNSUPPORTED: a disk is not there, is listed twice, or is to be tracked and cannot be written to.</exception>
    public static CheckpointDef Align(CheckpointDef checkpoint, IReadOnlyList<(string Target, string? Path)> disks, IReadOnlyCollection<string>? fixedOnes = null)
    {
        ValueList<CheckpointDisk> listed = checkpoint.Disks?.All ?? default;
        if (disks.Count == 0)
            throw Unsupported("domain must have at least one disk to perform checkpoints");
        if (listed.Count > disks.Count)
            throw Unsupported("too many disk checkpoint requests for domain");
        var parts = new CheckpointDisk?[disks.Count];
        foreach (CheckpointDisk disk in listed)
        {
            int index = Find(disks, disk.Name);
            if (index < 0)
                throw Unsupported($"no disk named '{disk.Name}'");
            if (parts[index] is not null)
                throw Unsupported($"disk '{disks[index].Target}' specified twice");
            if (disk.Type is CheckpointType.Bitmap && fixedOnes?.Contains(disks[index].Target) is true)
                throw Unsupported($"disk '{disks[index].Target}' is empty or readonly");
            parts[index] = disk with { Name = disks[index].Target };
        }
        CheckpointType other = checkpoint.Disks is null ? CheckpointType.Bitmap : CheckpointType.No;
        return checkpoint with
        {
            Disks = new CheckpointDisks { All = [.. parts.Select((part, i) => Named(part ?? new CheckpointDisk { Name = disks[i].Target, Type = fixedOnes?.Contains(disks[i].Target) is true ? CheckpointType.No : other }, checkpoint.Name))] },
        };
    }

    static CheckpointDisk Named(CheckpointDisk disk, string? name) =>
        disk.Type == CheckpointType.Bitmap ? disk with { Bitmap = disk.Bitmap ?? name } : disk;

    static int Find(IReadOnlyList<(string Target, string? Path)> disks, string name)
    {
        for (int i = 0; i < disks.Count; i++)
            if (disks[i].Target == name || disks[i].Path == name)
                return i;
        return -1;
    }

    static VireoException Unsupported(string text) => new(ErrorCode.ConfigUnsupported, ErrorDomain.DomainCheckpoint, text);
}
