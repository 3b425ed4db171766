using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Driver.Contracts;
using Vireo.Drivers.Storage.Capabilities;
using Vireo.Drivers.Storage.Pools;
using Vireo.Host.Files;
using Vireo.Hypervisor.Capabilities;

namespace Vireo.Drivers.Storage;

/// <summary>The storage driver of one daemon: <c>storage:///system</c> for the system's, <c>storage:///session</c> for a user's.</summary>
public sealed class StorageDriver : IDriver
{
    readonly StorageKeeper keeper;
    FileLock? driverLock;

    StorageDriver(StorageKeeper keeper)
    {
        this.keeper = keeper;
        var pools = new PoolLookup(keeper);
        var reads = new PoolReads(keeper);
        var volumes = new VolumeReads(keeper);
        var contents = new VolumeContents(keeper);
        Capabilities = CapabilitySet.Of<IStoragePoolLookup>(pools).And<IStoragePoolListing>(pools).And<IStoragePoolTargets>(pools)
            .And<IStoragePoolInfo>(reads).And<IStoragePoolEvents>(reads).And<IStoragePoolCapabilities>(reads)
            .And<IStoragePoolLifecycle>(new PoolChanges(keeper)).And<IStoragePoolSources>(new SourceDiscovery(keeper))
            .And<IStorageVolumeLookup>(volumes).And<IStorageVolumeInfo>(volumes).And<IStorageVolumeMeasures>(volumes)
            .And<IStorageVolumes>(new VolumeChanges(keeper)).And<IStorageVolumeResizing>(contents)
            .And<IStorageVolumeWipe>(contents).And<IStorageVolumeWipePatterns>(contents).And<IStorageVolumeData>(contents);
        Sources = new StorageSources(keeper);
    }

    /// <summary>Makes the driver; nothing is read or started yet.</summary>
    public static StorageDriver Create(StorageDriverOptions options) => new(new StorageKeeper(options));

    /// <inheritdoc/>
    public string Type => "storage";

    /// <summary>What every connection of the daemon offers by it.</summary>
    public CapabilitySet Capabilities { get; }

    /// <summary>What drivers of machines ask.</summary>
    public IStorageSources Sources { get; }

    /// <summary>The flows of this driver, whose steps tests go through.</summary>
    public static IReadOnlyList<Hypervisor.Flows.IFlow> Flows => PoolLives.Flows;

    string Path => keeper.Host.Privileged ? "/system" : "/session";

    /// <summary>Loads definitions, takes over the pools that are started, and starts those of the autostart list.</summary>
    public async Task StartAsync(CancellationToken cancel)
    {
        AtomicFile.MakeFolder(keeper.Paths.StateDir);
        driverLock = FileLock.TryTake(keeper.LockFile) ?? throw VireoException.Internal(
            ErrorDomain.Storage, $"Failed to acquire pid file '{keeper.LockFile}': another daemon uses it");
        await new PoolRestore(keeper).RunAsync(cancel).ConfigureAwait(false);
    }

    /// <summary>Reads definitions again that somebody else wrote.</summary>
    public Task ReloadAsync() => new PoolRestore(keeper).ReloadAsync();

    /// <summary>Lets go of all pools; they stay started.</summary>
    public Task StopAsync()
    {
        driverLock?.Dispose();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<IDriverConnection?> OpenAsync(ConnectionUri? uri, Caller caller, CancellationToken cancel)
    {
        if (uri is not { Driver: "storage", Host: null })
            return default;
        if (uri.Path != Path)
            throw VireoException.Internal(ErrorDomain.Storage, $"unexpected storage URI path '{uri.Path}', try storage://{Path}");
        return new(new Connection($"storage://{Path}", Capabilities));
    }

    sealed class Connection(string uri, CapabilitySet shared) : IDriverConnection
    {
        public string Uri => uri;

        public CapabilitySet Capabilities { get; } = CapabilitySet.Of<IConnectionInfo>(new SecondaryConnectionInfo("storage", uri)).Over(shared);

        public ValueTask DisposeAsync() => default;
    }
}
