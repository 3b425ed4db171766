using Vireo.Driver;
using Vireo.Drivers.Storage.Volumes;
using Vireo.Host.Files;
using Vireo.Model.Storage;

namespace Vireo.Drivers.Storage.Kinds.Folders;

/// <summary>Pools that are a folder of the host.</summary>
sealed class FolderPools(LocalVolumes files) : IPoolBackend, IDeletablePools
{
    public IVolumeBackend Volumes => files;

    public ValueTask<bool> IsThereAsync(StoragePoolDef pool, CancellationToken cancel) => new(Directory.Exists(PathOf(pool)));

    public ValueTask BuildAsync(StoragePoolDef pool, StoragePoolBuildFlags flags, CancellationToken cancel)
    {
        FolderWork.CheckBuild(flags);
        FolderWork.Make(pool);
        return flags is StoragePoolBuildFlags.New ? default : throw StorageErrors.Invalid($"No source device specified when formatting pool '{pool.Name}'");
    }

    public ValueTask<PoolContent> LookAsync(StoragePoolDef pool, VolumeTable known, CancellationToken cancel) => new(Task.Run(() => FolderLook.Run(pool, known, cancel), cancel));

    public ValueTask DeleteAsync(StoragePoolDef pool, StoragePoolDeleteFlags flags, CancellationToken cancel)
    {
        FolderWork.Delete(pool, flags);
        return default;
    }

    static string PathOf(StoragePoolDef pool) => pool.Target!.Path!;
}

/// <summary>Makes and removes the folders of pools.</summary>
static class FolderWork
{
    const uint FolderMode = 0x1c9;      // 0711

    /// <summary>Refuses flags that mean nothing for a folder or a file system in it.</summary>
    public static void CheckBuild(StoragePoolBuildFlags flags)
    {
        flags.Only(StoragePoolBuildFlags.Overwrite | StoragePoolBuildFlags.NoOverwrite, "virStorageBackendFileSystemBuild");
        flags.NotTogether(StoragePoolBuildFlags.Overwrite, "VIR_STORAGE_POOL_BUILD_OVERWRITE", StoragePoolBuildFlags.NoOverwrite,
            "VIR_STORAGE_POOL_BUILD_NO_OVERWRITE", "virStorageBackendFileSystemBuild");
    }

    /// <summary>Makes the folder and those above it. One that is there gets the permissions that its pool names.</summary>
    public static void Make(StoragePoolDef pool)
    {
        string path = pool.Target!.Path!;
        if (!path.StartsWith('/'))
            throw new Core.Errors.VireoException(Core.Errors.ErrorCode.InvalidArg, Core.Errors.ErrorDomain.Storage, $"path '{path}' is not absolute");
        if (Path.GetDirectoryName(path) is { Length: > 1 } above)
        {
            try
            {
                Directory.CreateDirectory(above);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                throw StorageErrors.System(fault is UnauthorizedAccessException ? 13 : fault.HResult is > 0 and < 200 ? fault.HResult : 20, $"cannot create path '{above}'");
            }
        }
        int errno = HostFile.MakeFolder(path, (int)(pool.Target.Permissions?.Mode?.Bits ?? FolderMode));
        bool isNew = errno == 0;
        if (!isNew && !(errno == 17 && Directory.Exists(path)))
            throw StorageErrors.SystemAnywhere(errno, $"failed to create directory '{path}'");
        Permissions(path, pool.Target.Permissions, isNew ? FolderMode : null);
    }

    static void Permissions(string path, StoragePermissions? wanted, uint? otherwise)
    {
        if (wanted is { Owner: not null } or { Group: not null })
        {
            var owner = new Ids(wanted.Owner?.Id ?? uint.MaxValue, wanted.Group?.Id ?? uint.MaxValue);
            if (Host.Files.FileOwner.Give(path, owner) is not 0 and var errno)
                throw StorageErrors.SystemAnywhere(errno, $"cannot chown '{path}' to ({owner.User}, {owner.Group})");
        }
        if ((wanted?.Mode?.Bits ?? otherwise) is { } mode && Host.Files.FileOwner.Permit(path, (int)mode) is not 0 and var error)
            throw StorageErrors.SystemAnywhere(error, $"cannot set mode of '{path}' to {Convert.ToString((int)mode, 8).PadLeft(4, '0')}");
    }

    /// <summary>Removes the folder, which must be empty.</summary>
    public static void Delete(StoragePoolDef pool, StoragePoolDeleteFlags flags)
    {
        ((uint)flags).None("virStorageBackendDeleteLocal");
        string path = pool.Target!.Path!;
        if (HostFile.RemoveFolder(path) is not 0 and var errno)
            throw StorageErrors.System(errno, $"failed to remove pool '{path}'");
    }
}
