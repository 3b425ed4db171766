using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Storage.Pools;
using Vireo.Drivers.Storage.Volumes;
using Vireo.Model.Storage;

namespace Vireo.Drivers.Storage.Kinds.Logical;

/// <summary>Pools that are a volume group of LVM: everything is done by its programs.</summary>
sealed class LogicalPools(StorageKeeper keeper) : IPoolBackend, IDeletablePools, ISourceDiscovery
{
    readonly LogicalVolumes volumes = new(keeper);

    public IVolumeBackend Volumes => volumes;

    public ValueTask<bool> IsThereAsync(StoragePoolDef pool, CancellationToken cancel) => new(Directory.Exists(pool.Target!.Path));

    /// <summary>The group must be there, and on no other devices than the pool says.</summary>
    public async ValueTask StartAsync(StoragePoolDef pool, CancellationToken cancel)
    {
        string group = pool.Source!.Name!;
        StoragePoolSources known = await FindGroupsAsync(cancel).ConfigureAwait(false);
        StoragePoolSource found = known.Sources.FirstOrDefault(source => source.Name == group)
            ?? throw StorageErrors.Unsupported($"cannot find logical volume group name '{group}'");
        foreach (StoragePoolDevice device in pool.Source.Devices)
            if (!found.Devices.Any(one => one.Path == device.Path))
                throw StorageErrors.Unsupported($"cannot find any matching source devices for logical volume group '{group}'");
        await keeper.Programs.RunAsync(PoolCommands.Start(pool)!, cancel).ConfigureAwait(false);
    }

    public async ValueTask StopAsync(StoragePoolDef pool, CancellationToken cancel) => await keeper.Programs.RunAsync(PoolCommands.Stop(pool)!, cancel).ConfigureAwait(false);

    public async ValueTask BuildAsync(StoragePoolDef pool, StoragePoolBuildFlags flags, CancellationToken cancel)
    {
        flags.Only(StoragePoolBuildFlags.Overwrite | StoragePoolBuildFlags.NoOverwrite, "virStorageBackendLogicalBuildPool");
        flags.NotTogether(StoragePoolBuildFlags.Overwrite, "VIR_STORAGE_POOL_BUILD_OVERWRITE", StoragePoolBuildFlags.NoOverwrite,
            "VIR_STORAGE_POOL_BUILD_NO_OVERWRITE", "virStorageBackendLogicalBuildPool");
        string[] devices = [.. pool.Source!.Devices.Select(static device => device.Path)];
        List<string> made = [];
        try
        {
            foreach (string device in devices)
            {
                if (!flags.HasFlag(StoragePoolBuildFlags.Overwrite))
                    await DeviceContent.RequireEmptyAsync(keeper.Programs, device, "lvm2", cancel).ConfigureAwait(false);
                await keeper.Programs.RunAsync("pvcreate", [device], cancel).ConfigureAwait(false);
                made.Add(device);
            }
            await keeper.Programs.RunAsync("vgcreate", [pool.Source.Name!, .. devices], cancel).ConfigureAwait(false);
        }
        catch (VireoException)
        {
            foreach (string device in made)
                await keeper.Programs.TryAsync("pvremove", [device], CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask<PoolContent> LookAsync(StoragePoolDef pool, VolumeTable known, CancellationToken cancel)
    {
        string group = pool.Source!.Name!;
        IReadOnlyList<Volume> found = await volumes.FindAsync(group, pool.Target!.Path!, cancel).ConfigureAwait(false);
        string sizes = (await keeper.Programs.RunAsync("vgs", LogicalText.GroupArguments(group), cancel).ConfigureAwait(false)).Output;
        (ulong capacity, ulong available) = LogicalText.ReadGroup(sizes);
        return new PoolContent(pool with
        {
            Capacity = new ByteSize(capacity),
            Available = new ByteSize(available),
            Allocation = new ByteSize(capacity - available),
        }, found);
    }

    public async ValueTask DeleteAsync(StoragePoolDef pool, StoragePoolDeleteFlags flags, CancellationToken cancel)
    {
        ((uint)flags).None("virStorageBackendLogicalDeletePool");
        await keeper.Programs.RunAsync("vgremove", ["-f", pool.Source!.Name!], cancel).ConfigureAwait(false);
        foreach (string device in (string[])[.. pool.Source.Devices.Select(static one => one.Path)])
            await keeper.Programs.RunAsync("pvremove", [device], cancel).ConfigureAwait(false);
    }

    public ValueTask<StoragePoolSources> FindAsync(StoragePoolSource? wanted, uint flags, CancellationToken cancel)
    {
        flags.None("virStorageBackendLogicalFindPoolSources");
        return FindGroupsAsync(cancel);
    }

    async ValueTask<StoragePoolSources> FindGroupsAsync(CancellationToken cancel)
    {
        // That nothing was scanned does not say that nothing is there.
        await keeper.Programs.TryAsync("vgscan", [], cancel).ConfigureAwait(false);
        return LogicalText.ReadGroups((await keeper.Programs.RunAsync("pvs", ["--noheadings", "-o", "pv_name,vg_name"], cancel).ConfigureAwait(false)).Output);
    }
}
