using System.Globalization;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Host.Files;
using Vireo.Host.Processes;

namespace Vireo.Drivers.Qemu.Start.Helpers;

/// <summary>Programs beside a guest that a later daemon finds again by a file with their number and by a word that only their command line has.</summary>
static class GuestHelper
{
    const int Readable = 0x1a4;
    static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(1);

    /// <summary>Writes down which process it is.</summary>
    internal static void Note(StartRun run, string pidFile, int pid)
    {
        run.Helpers.Add(pid);
        AtomicFile.Write(pidFile, pid.ToString(CultureInfo.InvariantCulture), Readable, durable: false);
    }

    /// <summary>Which process it is; null: none runs.</summary>
    internal static HostProcess? Find(QemuKeeper keeper, string pidFile, string word)
    {
        try
        {
            return int.TryParse(File.ReadAllText(pidFile), CultureInfo.InvariantCulture, out int pid) ? keeper.Processes.Find(pid, word) : null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Ends it, if it runs, and takes its files away.</summary>
    internal static async ValueTask EndAsync(QemuKeeper keeper, string pidFile, string word, params string[] files)
    {
        if (Find(keeper, pidFile, word) is { } process)
            using (process)
                await process.EndAsync(EndPatience, keeper.Time).ConfigureAwait(false);
        foreach (string file in files.Append(pidFile))
            if (File.Exists(file))
                File.Delete(file);
    }
}
