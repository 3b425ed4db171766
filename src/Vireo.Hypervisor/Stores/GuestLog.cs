using System.Text;
using Microsoft.Win32.SafeHandles;
using Vireo.Host;
using Vireo.Host.Files;
using Vireo.Host.Processes;

namespace Vireo.Hypervisor.Stores;

/// <summary>
/// The log of a machine, in libvirt's place. Its descriptor goes straight to the emulator, as standard output and error, so that what it
/// says at its end is kept whatever became of the daemon.
/// </summary>
/// <param name="paths">The driver's places.</param>
/// <param name="time">Time.</param>
public sealed class GuestLog(DriverPaths paths, TimeProvider time)
{
    /// <summary>Opens a machine's log for appending.</summary>
    public SafeFileHandle Open(string name)
    {
        AtomicFile.MakeFolder(paths.LogDir, Convert.ToInt32("700", 8));
        return LogFile.OpenToAppend(paths.LogFile(name));
    }

    /// <summary>Writes when and what is started: the versions, and the whole command.</summary>
    /// <param name="log">From <see cref="Open"/>.</param>
    /// <param name="versions">"libvirt version: 9.0.0, qemu version: 7.2.22, kernel: 6.1.0, hostname: host".</param>
    /// <param name="plan">What is started.</param>
    /// <returns>Where the emulator's own words will begin.</returns>
    public long StartingUp(SafeFileHandle log, string versions, ProcessPlan plan)
    {
        LogFile.Append(log, $"{Now()}: starting up {versions}\n{Command(plan)}\n");
        return RandomAccess.GetLength(log);
    }

    /// <summary>Writes that it ended: "destroyed", "shutdown", "crashed", "failed", ...</summary>
    public void ShuttingDown(string name, string reason)
    {
        using SafeFileHandle log = Open(name);
        LogFile.Append(log, $"{Now()}: shutting down, reason={reason}\n");
    }

    /// <summary>What the emulator said since <paramref name="from"/>, at most the last <paramref name="most"/> bytes: why it died.</summary>
    public string Tail(string name, long from, int most = 4096)
    {
        using var file = new FileStream(paths.LogFile(name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        file.Position = Math.Max(from, file.Length - most);
        return new StreamReader(file).ReadToEnd().TrimEnd();
    }

    /// <summary>A command as logs show it: a line for each option, with what follows it.</summary>
    public static string Command(ProcessPlan plan)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in plan.Environment)
            text.Append(name).Append('=').Append(Quote(value)).Append(" \\\n");
        text.Append(Quote(plan.Program));
        foreach (string argument in plan.Arguments)
            text.Append(argument.StartsWith('-') ? " \\\n" : " ").Append(Quote(argument));
        return text.ToString();
    }

    static string Quote(string word) =>
        word.Length > 0 && word.AsSpan().IndexOfAny(GeneratedFile.Special) < 0 ? word : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    string Now() => time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff") + "+0000";
}
