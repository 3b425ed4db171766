using Microsoft.Win32.SafeHandles;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Storage.Programs;
using Vireo.Host.Files;
using Vireo.Model.Storage;

namespace Vireo.Drivers.Storage.Volumes.Content;

/// <summary>Overwrites volumes: with zeros by itself, in other ways by the program scrub.</summary>
static class VolumeWipe
{
    const int Piece = 1 << 20;

    public static async ValueTask RunAsync(StoragePrograms programs, StorageVolumeDef volume, StorageVolumeWipeAlgorithm algorithm, CancellationToken cancel)
    {
        string path = volume.Target!.Path!;
        using (SafeFileHandle file = HostFile.TryOpen(path, FileUse.ReadWrite, out int errno)
            ?? throw StorageErrors.System(errno, $"Failed to open storage volume with path '{path}'"))
        {
            if (algorithm is StorageVolumeWipeAlgorithm.Zero)
            {
                await Task.Run(() => Zero(file, path, volume.Allocation?.Bytes ?? 0, cancel), cancel).ConfigureAwait(false);
                return;
            }
        }
        if (algorithm is StorageVolumeWipeAlgorithm.Trim)
            throw new VireoException(ErrorCode.ArgumentUnsupported, ErrorDomain.Storage, "'trim' algorithm not supported");
        string pattern = algorithm.ToString().ToLowerInvariant();
        await programs.RunAsync("scrub", ["-f", "-p", pattern, path], cancel).ConfigureAwait(false);
    }

    /// <summary>A file with holes loses its content and keeps its length; anything else is written over.</summary>
    static void Zero(SafeFileHandle file, string path, ulong allocation, CancellationToken cancel)
    {
        FileStatus status = FileStatus.Of(file);
        if (status.Kind is FileKind.Regular && status.Allocated < status.Size)
        {
            if (HostFile.Resize(file, 0) is not 0 and var refused)
                throw StorageErrors.System(refused, $"Failed to truncate volume with path '{path}' to 0 bytes");
            if (HostFile.Resize(file, status.Size) is not 0 and var short_)
                throw StorageErrors.System(short_, $"Failed to truncate volume with path '{path}' to {status.Size} bytes");
            return;
        }
        ulong length = status.Kind is FileKind.Block ? HostFile.FindDeviceSize(file) ?? allocation : Math.Min(status.Size, Math.Max(allocation, status.Size));
        byte[] zeros = new byte[Piece];
        for (ulong at = 0; at < length; at += Piece)
        {
            cancel.ThrowIfCancellationRequested();
            int count = (int)Math.Min(Piece, length - at);
            try
            {
                RandomAccess.Write(file, zeros.AsSpan(0, count), (long)at);
            }
            catch (IOException fault)
            {
                throw StorageErrors.System(fault.HResult, $"Failed to write {count} bytes to storage volume with path '{path}'");
            }
        }
        if (HostFile.Sync(file) is not 0 and var errno)
            throw StorageErrors.System(errno, $"cannot sync data to volume with path '{path}'");
    }
}
