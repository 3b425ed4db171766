using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Storage.Kinds.Folders;
using Vireo.Drivers.Storage.Volumes;
using Vireo.Drivers.Storage.Volumes.Probe;
using Vireo.Host.Files;
using Vireo.Model.Storage;
using StorageVolumeType = Vireo.Model.Storage.StorageVolumeType;

namespace Vireo.Drivers.Storage.Kinds.Gluster;

/// <summary>Pools that are a folder of a volume of Gluster's, which emulators reach themselves: nothing is mounted. The daemon connects only to look and to delete.</summary>
sealed class GlusterPools(StorageKeeper keeper) : IPoolBackend, ISourceDiscovery
{
    public IVolumeBackend Volumes { get; } = new GlusterFiles();

    /// <summary>Nothing of the host says so: whoever looks finds out.</summary>
    public ValueTask<bool> IsThereAsync(StoragePoolDef pool, CancellationToken cancel) => new(true);

    public async ValueTask<PoolContent> LookAsync(StoragePoolDef pool, VolumeTable known, CancellationToken cancel) => await OwnThread.RunAsync(() => Look(pool, cancel)).ConfigureAwait(false);

    static PoolContent Look(StoragePoolDef pool, CancellationToken cancel)
    {
        using GlusterSession session = GlusterSession.Open(pool);
        byte[] head = new byte[ImageKind.HeadLength];
        List<Volume> volumes = [];
        foreach (string name in session.Names())
        {
            cancel.ThrowIfCancellationRequested();
            if (FolderLook.IsVolumeName(name) && session.Find(name) is { Kind: FileKind.Regular or FileKind.Directory } status)
                volumes.Add(new Volume(Read(session, name, status, head)));
        }
        FileSystemRoom room = session.Room();
        return new PoolContent(pool with
        {
            Capacity = new ByteSize(room.Capacity), Available = new ByteSize(room.Free), Allocation = new ByteSize(room.Capacity - room.Free),
        }, volumes);
    }

    static StorageVolumeDef Read(GlusterSession session, string name, in FileStatus status, byte[] head)
    {
        string path = session.Place.To(name);
        bool isFolder = status.Kind is FileKind.Directory;
        ImageKind kind = isFolder ? new("dir", null) : ImageKind.Of(session.Head(name, head));
        var volume = new StorageVolumeDef
        {
            Name = name, Key = path, Type = isFolder ? StorageVolumeType.NetDir : StorageVolumeType.Network,
            Capacity = new ByteSize(kind.CapacityOf(status.Size) ?? status.Size), Allocation = new ByteSize(status.Allocated), Physical = VolumeFacts.Physical(status.Size),
            Target = new StorageVolumeTarget
            {
                Path = path, Format = kind.Format, Permissions = VolumeFacts.PermissionsOf(path, status), Timestamps = VolumeFacts.TimesOf(status),
            },
        };
        // What is below is told as it is written: only a client of Gluster's could look at it.
        return kind.Header is not { } header ? volume : volume with
        {
            Target = VolumeFacts.WithHeader(volume.Target, header) with { ClusterSize = null },
            BackingStore = header.BackingFile is { } below ? new StorageBackingStore { Path = below, Format = VolumeFacts.FormatOf(header.BackingFormat) ?? "raw" } : null,
        };
    }

    public async ValueTask<StoragePoolSources> FindAsync(StoragePoolSource? wanted, uint flags, CancellationToken cancel)
    {
        flags.None("virStorageBackendGlusterFindPoolSources");
        if (wanted is null)
            throw VireoException.InvalidArgument(ErrorDomain.Storage, "hostname must be specified for gluster sources");
        string host = SourceHosts.Only(wanted.Hosts, ErrorCode.ConfigUnsupported).Name;
        return await GlusterServers.FindAsync(keeper, host, StoragePoolType.Gluster, cancel).ConfigureAwait(false) is { Count: > 0 } found
            ? new StoragePoolSources { Sources = [.. found] } : throw StorageErrors.Failed($"no storage pools were found on host '{host}'");
    }
}
