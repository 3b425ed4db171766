using Vireo.Driver;
using Vireo.Drivers.Storage.Volumes;
using Vireo.Model.Storage;

namespace Vireo.Drivers.Storage.Kinds;

/// <summary>What a kind of pool does on the host. It keeps nothing: pools of its kind are told it with every call.</summary>
interface IPoolBackend
{
    /// <summary>What volumes of this kind can do; null: nothing but be there.</summary>
    IVolumeBackend? Volumes { get; }

    /// <summary>Whether a pool is there as a started one is, for a daemon that finds that it was started.</summary>
    ValueTask<bool> IsThereAsync(StoragePoolDef pool, CancellationToken cancel);

    /// <summary>Makes the pool's volumes appear.</summary>
    ValueTask StartAsync(StoragePoolDef pool, CancellationToken cancel) => default;

    /// <summary>The reverse.</summary>
    ValueTask StopAsync(StoragePoolDef pool, CancellationToken cancel) => default;

    /// <summary>Makes what the pool stands on.</summary>
    ValueTask BuildAsync(StoragePoolDef pool, StoragePoolBuildFlags flags, CancellationToken cancel) => default;

    /// <summary>Looks at what is there. It changes nothing: the result is published when it is whole.</summary>
    /// <param name="pool">As it was.</param>
    /// <param name="known">What is known of its volumes, which need not be looked at again if their files did not change.</param>
    /// <param name="cancel">Gives up.</param>
    ValueTask<PoolContent> LookAsync(StoragePoolDef pool, VolumeTable known, CancellationToken cancel);

    /// <summary>Looks at how large the pool is and what is free, and at nothing else if that can be.</summary>
    async ValueTask<StoragePoolDef> SizesAsync(StoragePoolDef pool, VolumeTable known, CancellationToken cancel) =>
        (await LookAsync(pool, known, cancel).ConfigureAwait(false)).Def;
}

/// <summary>A kind whose pools can be deleted.</summary>
interface IDeletablePools
{
    /// <summary>Deletes what the pool stands on.</summary>
    ValueTask DeleteAsync(StoragePoolDef pool, StoragePoolDeleteFlags flags, CancellationToken cancel);
}

/// <summary>What was found of a pool.</summary>
/// <param name="Def">The pool with its sizes.</param>
/// <param name="Volumes">Its volumes.</param>
sealed record PoolContent(StoragePoolDef Def, IReadOnlyList<Volume> Volumes);
