using System.Diagnostics;

namespace Vireo.EndToEnd.Harness;

/// <summary>Folders for daemons of their own.</summary>
public static class Scratch
{
    const string Memory = "/dev/shm";
    const long Enough = 512L * 1024 * 1024;

    /// <summary>
    /// Makes one: in memory where there is room, because daemons that are started and killed hundreds of times sync what they write, and
    /// on some disks each of that takes longer than the rest of the test. A kill is not a power cut: nothing is tested less.
    /// </summary>
    public static string Make(string prefix)
    {
        if (!Directory.Exists(Memory) || new DriveInfo(Memory) is not { DriveFormat: "tmpfs", AvailableFreeSpace: > Enough })
            return Directory.CreateTempSubdirectory(prefix).FullName;
        while (true)
        {
            string folder = Path.Join(Memory, prefix + Path.GetRandomFileName().Replace(".", "", StringComparison.Ordinal)[..6]);
            if (Path.Exists(folder))
                continue;
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return folder;
        }
    }

    /// <summary>Deletes one whose processes were killed with their namespace: the last of them may write until it is dead.</summary>
    public static async Task DeleteAsync(string folder)
    {
        long began = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                Directory.Delete(folder, recursive: true);
                return;
            }
            catch (IOException) when (Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(30))
            {
                await Task.Delay(20);
            }
        }
    }
}
