using Vireo.Core.Errors;
using Vireo.Core.Xml;
using Vireo.Driver;
using Vireo.Driver.Contracts;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;
using Vireo.Model.Storage;

namespace Vireo.Drivers.Qemu.Migrate.Storage;

/// <summary>Makes images at the target that the source's disks are copied to, where they are not there yet.</summary>
static class DiskVolumes
{
    /// <summary>Makes them.</summary>
    /// <exception cref="VireoException">One is not there and cannot be made.</exception>
    internal static async ValueTask MakeAsync(IStorageSources? storage, DomainDef def, MigrationOrder order, CookieNbd? told, CancellationToken cancel)
    {
        if (!order.Has(MigrationOrder.Storage) || told is null) return;
        foreach (CookieDisk one in told.Disks.ToArray())
        {
            Disk disk = def.Devices.Disks.FirstOrDefault(d => d.Target.Device == one.Target)
                ?? throw VireoException.Internal(ErrorDomain.Qemu, $"unable to find disk by target: {one.Target}");
            if (!CopiedDisks.IsCopied(disk, order)) continue;
            if (disk.Source is DiskSource.OfFile { Path: { } file } && File.Exists(file)) continue;
            if (order.Has(DomainMigrateFlags.NonSharedInc))
                throw QemuErrors.Unsupported("pre-creation of storage targets for incremental storage migration is not supported");
            IStorageSources there = storage ?? throw QemuErrors.Unsupported("this daemon has no storage to make images in");
            (string pool, string name) = disk.Source switch
            {
                DiskSource.OfFile { Path: { Length: > 0 } path } =>
                    (await there.FindPoolOfFolderAsync(Path.GetDirectoryName(path) ?? "/", cancel).ConfigureAwait(false), Path.GetFileName(path)),
                DiskSource.OfVolume { Pool: { } of, Volume: { } volume } => (of, volume),
                var other => throw VireoException.Internal(ErrorDomain.Qemu, $"cannot precreate storage for disk type '{NameOf(other)}'"),
            };
            if (disk.Source is DiskSource.OfVolume && await there.FindVolumeAsync(pool, name, cancel).ConfigureAwait(false) is not null) continue;
            string format = (disk.Driver?.Type ?? StorageFormat.Raw).ToXml();
            await there.MakeVolumeAsync(pool, Document(name, format, one.Capacity), cancel).ConfigureAwait(false);
        }
    }

    static string NameOf(DiskSource source) => source switch
    {
        DiskSource.OfBlock => "block",
        DiskSource.OfDirectory => "dir",
        DiskSource.OfNetwork => "network",
        DiskSource.OfNvme => "nvme",
        DiskSource.OfVhostUser => "vhostuser",
        _ => "file",
    };

    static string Document(string name, string format, ulong capacity)
    {
        var output = new XmlOutput(new XmlOutputOptions());
        output.Open("volume");
        output.TextElement("name", name);
        output.TextElement("capacity", capacity.ToString(System.Globalization.CultureInfo.InvariantCulture));
        output.Open("target");
        output.Open("format");
        output.Attribute("type", format);
        output.Close("format");
        output.Close("target");
        output.Close("volume");
        return output.ToString();
    }
}
