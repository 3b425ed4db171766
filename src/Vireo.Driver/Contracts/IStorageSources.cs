using Vireo.Model.Storage;

namespace Vireo.Driver.Contracts;

/// <summary>What drivers of machines ask of storage: where the volumes are that machines name.</summary>
public interface IStorageSources
{
    /// <summary>The pool of a name; null: there is none.</summary>
    ValueTask<PoolFacts?> FindPoolAsync(string name, CancellationToken cancel);

    /// <summary>A volume of an active pool; null: it has none of that name.</summary>
    ValueTask<VolumeFacts?> FindVolumeAsync(string pool, string volume, CancellationToken cancel);

    /// <summary>The name of the active pool whose volumes are in a folder.</summary>
    /// <exception cref="Core.Errors.VireoException">VIR_ERR_NO_STORAGE_POOL: there is none.</exception>
    ValueTask<string> FindPoolOfFolderAsync(string folder, CancellationToken cancel);

    /// <summary>Makes a volume in a pool.</summary>
    /// <param name="pool">The pool's name.</param>
    /// <param name="volume">The volume's document.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="Core.Errors.VireoException">There is no such pool, or it cannot make that.</exception>
    ValueTask MakeVolumeAsync(string pool, string volume, CancellationToken cancel);
}

/// <summary>A pool, as far as machines care.</summary>
/// <param name="Definition">Its definition.</param>
/// <param name="IsActive">It is started.</param>
public sealed record PoolFacts(StoragePoolDef Definition, bool IsActive);

/// <summary>A volume, as far as machines care.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Path">Where.</param>
public sealed record VolumeFacts(VolumeKind Kind, string Path);

/// <summary>Kinds of volumes (virStorageVolType).</summary>
public enum VolumeKind
{
    /// <summary>A file.</summary>
    File,
    /// <summary>A block device.</summary>
    Block,
    /// <summary>A folder.</summary>
    Directory,
    /// <summary>An image that a server has.</summary>
    Network,
    /// <summary>A folder that a server has.</summary>
    NetworkDirectory,
    /// <summary>A Ploop container.</summary>
    Ploop,
}
