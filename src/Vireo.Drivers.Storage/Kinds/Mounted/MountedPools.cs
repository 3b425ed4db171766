using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Storage.Kinds.Folders;
using Vireo.Drivers.Storage.Pools;
using Vireo.Drivers.Storage.Volumes;
using Vireo.Model.Storage;

namespace Vireo.Drivers.Storage.Kinds.Mounted;

/// <summary>Pools that are a file system of a device, mounted at a folder of the host.</summary>
class MountedPools(StorageKeeper keeper, LocalVolumes files) : IPoolBackend, IDeletablePools
{
    protected StorageKeeper Keeper => keeper;

    public IVolumeBackend Volumes => files;

    public ValueTask<bool> IsThereAsync(StoragePoolDef pool, CancellationToken cancel) => new(MountTable.Has(PoolCommands.Source(pool), PathOf(pool)));

    /// <summary>Mounts it, unless somebody did.</summary>
    public async ValueTask StartAsync(StoragePoolDef pool, CancellationToken cancel)
    {
        IReadOnlyList<string> mount = PoolCommands.Start(pool)!;
        if (!MountTable.Has(PoolCommands.Source(pool), PathOf(pool)))
            await keeper.Programs.RunAsync(mount, cancel).ConfigureAwait(false);
    }

    public async ValueTask StopAsync(StoragePoolDef pool, CancellationToken cancel)
    {
        if (MountTable.Has(PoolCommands.Source(pool), PathOf(pool)))
            await keeper.Programs.RunAsync(PoolCommands.Stop(pool)!, cancel).ConfigureAwait(false);
    }

    public async ValueTask BuildAsync(StoragePoolDef pool, StoragePoolBuildFlags flags, CancellationToken cancel)
    {
        FolderWork.CheckBuild(flags);
        FolderWork.Make(pool);
        if (flags is StoragePoolBuildFlags.New)
            return;
        if (pool.Source?.Devices is not [{ Path: var device }, ..])
            throw StorageErrors.Invalid($"No source device specified when formatting pool '{pool.Name}'");
        if (!File.Exists(device))
            throw StorageErrors.Invalid($"Source device does not exist when formatting pool '{pool.Name}'");
        string format = pool.Source.Format ?? "auto";
        if (flags.HasFlag(StoragePoolBuildFlags.NoOverwrite))
            await DeviceContent.RequireEmptyAsync(keeper.Programs, device, format, cancel).ConfigureAwait(false);
        await keeper.Programs.RunAsync(PoolCommands.Format(format, device), cancel).ConfigureAwait(false);
    }

    public ValueTask<PoolContent> LookAsync(StoragePoolDef pool, VolumeTable known, CancellationToken cancel) => new(Task.Run(() => FolderLook.Run(pool, known, cancel), cancel));

    public ValueTask DeleteAsync(StoragePoolDef pool, StoragePoolDeleteFlags flags, CancellationToken cancel)
    {
        FolderWork.Delete(pool, flags);
        return default;
    }

    static string PathOf(StoragePoolDef pool) => pool.Target!.Path!;
}

/// <summary>Pools that are a folder of a server's.</summary>
sealed class ServerFolderPools(StorageKeeper keeper, LocalVolumes files) : MountedPools(keeper, files), ISourceDiscovery
{
    public async ValueTask<StoragePoolSources> FindAsync(StoragePoolSource? wanted, uint flags, CancellationToken cancel)
    {
        flags.None("virStorageBackendFileSystemNetFindPoolSources");
        if (wanted?.Hosts is not { Count: > 0 } hosts)
            throw VireoException.InvalidArgument(ErrorDomain.Storage, "hostname must be specified for netfs sources");
        string host = SourceHosts.Only(hosts, ErrorCode.InvalidArg).Name;
        List<StoragePoolSource> found = [];
        if (Keeper.Programs.Find("showmount") is not null
            && await Keeper.Programs.TryAsync("showmount", ["--no-headers", "--exports", host], cancel).ConfigureAwait(false) is { Status.IsSuccess: true } exports)
        {
            found.AddRange(ServerExports.Read(exports.Output).Select(path => new StoragePoolSource { Hosts = [new StoragePoolHost { Name = host }], Directory = path, Format = "nfs" }));
        }
        found.AddRange(await Gluster.GlusterServers.FindAsync(Keeper, host, StoragePoolType.NetFs, cancel).ConfigureAwait(false));
        return found.Count > 0 ? new StoragePoolSources { Sources = [.. found] } : throw StorageErrors.Failed($"no storage pools were found on host '{host}'");
    }
}
