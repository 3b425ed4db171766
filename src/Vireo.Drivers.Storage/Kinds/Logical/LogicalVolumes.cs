using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Storage.Kinds.Devices;
using Vireo.Drivers.Storage.Volumes;
using Vireo.Drivers.Storage.Volumes.Content;
using Vireo.Drivers.Storage.Volumes.Make;
using Vireo.Host.Files;
using Vireo.Model.Storage;
using StorageVolumeType = Vireo.Model.Storage.StorageVolumeType;

namespace Vireo.Drivers.Storage.Kinds.Logical;

/// <summary>Logical volumes.</summary>
sealed class LogicalVolumes(StorageKeeper keeper) : IVolumeBackend
{
    /// <summary>Those of a group, each with all of its segments.</summary>
    public async ValueTask<IReadOnlyList<Volume>> FindAsync(string group, string folder, CancellationToken cancel)
    {
        string output = (await keeper.Programs.RunAsync("lvs", LogicalText.VolumeArguments(group), cancel).ConfigureAwait(false)).Output;
        return [.. LogicalText.ReadVolumes(output).GroupBy(static segment => segment.Name).Select(segments => Read([.. segments], folder)).Where(static volume => volume is not null).Select(static volume => volume!)];
    }

    static Volume? Read(LogicalText.Segment[] segments, string folder)
    {
        LogicalText.Segment first = segments[0];
        string path = $"{folder}/{first.Name}";
        var plain = new StorageVolumeDef
        {
            Name = first.Name,
            Key = first.Uuid,
            Type = StorageVolumeType.Block,
            Devices = [.. segments.SelectMany(static segment => segment.Parts)],
            Target = new StorageVolumeTarget { Path = path },
            BackingStore = first.Origin is { } origin ? new StorageBackingStore { Path = $"{folder}/{origin}" } : null,
        };
        return FileStatus.Find(path, out _) is null ? null : new Volume(DeviceLook.Run(plain) with { Allocation = new ByteSize(first.Size) });
    }

    public StorageVolumeDef Place(StoragePoolDef pool, StorageVolumeDef wanted) => wanted with
    {
        Type = StorageVolumeType.Block,
        Key = $"{pool.Target!.Path}/{wanted.Name}",
        Target = (wanted.Target ?? new StorageVolumeTarget()) with { Path = $"{pool.Target.Path}/{wanted.Name}" },
    };

    public async ValueTask MakeAsync(VolumeWork work, CancellationToken cancel)
    {
        StorageVolumeDef volume = work.Volume;
        if (volume.Target?.Encryption is not null)
            throw VireoException.NoSupport("storage pool does not support encrypted volumes", ErrorDomain.Storage);
        if (work.Preallocate && work.Content is not null)       // an empty one is as good as preallocated
            throw StorageErrors.Unsupported("metadata preallocation is not supported for block volumes");
        string path = volume.Target!.Path!;
        await keeper.Programs.RunAsync("lvcreate", LogicalText.CreateArguments(volume, work.Pool.Source!.Name!), cancel).ConfigureAwait(false);
        try
        {
            VolumeOwner.Apply(volume);
            if (work.Content is { } content)
                await Task.Run(() => RawFile.Pour(content, path, volume.Capacity!.Value.Bytes, cancel), cancel).ConfigureAwait(false);
        }
        catch
        {
            await keeper.Programs.TryAsync("lvremove", ["-f", path], CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>A new volume is looked for in the group, which alone knows its key.</summary>
    public async ValueTask<StorageVolumeDef> LookAsync(StoragePoolDef pool, StorageVolumeDef volume, CancellationToken cancel)
    {
        if (volume.Key != volume.Target!.Path)
            return volume;
        IReadOnlyList<Volume> all = await FindAsync(pool.Source!.Name!, pool.Target!.Path!, cancel).ConfigureAwait(false);
        return all.FirstOrDefault(one => one.Name == volume.Name)?.Def ?? throw StorageErrors.NoVolumeAt(volume.Target.Path!);
    }

    public async ValueTask DeleteAsync(StoragePoolDef pool, StorageVolumeDef volume, StorageVolumeDeleteFlags flags, CancellationToken cancel)
    {
        ((uint)flags).None("virStorageBackendLogicalDeleteVol");
        string path = volume.Target!.Path!;
        if ((await keeper.Programs.TryAsync("lvremove", ["-f", path], cancel).ConfigureAwait(false)).Status.IsSuccess)
            return;
        // One that somebody on the host still has open, or that is active on another host of a cluster, goes after it was taken out of use.
        await keeper.Programs.RunAsync("lvchange", ["-aln", path], cancel).ConfigureAwait(false);
        await keeper.Programs.RunAsync("lvremove", ["-f", path], cancel).ConfigureAwait(false);
    }

    public ValueTask ResizeAsync(StoragePoolDef pool, StorageVolumeDef volume, ulong capacity, StorageVolumeResizeFlags flags, CancellationToken cancel) =>
        throw VireoException.NoSupport("storage pool does not support changing of volume capacity", ErrorDomain.Storage);

    public ValueTask WipeAsync(StoragePoolDef pool, StorageVolumeDef volume, StorageVolumeWipeAlgorithm algorithm, CancellationToken cancel) =>
        VolumeWipe.RunAsync(keeper.Programs, volume, algorithm, cancel);
}
