using Vireo.Model.Storage;

namespace Vireo.Driver.Contracts;

/// <summary>What drivers of machines ask of storage: where the volumes are that machines name.</summary>
public interface IStorageSources
{
    /// <summary>The pool of a name; null: there is none.</summary>
    ValueTask<PoolFacts?> FindPoolAsync(string name, CancellationToken cancel);

    /// <summary>A volume of an active pool; null: it has none of that name.</summary>
    ValueTask<VolumeFacts?> FindVolumeAsync(string pool, string volume, CancellationToken cancel);
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
