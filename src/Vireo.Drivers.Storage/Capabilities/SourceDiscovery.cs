using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Storage.Kinds;
using Vireo.Model.Storage;

namespace Vireo.Drivers.Storage.Capabilities;

/// <summary>Finds what pools could be made of, by the kinds that can look.</summary>
sealed class SourceDiscovery(StorageKeeper keeper) : IStoragePoolSources
{
    public async ValueTask<string> FindSourcesAsync(string type, string? sourceXml, uint flags, CancellationToken cancel)
    {
        StoragePoolKind kind = StoragePoolKind.All.FirstOrDefault(one => one.Type.ToXml() == type) ?? throw StorageErrors.Internal($"unknown storage pool type {type}");
        if (keeper.Kinds.Get(kind.Type) is not ISourceDiscovery discovery)
            throw VireoException.NoSupport($"pool type '{type}' does not support source discovery", ErrorDomain.Storage);
        StoragePoolSource? wanted = sourceXml is null ? null : StoragePoolSources.ParseOne(sourceXml, kind);
        return (await discovery.FindAsync(wanted, flags, cancel).ConfigureAwait(false)).ToXml();
    }
}
