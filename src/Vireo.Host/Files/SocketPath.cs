using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Vireo.Host.Files;

/// <summary>
/// A path for sun_path, which has room for 107 bytes. A longer one goes through a descriptor of its folder:
/// /proc/self/fd/N/NAME, good as long as this object is there and in this process only.
/// </summary>
public sealed class SocketPath : IDisposable
{
    /// <summary>Bytes that sun_path takes.</summary>
    public const int Room = 107;

    readonly SafeFileHandle? folder;

    /// <summary>Makes the short form of <paramref name="path"/>; its folder must exist.</summary>
    public SocketPath(string path)
    {
        Text = path;
        if (Encoding.UTF8.GetByteCount(path) <= Room)
            return;
        string above = Path.GetDirectoryName(path)!;
        folder = LibC.Handle(LibC.open(above, LibC.O_PATH | LibC.O_DIRECTORY | LibC.O_CLOEXEC, 0), $"cannot open directory '{above}'");
        Text = $"/proc/self/fd/{folder.DangerousGetHandle()}/{Path.GetFileName(path)}";
        if (Encoding.UTF8.GetByteCount(Text) > Room)
            throw HostErrors.Failed(LibC.ENAMETOOLONG, $"cannot use socket path '{path}'");
    }

    /// <summary>What to bind or connect to.</summary>
    public string Text { get; }

    /// <inheritdoc/>
    public void Dispose() => folder?.Dispose();
}
