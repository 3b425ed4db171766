using Vireo.Core;
using Vireo.Drivers.Storage.Volumes;
using Vireo.Model.Storage;
using StorageVolumeType = Vireo.Model.Storage.StorageVolumeType;

namespace Vireo.Drivers.Storage.Kinds.Rbd;

/// <summary>Pools that are a pool of a Ceph cluster, whose images emulators reach themselves. The daemon connects to look and to change.</summary>
sealed class RbdPools(StorageKeeper keeper) : IPoolBackend
{
    public IVolumeBackend Volumes { get; } = new RbdVolumes(keeper);

    /// <summary>Nothing of the host says so: whoever looks finds out.</summary>
    public ValueTask<bool> IsThereAsync(StoragePoolDef pool, CancellationToken cancel) => new(true);

    public ValueTask<PoolContent> LookAsync(StoragePoolDef pool, VolumeTable known, CancellationToken cancel) => OnAsync(keeper, pool, session =>
    {
        List<Volume> volumes = [];
        foreach (string name in session.Names())
        {
            cancel.ThrowIfCancellationRequested();
            using RbdImage? image = RbdImage.Find(session, name);
            if (image is not null)
                volumes.Add(new Volume(Sized(At(pool, new StorageVolumeDef { Name = name }), image, pool)));
        }
        return new PoolContent(session.Sizes(), volumes);
    }, cancel);

    public ValueTask<StoragePoolDef> SizesAsync(StoragePoolDef pool, VolumeTable known, CancellationToken cancel) => OnAsync(keeper, pool, static session => session.Sizes(), cancel);

    /// <summary>A volume with its place.</summary>
    internal static StorageVolumeDef At(StoragePoolDef pool, StorageVolumeDef volume)
    {
        string path = $"{pool.Source!.Name}/{volume.Name}";
        return volume with { Type = StorageVolumeType.Network, Key = path, Target = (volume.Target ?? new StorageVolumeTarget()) with { Path = path, Format = "raw" } };
    }

    /// <summary>A volume with its sizes.</summary>
    internal static StorageVolumeDef Sized(StorageVolumeDef volume, RbdImage image, StoragePoolDef pool)
    {
        (ulong capacity, ulong allocation) = image.Size(exactly: pool.RefreshAllocation is RefreshAllocation.Default);
        return volume with { Capacity = new ByteSize(capacity), Allocation = new ByteSize(allocation) };
    }

    /// <summary>Does something in a session with a pool's cluster.</summary>
    internal static async ValueTask<T> OnAsync<T>(StorageKeeper keeper, StoragePoolDef pool, Func<RbdSession, T> what, CancellationToken cancel)
    {
        using RbdLogin login = await RbdLogin.OfAsync(keeper, pool, cancel).ConfigureAwait(false);
        return await OwnThread.RunAsync(() =>
        {
            using RbdSession session = RbdSession.Open(pool, login);
            return what(session);
        }).ConfigureAwait(false);
    }
}
