using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Vireo.Core.Errors;
using Vireo.Core.Xml;

namespace Vireo.Drivers.Test.State;

/// <summary>A file of a node document: the document itself, or one that an element of it refers to.</summary>
static partial class NodeFile
{
    /// <summary>A document has this many bytes at most: four for each character that may be in one.</summary>
    const long MostBytes = 4L * XmlInput.SizeLimit;

    const int O_NONBLOCK = 0x800, O_CLOEXEC = 0x80000;

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags);

    /// <summary>The root element of a file.</summary>
    /// <exception cref="VireoException">XmlError for a file that cannot be read, XmlDetail for one that is malformed.</exception>
    public static XmlFragment Read(string path)
    {
        using XmlInput input = XmlInput.Open(Text(path), null, new XmlInputOptions(path, From: ErrorDomain.Test, IsFile: true));
        XmlFragment root = input.Fragment();
        input.Finish();
        return root;
    }

    /// <summary>The element itself, or the root of the file that its attribute <c>file</c> names, from the folder of the node document on.</summary>
    public static XmlFragment Resolve(XmlFragment element, string? file, string folder) => file is null ? element : Read(Path.Combine(folder, file));

    // Opened without waiting and read no further than its size: a pipe or a device would keep the daemon for ever.
    static string Text(string path)
    {
        if (path.Contains('\0', StringComparison.Ordinal) || open(path, O_NONBLOCK | O_CLOEXEC) is not (>= 0 and int descriptor))
            throw Unreadable(path);
        try
        {
            using var handle = new SafeFileHandle(descriptor, ownsHandle: true);
            using var stream = new FileStream(handle, FileAccess.Read);
            if (!stream.CanSeek || stream.Length > MostBytes)
                throw Unreadable(path);
            byte[] bytes = new byte[stream.Length];
            int read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            using var reader = new StreamReader(new MemoryStream(bytes, 0, read));
            return reader.ReadToEnd();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path);
        }
    }

    static VireoException Unreadable(string path) => new(ErrorCode.XmlError, ErrorDomain.Test, $"failed to parse xml document '{path}'");
}
