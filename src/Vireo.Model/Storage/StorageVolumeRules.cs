using System.Buffers;
using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Model.Rules;

namespace Vireo.Model.Storage;

/// <summary>What must hold of every volume, as written.</summary>
public static class StorageVolumeRules
{
    static readonly SearchValues<char> versions = SearchValues.Create("0123456789.");

    /// <summary>Runs every rule for a volume of a pool of <paramref name="kind"/>.</summary>
    public static Findings Check(StorageVolumeDef volume, StoragePoolKind kind, StorageVolumeParse flags)
    {
        var found = new Findings(ErrorDomain.Storage);
        if (volume.BackingStore is { Path: not null } store)
            Format(store, store.Format, kind, found);
        bool mayLackCapacity = flags.HasFlag(StorageVolumeParse.NoCapacity)
            || flags.HasFlag(StorageVolumeParse.OptionalCapacity) && volume.BackingStore is { Path: not null };
        if (volume.Capacity is null && !mayLackCapacity)
            found.Wrong(volume, "missing capacity element");
        Size(volume, volume.Capacity, found);
        Size(volume, volume.Allocation, found);
        if (volume.Target is not { } target)
            return found;
        Format(target, target.Format, kind, found);
        if (target.Encryption is { } encryption)
            SecretRules.Check(encryption, found);
        if (target.Compatibility is { } version && version.AsSpan().ContainsAnyExcept(versions))
            found.Wrong(target, "forbidden characters in 'compat' attribute");
        return found;
    }

    /// <summary>Files are no longer than the system can say.</summary>
    static void Size(StorageVolumeDef volume, ByteSize? size, Findings found)
    {
        if (size is { Bytes: > long.MaxValue } tooLarge)
            found.Add(volume, ErrorCode.Overflow, $"value too large: {tooLarge.Bytes}", ErrorDomain.None);
    }

    static void Format(object element, string? format, StoragePoolKind kind, Findings found)
    {
        // Where volumes are images, there is no image without a format.
        bool isKnown = kind.VolumeFormats.Contains(format) && !(format is "none" && kind.VolumeFormat is "raw");
        if (format is not null && kind.VolumeFormat is not null && !isKnown)
            found.Unsupported(element, $"unknown volume format type {format}");
    }
}
