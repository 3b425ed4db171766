using System.Globalization;
using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Drivers.Storage.Kinds.Devices;
using Vireo.Drivers.Storage.Volumes;
using Vireo.Host.Topology;
using Vireo.Model.Storage;

namespace Vireo.Drivers.Storage.Kinds.Scsi;

/// <summary>The disks behind a SCSI host adapter of the kernel, real or one that stands for an iSCSI session.</summary>
sealed class ScsiDisks(StorageKeeper keeper)
{
    const string Devices = "sys/bus/scsi/devices";
    const int Disk = 0, Rom = 5;    // /sys/bus/scsi/devices/*/type: SPC's peripheral device types

    HostTree Tree => keeper.Options.HostTree;

    /// <summary>Waits until udev has named what appeared. Where nobody can be asked nothing is named.</summary>
    public async ValueTask SettleAsync(CancellationToken cancel)
    {
        if (keeper.Programs.Find("udevadm") is not null)
            await keeper.Programs.TryAsync("udevadm", ["settle", "--timeout=10"], cancel).ConfigureAwait(false);
    }

    /// <summary>Those of a host, and the pool with their sizes.</summary>
    public async ValueTask<PoolContent> LookAsync(StoragePoolDef pool, uint host, CancellationToken cancel)
    {
        await SettleAsync(cancel).ConfigureAwait(false);
        List<Volume> found = [];
        ulong bytes = 0;
        Dictionary<string, string>? names = null;
        foreach ((string name, string unit) in Units(host))
        {
            if (BlockDevice(name) is not { } device)
                continue;
            names ??= StablePaths.Read(Tree, pool.Target?.Path, device);
            string path = $"/dev/{device}";
            if (names.Count > 0 || !StablePaths.IsDev(pool.Target!.Path!))
            {
                if (!names.TryGetValue(device, out string? stable))
                    continue;       // udev has no name for it there
                path = stable;
            }
            StorageVolumeDef volume = DeviceLook.Run(new StorageVolumeDef
            {
                Name = unit, Key = await KeyAsync(path, cancel).ConfigureAwait(false), Type = StorageVolumeType.Block, Target = new StorageVolumeTarget { Path = path },
            }, Tree);
            bytes += volume.Capacity?.Bytes ?? 0;
            found.Add(new Volume(volume));
        }
        return new PoolContent(pool with { Capacity = new ByteSize(bytes), Allocation = new ByteSize(bytes), Available = new ByteSize(0) }, found);
    }

    /// <summary>Disks and CD-ROMs of a host, by their names in sysfs (host:bus:target:lun) and as volumes.</summary>
    IEnumerable<(string Name, string Unit)> Units(uint host)
    {
        foreach (string name in Tree.Names(Devices).Order(StringComparer.Ordinal))
        {
            string[] parts = name.Split(':');
            if (parts.Length is 4 && uint.TryParse(parts[0], CultureInfo.InvariantCulture, out uint of) && of == host && Tree.Number($"{Devices}/{name}/type") is Disk or Rom)
                yield return (name, $"unit:{parts[1]}:{parts[2]}:{parts[3]}");
        }
    }

    /// <summary>Its block device; kernels before 2.6.26 had no folder of them.</summary>
    string? BlockDevice(string name)
    {
        IReadOnlyList<string> blocks = Tree.Names($"{Devices}/{name}/block");
        return blocks.Count > 0 ? blocks[0]
            : Tree.Names($"{Devices}/{name}").FirstOrDefault(static one => one.StartsWith("block:", StringComparison.Ordinal))?["block:".Length..];
    }

    /// <summary>What the disk says of itself; its path if it says nothing.</summary>
    async ValueTask<string> KeyAsync(string path, CancellationToken cancel)
    {
        if (keeper.Programs.Find("scsi_id") is null)
            return path;
        string said = (await keeper.Programs.TryAsync("scsi_id", ["--replace-whitespace", "--whitelisted", "--device", path], cancel).ConfigureAwait(false)).Output;
        int end = said.IndexOf('\n', StringComparison.Ordinal);
        return (end < 0 ? said : said[..end]) is { Length: > 0 } key ? key : path;
    }
}

/// <summary>The names that a pool's folder has for devices: these stay when the kernel counts differently after a restart.</summary>
static class StablePaths
{
    /// <summary>The folder of all devices: names in it are the kernel's.</summary>
    public static bool IsDev(string folder) => folder is "/dev" or "/dev/";

    /// <summary>By device; none where the folder is that of all devices.</summary>
    /// <param name="tree">The host.</param>
    /// <param name="folder">The pool's.</param>
    /// <param name="device">For the message.</param>
    public static Dictionary<string, string> Read(HostTree tree, string? folder, string device)
    {
        if (folder is null || !folder.StartsWith("/dev", StringComparison.Ordinal))
            throw VireoException.InvalidArgument(ErrorDomain.Storage, $"unable to use target path '{folder}' for dev '{device}'");
        Dictionary<string, string> names = new(StringComparer.Ordinal);
        if (IsDev(folder))
            return names;
        string there = tree.At(folder);
        if (!Directory.Exists(there))
            throw StorageErrors.SystemAnywhere(2, $"cannot read dir '{folder}'");
        foreach (string link in Directory.EnumerateFileSystemEntries(there).Order(StringComparer.Ordinal))
            if (File.ResolveLinkTarget(link, returnFinalTarget: true) is { } target)
                names.TryAdd(target.Name, $"{folder.TrimEnd('/')}/{Path.GetFileName(link)}");
        return names;
    }
}
