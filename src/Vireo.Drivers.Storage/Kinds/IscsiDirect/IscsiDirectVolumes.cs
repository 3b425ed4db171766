using System.Globalization;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Model.Storage;

namespace Vireo.Drivers.Storage.Kinds.IscsiDirect;

/// <summary>Units of a target: they are found, and can be written over.</summary>
sealed class IscsiDirectVolumes(StorageKeeper keeper) : IVolumeBackend
{
    public bool AreFound => true;

    public bool HaveFiles => false;

    // Never asked for of what is found (AreFound).
    public StorageVolumeDef Place(StoragePoolDef pool, StorageVolumeDef wanted) => throw No("volume creation");

    public ValueTask MakeAsync(VolumeWork work, CancellationToken cancel) => throw No("volume creation");

    /// <summary>What is known of it is from the last look at its pool: a session for each question would be too dear.</summary>
    public ValueTask<StorageVolumeDef> LookAsync(StoragePoolDef pool, StorageVolumeDef volume, CancellationToken cancel) => new(volume);

    public ValueTask DeleteAsync(StoragePoolDef pool, StorageVolumeDef volume, StorageVolumeDeleteFlags flags, CancellationToken cancel) => throw No("vol deletion");

    public ValueTask ResizeAsync(StoragePoolDef pool, StorageVolumeDef volume, ulong capacity, StorageVolumeResizeFlags flags, CancellationToken cancel) =>
        throw No("changing of volume capacity");

    public async ValueTask WipeAsync(StoragePoolDef pool, StorageVolumeDef volume, StorageVolumeWipeAlgorithm algorithm, CancellationToken cancel)
    {
        if (algorithm is not StorageVolumeWipeAlgorithm.Zero)
            throw VireoException.InvalidArgument(ErrorDomain.Storage, $"unsupported algorithm {(int)algorithm}");
        ushort unit = ushort.Parse(volume.Name.AsSpan(volume.Name.LastIndexOf(':') + 1), NumberStyles.None, CultureInfo.InvariantCulture);
        await IscsiDirectPools.OnAsync(keeper, pool, session =>
        {
            session.Wipe(unit, cancel);
            return unit;
        }, cancel).ConfigureAwait(false);
    }

    static VireoException No(string what) => VireoException.NoSupport($"storage pool does not support {what}", ErrorDomain.Storage);
}
