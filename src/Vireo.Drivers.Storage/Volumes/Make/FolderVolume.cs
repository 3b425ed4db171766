using Vireo.Core.Errors;
using Vireo.Drivers.Storage.Kinds;
using Vireo.Host.Files;

namespace Vireo.Drivers.Storage.Volumes.Make;

/// <summary>A volume that is a folder.</summary>
static class FolderVolume
{
    public static ValueTask MakeAsync(VolumeWork work)
    {
        if (work.Volume.BackingStore is { Path: not null })
            throw VireoException.NoSupport("backing storage not supported for directories volumes", ErrorDomain.Storage);
        string path = work.Volume.Target!.Path!;
        if (HostFile.MakeFolder(path, (int)VolumeOwner.ModeOf(work.Volume)) is not 0 and var errno)
            throw StorageErrors.SystemAnywhere(errno, $"failed to create directory '{path}'");
        try
        {
            VolumeOwner.Apply(work.Volume);
        }
        catch
        {
            HostFile.RemoveFolder(path);
            throw;
        }
        return default;
    }
}
