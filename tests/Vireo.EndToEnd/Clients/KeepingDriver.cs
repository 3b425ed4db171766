using System.Collections.Concurrent;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Driver;

namespace Vireo.EndToEnd.Clients;

/// <summary>
/// A driver of the tests' own that has what no driver in this house has yet: volumes with content, and calls with descriptors. It keeps what it is
/// given and notes what it hears.
/// </summary>
sealed class KeepingDriver : IDriver, IDriverConnection, IConnectionInfo, IDomainLookup, IDomainGraphics, IDomainFiles, IDomainStartWithFiles,
    IStorageVolumeLookup, IStorageVolumeInfo, IStorageVolumeData
{
    static readonly DomainRef guest = new("guest", new Uuid([.. Enumerable.Range(1, 16).Select(static i => (byte)i)]), 1);

    readonly ConcurrentDictionary<string, KeptVolume> volumes = new(
        new[] { "plain", "sparse", "byhand", "broken", "full" }.ToDictionary(static name => "/pool/" + name, static name => new KeptVolume(name)));

    /// <summary>What it heard, in order.</summary>
    public BlockingCollection<string> Notes { get; } = [];

    /// <summary>What a call brought, and what was in each descriptor.</summary>
    void Note(string call, IEnumerable<SafeFileHandle> files) => Notes.Add($"{call}: {string.Join(' ', files.Select(Read))}");

    static string Read(SafeFileHandle file)
    {
        using var stream = new FileStream(file, FileAccess.Read, bufferSize: 0);
        byte[] bytes = new byte[100];
        return Encoding.ASCII.GetString(bytes, 0, stream.Read(bytes));
    }

    public string Type => "KEEPER";
    public string Uri => "keeper:///";
    public CapabilitySet Capabilities => CapabilitySet.Of<IConnectionInfo>(this).And<IDomainLookup>(this).And<IDomainGraphics>(this).And<IDomainFiles>(this)
        .And<IDomainStartWithFiles>(this).And<IStorageVolumeLookup>(this).And<IStorageVolumeInfo>(this).And<IStorageVolumeData>(this);

    public ValueTask<IDriverConnection?> OpenAsync(ConnectionUri? uri, Caller caller, CancellationToken cancel) => new(this);
    public ValueTask DisposeAsync() => default;
    public ValueTask<string> GetTypeAsync(CancellationToken cancel) => new(Type);
    public ValueTask<ulong> GetVersionAsync(CancellationToken cancel) => new(1ul);
    public ValueTask<ulong> GetLibraryVersionAsync(CancellationToken cancel) => new(9_000_000ul);
    public ValueTask<string> GetHostnameAsync(CancellationToken cancel) => new("keeper");
    public ValueTask<string> GetUriAsync(CancellationToken cancel) => new(Uri);
    public ValueTask<bool> IsSecureAsync(CancellationToken cancel) => new(true);
    public ValueTask<bool> SupportsFeatureAsync(DriverFeature feature, CancellationToken cancel) => new(false);

    public ValueTask<DomainRef> LookupByIdAsync(int id, CancellationToken cancel) => new(guest);
    public ValueTask<DomainRef> LookupByNameAsync(string name, CancellationToken cancel) => new(guest);
    public ValueTask<DomainRef> LookupByUuidAsync(Uuid uuid, CancellationToken cancel) => new(guest);

    public ValueTask OpenGraphicsAsync(DomainRef domain, uint index, DomainOpenGraphicsFlags flags, SafeFileHandle socket, CancellationToken cancel)
    {
        Note($"display {index}", [socket]);
        return index is 13 ? throw new VireoException(ErrorCode.OperationFailed, ErrorDomain.Qemu, "unlucky") : default;
    }

    public ValueTask<SafeFileHandle> OpenGraphicsAsync(DomainRef domain, uint index, DomainOpenGraphicsFlags flags, CancellationToken cancel)
    {
        if (index is 13)
            throw new VireoException(ErrorCode.OperationFailed, ErrorDomain.Qemu, "unlucky");
        string path = Path.GetTempFileName();
        File.WriteAllText(path, $"{index} {flags}");
        SafeFileHandle file = File.OpenHandle(path);
        File.Delete(path);
        return new(file);
    }

    public ValueTask AssociateFilesAsync(DomainRef domain, string name, DomainFilesFlags flags, SafeFileHandle[] files, CancellationToken cancel)
    {
        Note($"{name} {flags}", files);
        return default;
    }

    public ValueTask<DomainRef> CreateTransientWithFilesAsync(string xml, DomainCreateFlags flags, SafeFileHandle[] files, CancellationToken cancel)
    {
        Note($"{xml} {flags}", files);
        return new(guest with { Name = "made", Id = 7 });
    }

    public ValueTask<DomainRef> CreateWithFilesAsync(DomainRef domain, DomainCreateFlags flags, SafeFileHandle[] files, CancellationToken cancel)
    {
        Note($"{domain.Name} {flags}", files);
        return new(guest with { Id = 8 });
    }

    StorageVolumeRef Find(string path) => volumes.TryGetValue(path, out KeptVolume? volume)
        ? new("pool", volume.Name, path)
        : throw new VireoException(ErrorCode.NoStorageVol, ErrorDomain.Storage, $"no storage vol with matching path '{path}'");

    public ValueTask<StorageVolumeRef> LookupByNameAsync(StoragePoolRef pool, string name, CancellationToken cancel) => new(Find("/pool/" + name));
    public ValueTask<StorageVolumeRef> LookupByKeyAsync(string key, CancellationToken cancel) => new(Find(key));
    public ValueTask<StorageVolumeRef> LookupByPathAsync(string path, CancellationToken cancel) => new(Find(path));

    public ValueTask<int> CountVolumesAsync(StoragePoolRef pool, CancellationToken cancel) => new(volumes.Count);
    public ValueTask<string[]> ListVolumeNamesAsync(StoragePoolRef pool, CancellationToken cancel) => new([.. volumes.Values.Select(static one => one.Name)]);
    public ValueTask<StorageVolumeRef[]> ListVolumesAsync(StoragePoolRef pool, uint flags, CancellationToken cancel) => new([.. volumes.Keys.Select(Find)]);

    public ValueTask<StorageVolumeInfo> GetInfoAsync(StorageVolumeRef volume, CancellationToken cancel) =>
        new(new StorageVolumeInfo(StorageVolumeType.File, (ulong)volumes[volume.Key].Length, 0));

    public ValueTask<string> GetXmlAsync(StorageVolumeRef volume, uint flags, CancellationToken cancel) => new($"<volume><name>{volume.Name}</name></volume>");
    public ValueTask<string> GetPathAsync(StorageVolumeRef volume, CancellationToken cancel) => new(volume.Key);

    public ValueTask<IStreamHandler> UploadAsync(
        StorageVolumeRef volume, ulong offset, ulong length, StorageVolumeUploadFlags flags, IStreamSink client, CancellationToken cancel) =>
        (flags & ~StorageVolumeUploadFlags.SparseStream) is not 0 and var unknown ? throw VireoException.UnsupportedFlags((uint)unknown, "storageVolUpload", ErrorDomain.Storage)
            : new(new VolumeWriter(volumes[volume.Key], (long)offset, client, Notes));

    public ValueTask<IStreamHandler> DownloadAsync(
        StorageVolumeRef volume, ulong offset, ulong length, StorageVolumeDownloadFlags flags, IStreamSink client, CancellationToken cancel) =>
        (flags & ~StorageVolumeDownloadFlags.SparseStream) is not 0 and var unknown ? throw VireoException.UnsupportedFlags((uint)unknown, "storageVolDownload", ErrorDomain.Storage)
            : new(new VolumeReader(volumes[volume.Key], (long)offset, (long)length, client, Notes));
}
