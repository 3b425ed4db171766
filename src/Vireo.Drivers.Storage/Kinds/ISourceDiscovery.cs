using Vireo.Model.Storage;

namespace Vireo.Drivers.Storage.Kinds;

/// <summary>A kind whose pools can be looked for.</summary>
interface ISourceDiscovery
{
    /// <summary>What pools could be made of.</summary>
    /// <param name="wanted">Where to look; null: not said.</param>
    /// <param name="flags">None are known.</param>
    /// <param name="cancel">Gives up.</param>
    ValueTask<StoragePoolSources> FindAsync(StoragePoolSource? wanted, uint flags, CancellationToken cancel);
}
