using System.Security.Cryptography;
using Vireo.Host.Files;

namespace Vireo.Drivers.Storage.Volumes.Make;

/// <summary>The value of a secret in a file that only we can read, for as long as a program needs it.</summary>
sealed class SecretFile : IDisposable
{
    readonly TempFolder folder;

    SecretFile(TempFolder folder, string path) => (this.folder, Path) = (folder, path);

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>Writes it; the value is wiped.</summary>
    public static SecretFile Write(string parent, string volume, byte[] value)
    {
        var folder = new TempFolder(parent, "secret.");
        try
        {
            string path = System.IO.Path.Join(folder.Path, volume + ".secret");
            using var file = HostFile.TryOpen(path, FileUse.Write | FileUse.New, out int errno) ?? throw StorageErrors.System(errno, "failed to open secret file for write");
            RandomAccess.Write(file, value, 0);
            return new SecretFile(folder, path);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(value);
        }
    }

    public void Dispose() => folder.Dispose();
}
