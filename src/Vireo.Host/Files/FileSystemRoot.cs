namespace Vireo.Host.Files;

/// <summary>Where the kernel's files are looked for: "/" on a host, a folder in tests.</summary>
/// <param name="Path">The folder.</param>
public sealed record FileSystemRoot(string Path)
{
    /// <summary>The host's own.</summary>
    public static FileSystemRoot Host { get; } = new("/");

    /// <summary>An absolute path under this root.</summary>
    public string Of(string path) => Path == "/" ? path : System.IO.Path.Join(Path, path);
}
