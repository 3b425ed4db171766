using Microsoft.Win32.SafeHandles;
using Vireo.Core.Errors;
using Vireo.Drivers.Storage.Kinds;
using Vireo.Host.Files;
using Vireo.Model.Storage;

namespace Vireo.Drivers.Storage.Volumes.Make;

/// <summary>Files whose bytes are the disk's: made, filled and resized without a program.</summary>
static class RawFile
{
    const int Piece = 1 << 20, Block = 4096;
    const int NoSuchCall = 38, NotSupported = 95;

    /// <summary>Makes the file of a volume. It is gone again if anything fails.</summary>
    public static void Make(VolumeWork work, CancellationToken cancel)
    {
        StorageVolumeDef volume = work.Volume;
        if (work.Preallocate)
            throw StorageErrors.Unsupported("metadata preallocation is not supported for raw volumes");
        if (volume.BackingStore is { Path: not null })
            throw VireoException.NoSupport("backing storage not supported for raw volumes", ErrorDomain.Storage);
        string path = volume.Target!.Path!;
        using SafeFileHandle file = HostFile.TryOpen(path, FileUse.ReadWrite | FileUse.New, out int errno, (int)VolumeOwner.ModeOf(volume))
            ?? throw StorageErrors.System(errno, $"Failed to create file '{path}'");
        try
        {
            VolumeOwner.Apply(volume);
            if (volume.Target.NoCopyOnWrite is true && HostFile.TurnOffCopyOnWrite(file) is not 0)
                throw StorageErrors.SystemAnywhere(NoSuchCall, $"unable to control COW flag on '{path}', not btrfs");
            Fill(work, path, file, cancel);
        }
        catch
        {
            _ = HostFile.Remove(path);
            throw;
        }
    }

    static void Fill(VolumeWork work, string path, SafeFileHandle file, CancellationToken cancel)
    {
        ulong capacity = work.Volume.Capacity!.Value.Bytes, allocation = work.Volume.Allocation!.Value.Bytes;
        if (HostFile.Resize(file, capacity) is not 0 and var tooLarge)
            throw StorageErrors.System(tooLarge, $"cannot extend file '{path}'");
        // Less space than what it is filled from is a wish for holes.
        bool allocate = allocation > 0 && !(work.Content is { } from && allocation < from.Capacity!.Value.Bytes);
        if (allocate && HostFile.Allocate(file, 0, allocation) is not (0 or NoSuchCall or NotSupported) and var noRoom)
            throw StorageErrors.System(noRoom, $"cannot allocate {allocation} bytes in file '{path}'");
        if (work.Content is { } content)
            Copy(content.Target!.Path!, path, file, work, cancel);
        if (HostFile.Sync(file) is not 0 and var notWritten)
            throw StorageErrors.System(notWritten, $"cannot sync data to file '{path}'");
    }

    /// <summary>Copies what is not zero: where space was taken it is zero already, and elsewhere it stays a hole.</summary>
    static void Copy(string from, string to, SafeFileHandle target, VolumeWork work, CancellationToken cancel)
    {
        ulong capacity = work.Volume.Capacity!.Value.Bytes;
        using SafeFileHandle source = HostFile.TryOpen(from, FileUse.Read, out int errno) ?? throw StorageErrors.System(errno, $"could not open input path '{from}'");
        if (work.Share)
        {
            if (HostFile.Clone(source, target) is not 0 and var refused)
                throw StorageErrors.System(refused, $"failed to clone files from '{from}'");
            return;
        }
        byte[] buffer = GC.AllocateUninitializedArray<byte>(Piece);
        for (long at = 0; (ulong)at < capacity;)
        {
            cancel.ThrowIfCancellationRequested();
            if (HostFile.FindData(source, at) is not { } data || (ulong)data >= capacity)
                return;
            at = data;
            int read = Try(() => RandomAccess.Read(source, buffer.AsSpan(0, (int)Math.Min(Piece, capacity - (ulong)at)), at), $"failed reading from file '{from}'");
            if (read == 0)
                return;
            WriteBlocks(target, buffer.AsSpan(0, read), at, to);
            at += read;
            work.Copied?.Invoke((ulong)at);
        }
    }

    /// <summary>Writes another volume's content over a device, zeros too: nobody knows what was there.</summary>
    /// <param name="content">The other volume.</param>
    /// <param name="path">The device.</param>
    /// <param name="room">How much fits, in bytes.</param>
    /// <param name="cancel">Gives up.</param>
    public static void Pour(StorageVolumeDef content, string path, ulong room, CancellationToken cancel)
    {
        string from = content.Target!.Path!;
        using SafeFileHandle source = HostFile.TryOpen(from, FileUse.Read, out int errno) ?? throw StorageErrors.System(errno, $"could not open input path '{from}'");
        using SafeFileHandle target = HostFile.TryOpen(path, FileUse.Write, out errno) ?? throw StorageErrors.System(errno, $"cannot open volume '{path}'");
        byte[] buffer = GC.AllocateUninitializedArray<byte>(Piece);
        for (long at = 0; (ulong)at < room;)
        {
            cancel.ThrowIfCancellationRequested();
            int read = Try(() => RandomAccess.Read(source, buffer.AsSpan(0, (int)Math.Min(Piece, room - (ulong)at)), at), $"failed reading from file '{from}'");
            if (read == 0)
                break;
            Write(target, buffer.AsSpan(0, read), at, path);
            at += read;
        }
        if (HostFile.Sync(target) is not 0 and var notWritten)
            throw StorageErrors.System(notWritten, $"cannot sync data to file '{path}'");
    }

    static void WriteBlocks(SafeFileHandle target, ReadOnlySpan<byte> data, long at, string path)
    {
        for (int from = 0; from < data.Length;)
        {
            int to = from;
            while (to < data.Length && data.Slice(to, Math.Min(Block, data.Length - to)).ContainsAnyExcept((byte)0))
                to = Math.Min(to + Block, data.Length);
            if (to > from)
                Write(target, data[from..to], at + from, path);
            from = Math.Min(to + Block, data.Length);
        }
    }

    static void Write(SafeFileHandle target, ReadOnlySpan<byte> data, long at, string path)
    {
        try
        {
            RandomAccess.Write(target, data, at);
        }
        catch (IOException fault)
        {
            throw StorageErrors.System(fault.HResult, $"failed writing to file '{path}'");
        }
    }

    static int Try(Func<int> work, string text)
    {
        try
        {
            return work();
        }
        catch (IOException fault)
        {
            throw StorageErrors.System(fault.HResult, text);
        }
    }

    /// <summary>Gives a file another length.</summary>
    public static void Resize(string path, ulong capacity, bool allocate)
    {
        using SafeFileHandle file = HostFile.TryOpen(path, FileUse.ReadWrite, out int errno) ?? throw StorageErrors.SystemAnywhere(errno, $"Unable to open '{path}'");
        if (allocate && HostFile.Allocate(file, 0, capacity) is not 0 and var noRoom)
            throw StorageErrors.SystemAnywhere(noRoom, $"Failed to pre-allocate space for file '{path}'");
        if (HostFile.Resize(file, capacity) is not 0 and var refused)
            throw StorageErrors.SystemAnywhere(refused, $"Failed to truncate file '{path}'");
    }
}
