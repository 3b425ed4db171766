using System.Globalization;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Host.Files;
using Vireo.Host.Processes;

namespace Vireo.Drivers.Qemu.Start;

/// <summary>Programs that run beside a guest, each known by a file with its pid: a later daemon ends them as well as the one that started them.</summary>
static class HelperPrograms
{
    const int Readable = 0x1a4;
    static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(1);

    /// <summary>Writes down one that was started.</summary>
    /// <param name="run">The start of the guest.</param>
    /// <param name="process">The program.</param>
    /// <param name="pidFile">The file.</param>
    internal static void Note(StartRun run, HostProcess process, string pidFile)
    {
        run.Helpers.Add(process.Pid);
        AtomicFile.Write(pidFile, process.Pid.ToString(CultureInfo.InvariantCulture), Readable, durable: false);
    }

    /// <summary>Ends one if it runs, and takes its file away.</summary>
    /// <param name="keeper">The driver.</param>
    /// <param name="pidFile">The file.</param>
    /// <param name="words">What its command line has somewhere: a pid may be another process's by now.</param>
    internal static async ValueTask EndAsync(QemuKeeper keeper, string pidFile, string words)
    {
        using (HostProcess? process = keeper.Processes.Find(pidFile, words))
            if (process is not null)
                await process.EndAsync(EndPatience, keeper.Time).ConfigureAwait(false);
        File.Delete(pidFile);
    }
}
