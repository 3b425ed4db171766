using Vireo.Core.Errors;

namespace Vireo.Drivers.Qemu.Save;

/// <summary>Files of saved machines.</summary>
static class SaveFile
{
    /// <summary>Makes one, for its owner alone; what was there is gone.</summary>
    internal static FileStream Create(string path) => Open(path, "Failed to create file", new FileStreamOptions
    {
        Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.ReadWrite, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite, BufferSize = 0,
    });

    /// <summary>Opens one to read, or to change its definition.</summary>
    internal static FileStream Open(string path, bool change) => Open(path, "Failed to open file", new FileStreamOptions
    {
        Mode = FileMode.Open, Access = change ? FileAccess.ReadWrite : FileAccess.Read, Share = FileShare.ReadWrite, BufferSize = 0,
    });

    /// <summary>Writes a part of one.</summary>
    /// <exception cref="VireoException">VIR_ERR_OPERATION_FAILED, as where the state that follows cannot be written: there is no room, or the storage is broken.</exception>
    internal static void Write(FileStream file, ReadOnlySpan<byte> bytes, string path)
    {
        try
        {
            file.Write(bytes);
        }
        catch (IOException e)
        {
            const int io = 5, largest = 4095;
            throw new VireoException(ErrorCode.OperationFailed, ErrorDomain.Qemu,
                $"vireod: failure with {path}: Unable to write {path}: {Errno.Text(e.HResult is > 0 and <= largest ? e.HResult : io)}");
        }
    }

    static FileStream Open(string path, string complaint, FileStreamOptions options)
    {
        try
        {
            return new FileStream(path, options);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            const int noEntry = 2, io = 5, access = 13, isFolder = 21;
            int errno = e switch
            {
                FileNotFoundException or DirectoryNotFoundException or ArgumentException => noEntry,
                UnauthorizedAccessException => Directory.Exists(path) ? isFolder : access,
                _ => io,
            };
            throw VireoException.System(ErrorDomain.Qemu, errno, $"{complaint} '{path}'");
        }
    }

    /// <summary>The packing that qemu.conf names.</summary>
    internal static SaveCompression Format(string word) => word switch
    {
        "gzip" => SaveCompression.Gzip,
        "bzip2" => SaveCompression.Bzip2,
        "xz" => SaveCompression.Xz,
        "lzop" => SaveCompression.Lzop,
        _ => SaveCompression.Raw,
    };
}
