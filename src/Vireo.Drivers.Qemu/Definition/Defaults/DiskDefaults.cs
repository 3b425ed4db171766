using Vireo.Core;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Definition.Defaults;

/// <summary>Disks: driver and format, who decrypts.</summary>
static class DiskDefaults
{
    public static DomainDef Apply(DomainDef machine, DefinitionContext context) =>
        machine with { Devices = machine.Devices with { Disks = machine.Devices.Disks.Map(Complete) } };

    static Disk Complete(Disk disk)
    {
        if (disk.Source is DiskSource.OfVhostUser)
            return disk;
        DiskDriver driver = disk.Driver ?? new DiskDriver();
        return disk with
        {
            Driver = driver with
            {
                Name = driver.Name ?? "qemu",
                Type = driver.Type is not (null or StorageFormat.Auto) ? driver.Type : disk.Source is DiskSource.OfVolume ? null : StorageFormat.Raw,
            },
            Source = Complete(disk.Source),
            BackingStore = Complete(disk.BackingStore),
            Mirror = disk.Mirror is { Source: { } source } mirror ? mirror with { Source = Complete(source), BackingStore = Complete(mirror.BackingStore) } : disk.Mirror,
            Encryption = Complete(disk.Encryption),
        };
    }

    static BackingStore? Complete(BackingStore? store) => store is not { Source: { } source }
        ? store
        : store with { Source = Complete(source), Next = Complete(store.Next) };

    /// <summary>An image with whoever decrypts it.</summary>
    internal static DiskSource Complete(DiskSource source) => source.Encryption is null ? source : source with { Encryption = Complete(source.Encryption) };

    static DiskEncryption? Complete(DiskEncryption? encryption) =>
        encryption is { Engine: null } ? encryption with { Engine = EncryptionEngine.Qemu } : encryption;
}
