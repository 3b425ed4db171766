using System.Text;

namespace Vireo.Host.Files;

/// <summary>A folder of our own that goes away with this object.</summary>
public sealed unsafe class TempFolder : IDisposable
{
    /// <summary>Makes it: "PARENT/PREFIXXXXXXX", for us alone.</summary>
    public TempFolder(string parent, string prefix)
    {
        byte[] template = Encoding.UTF8.GetBytes(System.IO.Path.Join(parent, prefix) + "XXXXXX\0");
        fixed (byte* at = template)
        {
            if (LibC.mkdtemp(at) == null)
                throw HostErrors.Failed(LibC.Errno, $"cannot create a directory in '{parent}'");
        }
        Path = Encoding.UTF8.GetString(template.AsSpan(0, template.Length - 1));
    }

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // somebody was faster
        }
    }
}
