using Vireo.Core.Errors;

namespace Vireo.Driver;

/// <summary>Finding what pools could be made of.</summary>
[Capability(ErrorDomain.Storage)]
public interface IStoragePoolSources
{
    /// <summary>Sources of a kind of pool, as a document.</summary>
    [Procedure(75, Write = true), CExport("virConnectFindStoragePoolSources")]
    [Acl(ConnectRight.DetectStoragePools)]
    ValueTask<string> FindSourcesAsync(string type, string? sourceXml, uint flags, CancellationToken cancel);
}

/// <summary>What pools there can be.</summary>
[Capability(ErrorDomain.Storage)]
public interface IStoragePoolCapabilities
{
    /// <summary>Kinds of pools and volumes, as a document.</summary>
    [Procedure(403), CExport("virConnectGetStoragePoolCapabilities")]
    [Acl(ConnectRight.Read)]
    ValueTask<string> GetCapabilitiesAsync(uint flags, CancellationToken cancel);
}

/// <summary>Overwriting volumes.</summary>
[Capability(ErrorDomain.Storage)]
public interface IStorageVolumeWipe
{
    /// <summary>Overwrites a volume with zeros.</summary>
    [Procedure(165, Write = true), CExport("virStorageVolWipe")]
    [Acl(StorageVolumeRight.Format)]
    ValueTask WipeAsync(StorageVolumeRef volume, uint flags, CancellationToken cancel);
}

/// <summary>Overwriting volumes in a chosen way.</summary>
[Capability(ErrorDomain.Storage)]
public interface IStorageVolumeWipePatterns
{
    /// <summary>Overwrites a volume.</summary>
    [Procedure(259, Write = true), CExport("virStorageVolWipePattern")]
    [Acl(StorageVolumeRight.Format)]
    ValueTask WipeAsync(
        StorageVolumeRef volume, [Wire(WireType.UInt)] StorageVolumeWipeAlgorithm algorithm, uint flags, CancellationToken cancel);
}

/// <summary>Contents of volumes.</summary>
[Capability(ErrorDomain.Storage)]
public interface IStorageVolumeData
{
    /// <summary>Writes bytes into a volume; length 0: up to its end.</summary>
    [Procedure(208, Write = true, Sparse = (uint)StorageVolumeUploadFlags.SparseStream), CExport("virStorageVolUpload")]
    [Acl(StorageVolumeRight.DataWrite)]
    ValueTask<IStreamHandler> UploadAsync(
        StorageVolumeRef volume, ulong offset, ulong length, StorageVolumeUploadFlags flags, IStreamSink client, CancellationToken cancel);

    /// <summary>Reads bytes of a volume; length 0: up to its end.</summary>
    [Procedure(209, Write = true, Sparse = (uint)StorageVolumeDownloadFlags.SparseStream), CExport("virStorageVolDownload")]
    [Acl(StorageVolumeRight.DataRead)]
    ValueTask<IStreamHandler> DownloadAsync(
        StorageVolumeRef volume, ulong offset, ulong length, StorageVolumeDownloadFlags flags, IStreamSink client, CancellationToken cancel);
}
