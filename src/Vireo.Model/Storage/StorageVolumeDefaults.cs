using Vireo.Core;
using Vireo.Model.Domain.Devices;

namespace Vireo.Model.Storage;

/// <summary>Fills in what a volume's pool implies and drops what does not count there.</summary>
public static class StorageVolumeDefaults
{
    /// <summary>The volume as libvirt keeps it.</summary>
    public static StorageVolumeDef Apply(StorageVolumeDef volume, StoragePoolKind kind)
    {
        ByteSize capacity = volume.Capacity ?? new ByteSize(0);
        return volume with
        {
            Type = volume.Type ?? StorageVolumeType.File,
            Capacity = capacity,
            Allocation = volume.Allocation ?? capacity,
            Target = Target(volume.Target ?? new StorageVolumeTarget(), kind),
            BackingStore = volume.BackingStore is { Path: not null } store
                ? store with { Format = Format(store.Format, kind, "raw"), Permissions = store.Permissions?.Normal() } : null,
        };
    }

    static StorageVolumeTarget Target(StorageVolumeTarget target, StoragePoolKind kind) => target with
    {
        Format = Format(target.Format, kind, kind.VolumeFormat),
        Permissions = target.Permissions?.Normal(),
        Encryption = target.Encryption is { Format: not (EncryptionFormat.Luks or EncryptionFormat.Luks2) } other
            ? other with { Cipher = null, IvGenerator = null } : target.Encryption,
        Compatibility = target.Compatibility ?? (target.Features is null ? null : "1.1"),
        ClusterSize = target.ClusterSize is { Bytes: 0 } ? null : target.ClusterSize,
    };

    static string? Format(string? format, StoragePoolKind kind, string? usual) =>
        kind.VolumeFormat is null ? null : format ?? (kind.VolumeFormats.Contains(usual) ? usual : kind.VolumeFormat);
}
