using System.Globalization;
using System.Text.RegularExpressions;
using Vireo.Core;
using Vireo.Drivers.Storage.Kinds.Devices;
using Vireo.Drivers.Storage.Kinds.Scsi;
using Vireo.Drivers.Storage.Volumes;
using Vireo.Model.Storage;

namespace Vireo.Drivers.Storage.Kinds.Multipath;

/// <summary>The one pool of all disks that the host reaches by several ways.</summary>
sealed partial class MultipathPools(StorageKeeper keeper, ScsiDisks disks) : IPoolBackend
{
    public IVolumeBackend Volumes { get; } = new FoundDevices(keeper);

    public ValueTask<bool> IsThereAsync(StoragePoolDef pool, CancellationToken cancel) => new(true);

    public async ValueTask<PoolContent> LookAsync(StoragePoolDef pool, VolumeTable known, CancellationToken cancel)
    {
        await disks.SettleAsync(cancel).ConfigureAwait(false);
        List<Volume> found = [];
        ulong bytes = 0;
        // Without the device mapper the host has none.
        string listed = File.Exists(keeper.Options.HostTree.At("/dev/mapper/control"))
            ? (await keeper.Programs.RunAsync("dmsetup", ["ls", "--target", "multipath"], cancel).ConfigureAwait(false)).Output : "";
        foreach ((string name, uint minor) in Read(listed))
        {
            string path = $"/dev/mapper/{name}";
            StorageVolumeDef volume = DeviceLook.Run(new StorageVolumeDef
            {
                Name = string.Create(CultureInfo.InvariantCulture, $"dm-{minor}"), Key = path, Type = StorageVolumeType.Block, Target = new StorageVolumeTarget { Path = path },
            }, keeper.Options.HostTree);
            bytes += volume.Capacity?.Bytes ?? 0;
            found.Add(new Volume(volume));
        }
        return new PoolContent(pool with { Capacity = new ByteSize(bytes), Allocation = new ByteSize(bytes), Available = new ByteSize(0) }, found);
    }

    /// <summary>What <c>dmsetup ls</c> lists: a name and its device's numbers a line, or that there is nothing.</summary>
    internal static IEnumerable<(string Name, uint Minor)> Read(string listed) =>
        Line().Matches(listed).Select(static line => (line.Groups[1].Value, uint.Parse(line.Groups[2].Value, CultureInfo.InvariantCulture)));

    [GeneratedRegex(@"^(\S+)\s+\(\d{1,9}[:,]\s*(\d{1,9})\)\s*$", RegexOptions.Multiline | RegexOptions.CultureInvariant)] private static partial Regex Line();
}
