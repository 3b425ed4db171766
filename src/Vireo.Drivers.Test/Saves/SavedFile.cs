using System.Buffers.Binary;
using System.Text;
using Vireo.Core.Errors;

namespace Vireo.Drivers.Test.Saves;

/// <summary>
/// A saved domain in a file, as libvirt's test driver writes it: a mark of 15 bytes, the length of the document as four bytes in the processor's order,
/// and the document. A dump of memory is the mark alone.
/// </summary>
static class SavedFile
{
    /// <summary>No document is longer, in bytes.</summary>
    const int MostBytes = 64 * 1024 * 1024;

    static ReadOnlySpan<byte> Mark => "TestGuestMagic\0"u8;

    /// <summary>The mark and a document.</summary>
    public static byte[] Content(string xml)
    {
        byte[] document = Encoding.UTF8.GetBytes(xml), length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, document.Length);
        return [.. Mark, .. length, .. document];
    }

    /// <summary>The mark alone.</summary>
    public static byte[] Dump => Mark.ToArray();

    /// <summary>Writes a file.</summary>
    /// <param name="path">Where.</param>
    /// <param name="content">What.</param>
    /// <param name="failed">What the message of a failure begins with.</param>
    public static void Write(string path, byte[] content, string failed)
    {
        try
        {
            using var file = new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            });
            file.Write(content);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw VireoException.System(ErrorDomain.Test, NumberOf(failure, path), failed);
        }
    }

    /// <summary>The document in a file.</summary>
    /// <exception cref="VireoException">SystemError for a file that cannot be read, InternalError for one that is none of these.</exception>
    public static string Read(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            Span<byte> mark = stackalloc byte[Mark.Length], number = stackalloc byte[4];
            if (file.ReadAtLeast(mark, mark.Length, throwOnEndOfStream: false) < mark.Length)
                throw Short("incomplete save header", path);
            if (!mark.SequenceEqual(Mark))
                throw VireoException.Internal(ErrorDomain.Test, "mismatched header magic");
            if (file.ReadAtLeast(number, number.Length, throwOnEndOfStream: false) < number.Length)
                throw Short("failed to read metadata length", path);
            int length = BinaryPrimitives.ReadInt32LittleEndian(number);
            if (length is < 1 or > MostBytes)
                throw VireoException.Internal(ErrorDomain.Test, "length of metadata out of range");
            if (length > file.Length - file.Position)
                throw Short("incomplete metadata", path);
            byte[] document = new byte[length];
            file.ReadExactly(document);
            return Encoding.UTF8.GetString(document);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            int number = NumberOf(failure, path);
            // A folder can be opened, and then not be read.
            throw number is EISDIR ? Short("incomplete save header", path, number) : VireoException.System(ErrorDomain.Test, number, $"cannot read domain image '{path}'");
        }
    }

    const int ENOENT = 2, EACCES = 13, EIO = 5, EISDIR = 21;

    /// <summary>The file ends too early, which is no error of the system's: its number is 0.</summary>
    static VireoException Short(string what, string path, int number = 0) => VireoException.System(ErrorDomain.Test, number, $"{what} in '{path}'");

    static int NumberOf(Exception failure, string path) => failure switch
    {
        FileNotFoundException or DirectoryNotFoundException or ArgumentException => ENOENT,     // the last: no name at all
        UnauthorizedAccessException => Directory.Exists(path) ? EISDIR : EACCES,
        // The number of the system call that failed.
        { HResult: > 0 and < 256 and var number } => number,
        _ => EIO,
    };
}
