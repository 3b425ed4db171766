using System.Text;
using Vireo.Core.Errors;

namespace Vireo.Daemon.Service;

/// <summary>
/// The pid file, locked as libvirtd locks its own (a POSIX record lock), so that neither of the two starts beside the other.
/// </summary>
sealed class PidFile : IDisposable
{
    readonly FileStream file;
    readonly string path;

    PidFile(FileStream file, string path) => (this.file, this.path) = (file, path);

    /// <summary>Takes the lock and writes our pid; throws if another daemon has it.</summary>
    internal static PidFile Take(string path)
    {
        FileStream file;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            // FileShare.ReadWrite | Delete keeps .NET from a flock of its own.
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new VireoException(ErrorCode.SystemError, ErrorDomain.Rpc, $"Failed to open pid file '{path}': {e.Message}", e);
        }
        try
        {
            file.Lock(0, 1);
        }
        catch (IOException e)
        {
            string other = ReadOther(file);
            file.Dispose();
            throw new VireoException(ErrorCode.SystemError, ErrorDomain.Rpc,
                $"Failed to acquire pid file '{path}': Resource temporarily unavailable (another daemon runs{other})", e);
        }
        file.SetLength(0);
        file.Write(Encoding.ASCII.GetBytes($"{Environment.ProcessId}\n"));
        return new PidFile(file, path);
    }

    static string ReadOther(FileStream file)
    {
        Span<byte> text = stackalloc byte[16];
        try
        {
            int count = file.Read(text);
            return int.TryParse(Encoding.ASCII.GetString(text[..count]).Trim(), out int pid) ? $", pid {pid}" : "";
        }
        catch (IOException)
        {
            return "";
        }
    }

    public void Dispose()
    {
        File.Delete(path);
        file.Dispose();
    }
}
