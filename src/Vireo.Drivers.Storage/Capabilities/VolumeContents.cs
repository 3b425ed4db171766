using Microsoft.Win32.SafeHandles;
using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Storage.Kinds;
using Vireo.Drivers.Storage.Pools;
using Vireo.Drivers.Storage.Volumes;
using Vireo.Drivers.Storage.Volumes.Content;
using Vireo.Host.Files;

namespace Vireo.Drivers.Storage.Capabilities;

/// <summary>Changes volumes that are there: their capacity and their content.</summary>
sealed class VolumeContents(StorageKeeper keeper) : IStorageVolumeResizing, IStorageVolumeWipe, IStorageVolumeWipePatterns, IStorageVolumeData
{
    const StorageVolumeResizeFlags ResizeFlags = StorageVolumeResizeFlags.Allocate | StorageVolumeResizeFlags.Delta | StorageVolumeResizeFlags.Shrink;

    public async ValueTask ResizeAsync(StorageVolumeRef volume, ulong capacity, StorageVolumeResizeFlags flags, CancellationToken cancel)
    {
        flags.Only(ResizeFlags, "storageVolResize");
        (Pool pool, Volume found) = keeper.Pools.Get(volume);
        found.RequireIdle();
        ulong now = found.Def.Capacity?.Bytes ?? 0, taken = found.Def.Allocation?.Bytes ?? 0;
        ulong wanted = !flags.HasFlag(StorageVolumeResizeFlags.Delta) ? capacity
            : flags.HasFlag(StorageVolumeResizeFlags.Shrink) ? now - Math.Min(now, capacity) : unchecked(now + capacity);
        if (wanted < taken)
            throw VireoException.InvalidArgument(ErrorDomain.Storage, "can't shrink capacity below existing allocation");
        if (wanted < now && !flags.HasFlag(StorageVolumeResizeFlags.Shrink))
            throw VireoException.InvalidArgument(ErrorDomain.Storage, "Can't shrink capacity below current capacity unless shrink flag explicitly specified");
        bool allocate = flags.HasFlag(StorageVolumeResizeFlags.Allocate);
        if (allocate && wanted > (pool.State.Def.Available?.Bytes ?? 0))
            throw StorageErrors.Failed("Not enough space left in storage pool");
        IVolumeBackend backend = pool.RequireVolumes("storage pool does not support changing of volume capacity");
        using (found.Use())
            await backend.ResizeAsync(pool.State.Def, found.Def, wanted, flags & ~StorageVolumeResizeFlags.Delta, cancel).ConfigureAwait(false);
        found.Def = found.Def with { Capacity = new ByteSize(wanted), Allocation = allocate ? new ByteSize(wanted) : found.Def.Allocation };
        if (allocate)
            pool.Change(state => state.Taking(wanted - taken));
    }

    public ValueTask WipeAsync(StorageVolumeRef volume, uint flags, CancellationToken cancel) => WipeAsync(volume, StorageVolumeWipeAlgorithm.Zero, flags, cancel);

    public async ValueTask WipeAsync(StorageVolumeRef volume, StorageVolumeWipeAlgorithm algorithm, uint flags, CancellationToken cancel)
    {
        flags.None("storageVolWipePattern");
        if (!Enum.IsDefined(algorithm))
            throw VireoException.InvalidArgument(ErrorDomain.Storage, $"wiping algorithm {(int)algorithm} not supported");
        (Pool pool, Volume found) = keeper.Pools.Get(volume);
        found.RequireIdle();
        IVolumeBackend backend = pool.RequireVolumes("storage pool doesn't support volume wiping");
        using IDisposable use = found.Use(), job = pool.BeginJob();
        await backend.WipeAsync(pool.State.Def, found.Def, algorithm, cancel).ConfigureAwait(false);
        found.Def = await backend.LookAsync(pool.State.Def, found.Def, cancel).ConfigureAwait(false);
    }

    public ValueTask<IStreamHandler> DownloadAsync(
        StorageVolumeRef volume, ulong offset, ulong length, StorageVolumeDownloadFlags flags, IStreamSink client, CancellationToken cancel)
    {
        flags.Only(StorageVolumeDownloadFlags.SparseStream, "storageVolDownload");
        (Pool pool, Volume found) = keeper.Pools.Get(volume);
        found.RequireBuilt();
        (SafeFileHandle file, string path) = Open(pool, found, FileUse.Read, offset);
        return new(new VolumeDownload(file, path, offset, length, flags.HasFlag(StorageVolumeDownloadFlags.SparseStream), client, found.Use()));
    }

    public ValueTask<IStreamHandler> UploadAsync(
        StorageVolumeRef volume, ulong offset, ulong length, StorageVolumeUploadFlags flags, IStreamSink client, CancellationToken cancel)
    {
        flags.Only(StorageVolumeUploadFlags.SparseStream, "storageVolUpload");
        (Pool pool, Volume found) = keeper.Pools.Get(volume);
        found.RequireIdle();
        (SafeFileHandle file, string path) = Open(pool, found, FileUse.Write, offset);
        IDisposable use = found.Use();
        return new(new VolumeUpload(file, path, offset, length, client, () =>
        {
            use.Dispose();
            _ = LookLaterAsync(pool, found);
        }));
    }

    static (SafeFileHandle File, string Path) Open(Pool pool, Volume volume, FileUse use, ulong offset)
    {
        string refusal = use is FileUse.Read ? "storage pool doesn't support volume download" : "storage pool doesn't support volume upload";
        IVolumeBackend backend = pool.RequireVolumes(refusal);
        string path = backend.HaveFiles ? backend.ContentOf(volume.Def) : throw VireoException.NoSupport(refusal, ErrorDomain.Storage);
        const int InvalidArgument = 22;
        SafeFileHandle file = HostFile.TryOpen(path, use, out int errno)
            ?? throw VireoException.System(ErrorDomain.Streams, errno, $"Unable to open stream for '{path}'");
        if (offset <= long.MaxValue)
            return (file, path);
        file.Dispose();
        throw VireoException.System(ErrorDomain.Streams, InvalidArgument, $"Unable to seek {path} to {offset}");
    }

    /// <summary>After an upload the volume may be something else: the pool is looked at, as libvirt does.</summary>
    async Task LookLaterAsync(Pool pool, Volume volume)
    {
        try
        {
            volume.Seen = null;
            using IDisposable turn = await pool.EnterAsync(CancellationToken.None).ConfigureAwait(false);
            if (pool.State.IsActive)
                await keeper.Lives.LookAsync(pool, CancellationToken.None).ConfigureAwait(false);
        }
        catch (VireoException fault)
        {
            keeper.Log.LookFailed(pool.Name, fault);
        }
    }
}
