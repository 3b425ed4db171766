using System.Buffers;
using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Host.Files;

namespace Vireo.Drivers.Qemu.Start;

/// <summary>A guest's log: our own lines, and whatever its QEMU writes straight into the file.</summary>
sealed class GuestLog : IDisposable
{
    const int TailLimit = 1024;
    readonly string _path;
    readonly long _start;

    GuestLog(string path, SafeFileHandle handle)
    {
        (_path, Handle) = (path, handle);
        _start = RandomAccess.GetLength(handle);
    }

    /// <summary>What QEMU inherits as its output.</summary>
    internal SafeFileHandle Handle { get; }

    internal static GuestLog Open(string path)
    {
        AtomicFile.MakeFolder(Path.GetDirectoryName(path)!);
        return new GuestLog(path, LogFile.OpenToAppend(path));
    }

    /// <summary>One more line in a log that nobody holds.</summary>
    internal static void Append(string path, string line)
    {
        AtomicFile.MakeFolder(Path.GetDirectoryName(path)!);
        using var handle = LogFile.OpenToAppend(path);
        LogFile.Append(handle, line + "\n");
    }

    internal static string Stamp(DateTimeOffset now) => now.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture) + "+0000";

    internal void Begin(DateTimeOffset now, QemuFacts facts, QemuCommandLine line, IEnumerable<string> notes)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Stamp(now)}: starting up libvirt version: 9.0.0, qemu version: ")
            .Append(CultureInfo.InvariantCulture, $"{facts.Version / 1_000_000}.{facts.Version / 1000 % 1000}.{facts.Version % 1000}{facts.Package}")
            .Append(CultureInfo.InvariantCulture, $", kernel: {Environment.OSVersion.Version}, hostname: {Environment.MachineName}\n");
        foreach (var (name, value) in line.Environment) text.Append(name).Append('=').Append(Quote(value)).Append(" \\\n");
        text.Append(Quote(line.Arguments[0]));
        foreach (string argument in line.Arguments.Skip(1))
            text.Append(argument.StartsWith('-') ? " \\\n" : " ").Append(Quote(argument));
        text.Append('\n');
        foreach (string note in notes) text.Append(Stamp(now)).Append(": ").Append(note).Append('\n');
        LogFile.Append(Handle, text.ToString());
        _own = RandomAccess.GetLength(Handle);
    }

    /// <summary>A line about something started beside QEMU, and its command.</summary>
    internal void Note(DateTimeOffset now, string what, string program, IEnumerable<string> arguments) =>
        LogFile.Append(Handle, $"{Stamp(now)}: {what}\n{string.Join(' ', arguments.Prepend(program).Select(Quote))}\n");

    long _own;
    static readonly SearchValues<char> Special = SearchValues.Create(" \t\n!\"#$&'()*;<>?[\\]^`{|}~");

    static string Quote(string word) => word.Length > 0 && !word.AsSpan().ContainsAny(Special)
        ? word : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    /// <summary>The last that QEMU itself said in this run.</summary>
    internal string Tail()
    {
        try
        {
            using var file = new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            file.Position = Math.Max(Math.Max(_start, _own), file.Length - TailLimit);
            using var reader = new StreamReader(file, Encoding.UTF8);
            // What it tells of its terminals is no complaint.
            return string.Join('\n', reader.ReadToEnd().Split('\n').Where(static l => !l.Contains("char device redirected to ", StringComparison.Ordinal)))
                .TrimEnd();
        }
        catch (IOException)
        {
            return "";
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Handle.Dispose();
}
