using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Storage.Volumes.Content;
using Vireo.Model.Storage;

namespace Vireo.Drivers.Storage.Kinds.Devices;

/// <summary>Volumes that are devices of the host: they are found, neither made nor deleted, and their content is anybody's.</summary>
sealed class FoundDevices(StorageKeeper keeper) : IVolumeBackend
{
    public bool AreFound => true;

    // Never asked for of what is found (AreFound).
    public StorageVolumeDef Place(StoragePoolDef pool, StorageVolumeDef wanted) => throw No("volume creation");

    public ValueTask MakeAsync(VolumeWork work, CancellationToken cancel) => throw No("volume creation");

    public ValueTask<StorageVolumeDef> LookAsync(StoragePoolDef pool, StorageVolumeDef volume, CancellationToken cancel) => new(DeviceLook.Run(volume, keeper.Options.HostTree));

    public ValueTask DeleteAsync(StoragePoolDef pool, StorageVolumeDef volume, StorageVolumeDeleteFlags flags, CancellationToken cancel) => throw No("vol deletion");

    public ValueTask ResizeAsync(StoragePoolDef pool, StorageVolumeDef volume, ulong capacity, StorageVolumeResizeFlags flags, CancellationToken cancel) =>
        throw No("changing of volume capacity");

    public ValueTask WipeAsync(StoragePoolDef pool, StorageVolumeDef volume, StorageVolumeWipeAlgorithm algorithm, CancellationToken cancel) =>
        VolumeWipe.RunAsync(keeper.Programs, volume, algorithm, cancel);

    static VireoException No(string what) => VireoException.NoSupport($"storage pool does not support {what}", ErrorDomain.Storage);
}
