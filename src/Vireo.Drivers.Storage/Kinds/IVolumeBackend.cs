using Vireo.Driver;
using Vireo.Drivers.Storage.Volumes;
using Vireo.Model.Storage;

namespace Vireo.Drivers.Storage.Kinds;

/// <summary>A volume to be made.</summary>
/// <param name="Pool">Where.</param>
/// <param name="Volume">What, with its place.</param>
sealed record VolumeWork(StoragePoolDef Pool, StorageVolumeDef Volume)
{
    /// <summary>What it is filled from; null: it stays empty.</summary>
    public StorageVolumeDef? Content { get; init; }

    /// <summary>The pool of <see cref="Content"/>.</summary>
    public StoragePoolDef? ContentPool { get; init; }

    /// <summary>The tables of its format are made at once.</summary>
    public bool Preallocate { get; init; }

    /// <summary>Told how far the content is copied, in bytes; null: nobody asks.</summary>
    public Action<ulong>? Copied { get; init; }

    /// <summary>It shares its content with what it is filled from.</summary>
    public bool Share { get; init; }
}

/// <summary>What a kind of pool does with volumes, on the host.</summary>
interface IVolumeBackend
{
    /// <summary>What is free in the pool is known only when somebody looks, after volumes were made or deleted.</summary>
    bool MovesPool => false;

    /// <summary>Volumes of this kind are found: none is made.</summary>
    bool AreFound => false;

    /// <summary>Volumes of this kind can be deleted.</summary>
    bool CanBeDeleted => !AreFound;

    /// <summary>The host can read and write what is in them.</summary>
    bool HaveFiles => true;

    /// <summary>Gives a volume that is wanted its place, and refuses one that cannot be there.</summary>
    StorageVolumeDef Place(StoragePoolDef pool, StorageVolumeDef wanted);

    /// <summary>Makes it. What a failure left is gone when this throws.</summary>
    ValueTask MakeAsync(VolumeWork work, CancellationToken cancel);

    /// <summary>The volume as it is now.</summary>
    ValueTask<StorageVolumeDef> LookAsync(StoragePoolDef pool, StorageVolumeDef volume, CancellationToken cancel);

    /// <summary>Deletes it. One that is gone already is no failure.</summary>
    ValueTask DeleteAsync(StoragePoolDef pool, StorageVolumeDef volume, StorageVolumeDeleteFlags flags, CancellationToken cancel);

    /// <summary>Gives it another capacity.</summary>
    ValueTask ResizeAsync(StoragePoolDef pool, StorageVolumeDef volume, ulong capacity, StorageVolumeResizeFlags flags, CancellationToken cancel);

    /// <summary>Overwrites it.</summary>
    ValueTask WipeAsync(StoragePoolDef pool, StorageVolumeDef volume, StorageVolumeWipeAlgorithm algorithm, CancellationToken cancel);

    /// <summary>The file or device whose bytes are its content.</summary>
    string ContentOf(StorageVolumeDef volume) => volume.Target!.Path!;
}
