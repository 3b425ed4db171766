using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Storage.Kinds;
using Vireo.Drivers.Storage.Pools;
using Vireo.Drivers.Storage.Volumes;
using Vireo.Model.Documents;
using Vireo.Model.Storage;

namespace Vireo.Drivers.Storage.Capabilities;

/// <summary>Makes and deletes volumes.</summary>
sealed class VolumeChanges(StorageKeeper keeper) : IStorageVolumes
{
    public async ValueTask<StorageVolumeRef> CreateAsync(StoragePoolRef pool, string xml, StorageVolumeCreateFlags flags, CancellationToken cancel)
    {
        flags.Only(StorageVolumeCreateFlags.PreallocMetadata | StorageVolumeCreateFlags.Validate, "storageVolCreateXML");
        Pool found = keeper.Pools.Get(pool);
        found.RequireActive();
        StorageVolumeDef wanted = Read(found, xml, flags, StorageVolumeParse.OptionalCapacity);
        RequireFree(found.State, wanted.Name);
        IVolumeBackend backend = found.RequireMaker("storage pool does not support volume creation");
        Volume made;
        using (found.BeginJob())
            made = await MakeAsync(found, backend, wanted, content: null, contentPool: null, flags, cancel).ConfigureAwait(false);
        return found.RefOf(made);
    }

    public async ValueTask<StorageVolumeRef> CreateFromAsync(
        StoragePoolRef pool, string xml, StorageVolumeRef source, StorageVolumeCreateFlags flags, CancellationToken cancel)
    {
        flags.Only(StorageVolumeCreateFlags.PreallocMetadata | StorageVolumeCreateFlags.Reflink | StorageVolumeCreateFlags.Validate, "storageVolCreateXMLFrom");
        Pool found = keeper.Pools.Get(pool), from = keeper.Pools.Get(source.Pool);
        found.RequireActive();
        from.RequireActive();
        Volume original = from.GetVolume(source.Name);
        StorageVolumeDef wanted = Read(found, xml, flags, StorageVolumeParse.NoCapacity);
        if (found.State.Volumes.Find(wanted.Name) is not null)
            throw StorageErrors.Internal($"storage volume name '{wanted.Name}' already in use.");
        IVolumeBackend backend = found.RequireMaker("storage pool does not support volume creation from an existing volume");
        original.RequireBuilt();
        using IDisposable use = original.Use(), job = found.BeginJob(), otherJob = from.BeginJob();
        StorageVolumeDef content = from.Backend.Volumes is { } reader
            ? original.Def = await reader.LookAsync(from.State.Def, original.Def, cancel).ConfigureAwait(false) : original.Def;
        Volume made = await MakeAsync(found, backend, AtLeast(wanted, content), content, from.State.Def, flags, cancel).ConfigureAwait(false);
        return found.RefOf(made);
    }

    static StorageVolumeDef Read(Pool pool, string xml, StorageVolumeCreateFlags flags, StorageVolumeParse parse)
    {
        if (flags.HasFlag(StorageVolumeCreateFlags.Validate))
            DocumentKinds.StorageVolume.Validate(xml);
        return StorageVolumeDef.Define(xml, StoragePoolKind.Of(pool.State.Def.Type), parse);
    }

    /// <summary>A volume is no smaller than what it is filled from, and full unless its document says otherwise.</summary>
    static StorageVolumeDef AtLeast(StorageVolumeDef wanted, StorageVolumeDef content)
    {
        ulong capacity = wanted.Capacity?.Bytes ?? 0, least = content.Capacity?.Bytes ?? 0;
        bool isFull = wanted.Allocation is null || wanted.Allocation == wanted.Capacity;
        var actual = new ByteSize(Math.Max(capacity, least));
        return wanted with { Capacity = actual, Allocation = isFull ? actual : wanted.Allocation };
    }

    static async ValueTask<Volume> MakeAsync(
        Pool pool, IVolumeBackend backend, StorageVolumeDef wanted, StorageVolumeDef? content, StoragePoolDef? contentPool, StorageVolumeCreateFlags flags, CancellationToken cancel)
    {
        RequireFree(pool.State, wanted.Name);
        long looks = pool.State.Looks;
        StoragePoolDef def = pool.State.Def;
        StorageVolumeDef placed = backend.Place(def, wanted);
        var volume = new Volume(placed) { IsBuilding = true };
        pool.Change(now =>
        {
            RequireFree(now, wanted.Name);
            return now with { Volumes = now.Volumes.With(volume) };
        });
        try
        {
            await backend.MakeAsync(new VolumeWork(def, placed)
            {
                Content = content,
                ContentPool = contentPool,
                Copied = bytes => volume.Copied = bytes,
                Preallocate = flags.HasFlag(StorageVolumeCreateFlags.PreallocMetadata),
                Share = flags.HasFlag(StorageVolumeCreateFlags.Reflink),
            }, cancel).ConfigureAwait(false);
            volume.Def = await backend.LookAsync(def, placed, cancel).ConfigureAwait(false);
        }
        catch
        {
            pool.Change(now => now.Without(volume));
            throw;
        }
        volume.IsBuilding = false;
        await AccountAsync(pool, backend, looks, now => now.Taking(volume.Def.Allocation?.Bytes ?? 0), cancel).ConfigureAwait(false);
        return volume;
    }

    static void RequireFree(PoolState pool, string name)
    {
        if (pool.Volumes.Find(name) is not null)
            throw new VireoException(ErrorCode.StorageVolExist, ErrorDomain.Storage, $"'{name}'");
    }

    public async ValueTask DeleteAsync(StorageVolumeRef volume, StorageVolumeDeleteFlags flags, CancellationToken cancel)
    {
        (Pool pool, Volume found) = keeper.Pools.Get(volume);
        found.RequireIdle();
        const string Refusal = "storage pool does not support vol deletion";
        IVolumeBackend backend = pool.RequireVolumes(Refusal) is { CanBeDeleted: true } able ? able : throw VireoException.NoSupport(Refusal, ErrorDomain.Storage);
        long looks = pool.State.Looks;
        using (found.Use())
            await backend.DeleteAsync(pool.State.Def, found.Def, flags, cancel).ConfigureAwait(false);
        pool.Change(now => now.Without(found));
        await AccountAsync(pool, backend, looks, now => now.Freeing(found.Def.Allocation?.Bytes ?? 0), cancel).ConfigureAwait(false);
    }

    /// <summary>Brings the pool's sizes up to date.</summary>
    /// <param name="pool">The pool.</param>
    /// <param name="backend">What it does with volumes.</param>
    /// <param name="looks">How many looks at the pool had ended when the volume's change began.</param>
    /// <param name="change">What that makes of the sizes, if nobody looked since.</param>
    /// <param name="cancel">Gives up.</param>
    static async ValueTask AccountAsync(Pool pool, IVolumeBackend backend, long looks, Func<PoolState, PoolState> change, CancellationToken cancel)
    {
        bool isDone = false;
        if (!backend.MovesPool)
        {
            pool.Change(now =>
            {
                isDone = now.Looks == looks && now.Gone is null;
                return isDone ? change(now) : now;
            });
        }
        if (isDone)
            return;
        // Whether who looked meanwhile saw the volume, nobody can tell.
        using IDisposable? turn = backend.MovesPool ? null : await pool.EnterAsync(cancel).ConfigureAwait(false);
        if (!pool.State.IsActive)
            return;
        PoolState before = pool.State;
        StoragePoolDef sized = await pool.Backend.SizesAsync(before.Def, before.Volumes, cancel).ConfigureAwait(false);
        pool.Change(now => now with { Def = sized });
    }
}
