using Vireo.Conformance.Runner;
using Vireo.Core.Errors;
using Vireo.Driver.Contracts;
using Vireo.Model.Storage;

namespace Vireo.Conformance.Qemu;

/// <summary>The pools of the corpus: a volume's name says what it is.</summary>
sealed class FixtureStorage(CaseInput input) : IStorageSources
{
    public ValueTask<PoolFacts?> FindPoolAsync(string name, CancellationToken cancel)
    {
        string file = Path.Combine(input.Shared("fixtures/storage-pools"), name + ".xml");
        return new(File.Exists(file) ? new PoolFacts(StoragePoolDef.Parse(File.ReadAllText(file)), IsActive: true)
            : name == "inactive" ? new PoolFacts(new StoragePoolDef { Type = StoragePoolType.Dir, Name = name }, IsActive: false) : null);
    }

    public ValueTask<VolumeFacts?> FindVolumeAsync(string pool, string volume, CancellationToken cancel)
    {
        if (volume == "nonexistent")
            return new((VolumeFacts?)null);
        int plus = volume.IndexOf('+', StringComparison.Ordinal);
        string kind = plus < 0 ? "block" : volume[..plus];
        return new(new VolumeFacts(kind switch
        {
            "file" => VolumeKind.File,
            "dir" => VolumeKind.Directory,
            "network" => VolumeKind.Network,
            "netdir" => VolumeKind.NetworkDirectory,
            "ploop" => VolumeKind.Ploop,
            _ => VolumeKind.Block,
        }, plus < 0 ? volume : $"/some/{kind}/device/{volume[(plus + 1)..]}"));
    }

    public ValueTask<string> FindPoolOfFolderAsync(string folder, CancellationToken cancel) =>
        throw new VireoException(ErrorCode.NoStoragePool, ErrorDomain.Storage, $"no storage pool with matching target path '{folder}'");

    public ValueTask MakeVolumeAsync(string pool, string volume, CancellationToken cancel) => throw VireoException.NoSupport("virStorageVolCreateXML", ErrorDomain.Storage);
}
