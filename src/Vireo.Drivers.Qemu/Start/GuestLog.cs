using System.Buffers;
using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Driver.Contracts;
using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Host.Files;

namespace Vireo.Drivers.Qemu.Start;

/// <summary>
/// A guest's log: our own lines, and whatever its QEMU writes. That goes straight into the file, or to the log manager if there is one and
/// qemu.conf wants it: in neither case through this daemon, whose end disturbs no guest.
/// </summary>
sealed class GuestLog : IDisposable
{
    const string Driver = "qemu";
    const int TailLimit = 1024, MostOfTail = 64 * 1024;
    readonly string _path;
    readonly long _start;
    readonly IManagerConnection<IGuestLogs>? _logs;

    GuestLog(string path, SafeFileHandle handle)
    {
        (_path, Handle) = (path, handle);
        _start = RandomAccess.GetLength(handle);
    }

    GuestLog(string path, IManagerConnection<IGuestLogs> logs, WithFiles<LogPosition> opened)
    {
        (_path, _logs, Handle, _kept) = (path, logs, opened.Files is [var pipe, ..] ? pipe : throw NoPipe(path), opened.Result);
        foreach (var other in opened.Files.Skip(1)) other.Dispose();
    }

    /// <summary>What QEMU writes a console to that ends in a file: kept as this log is.</summary>
    /// <param name="machine">The guest.</param>
    /// <param name="path">The file.</param>
    /// <param name="append">What is in it stays.</param>
    internal SafeFileHandle OpenConsole(QemuMachine machine, string path, bool append) => OpenConsole(_logs, machine, path, append);

    /// <summary>The same for a guest that runs already.</summary>
    internal static SafeFileHandle OpenConsole(QemuKeeper keeper, QemuMachine machine, string path, bool append)
    {
        using var logs = Manager(keeper);
        return OpenConsole(logs, machine, path, append);
    }

    static SafeFileHandle OpenConsole(IManagerConnection<IGuestLogs>? logs, QemuMachine machine, string path, bool append)
    {
        if (logs is null) return LogFile.OpenNamed(path, append);
        var opened = logs.Program.OpenLogAsync(Driver, new LogGuest(machine.Uuid, machine.Name), path, append ? LogOpenFlags.None : LogOpenFlags.Truncate, CancellationToken.None)
            .AsTask().GetAwaiter().GetResult();
        foreach (var other in opened.Files.Skip(1)) other.Dispose();
        return opened.Files is [var pipe, ..] ? pipe : throw NoPipe(path);
    }

    static VireoException NoPipe(string path) => VireoException.Internal(ErrorDomain.Qemu, $"the log manager gave no pipe for '{path}'");

    /// <summary>What QEMU inherits as its output.</summary>
    internal SafeFileHandle Handle { get; }

    /// <summary>Opens a guest's log for a new run.</summary>
    internal static GuestLog Open(QemuKeeper keeper, QemuMachine machine)
    {
        string path = keeper.Paths.LogFile(machine.Name);
        AtomicFile.MakeFolder(Path.GetDirectoryName(path)!);
        if (Manager(keeper) is not { } logs) return new GuestLog(path, LogFile.OpenToAppend(path));
        try
        {
            return new GuestLog(path, logs,
                logs.Program.OpenLogAsync(Driver, new LogGuest(machine.Uuid, machine.Name), path, LogOpenFlags.None, CancellationToken.None).AsTask().GetAwaiter().GetResult());
        }
        catch
        {
            logs.Dispose();
            throw;
        }
    }

    static IManagerConnection<IGuestLogs>? Manager(QemuKeeper keeper) => keeper.Config.StdioHandler is "logd" ? keeper.Options.Managers?.FindLogs() : null;

    /// <summary>One more line in a guest's log, whoever has it open.</summary>
    internal static void Append(QemuKeeper keeper, QemuMachine machine, string line)
    {
        string path = keeper.Paths.LogFile(machine.Name);
        AtomicFile.MakeFolder(Path.GetDirectoryName(path)!);
        using var logs = Manager(keeper);
        if (logs is not null)
        {
            _ = logs.Program.AppendAsync(Driver, new LogGuest(machine.Uuid, machine.Name), path, line + "\n", 0, CancellationToken.None).AsTask().GetAwaiter().GetResult();
            return;
        }
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
        foreach (var (name, value) in line.Environment) text.Append(name).Append('=').Append(ShellText.Quote(value)).Append(" \\\n");
        text.Append(ShellText.Quote(line.Arguments[0]));
        foreach (string argument in line.Arguments.Skip(1))
            text.Append(argument.StartsWith('-') ? " \\\n" : " ").Append(ShellText.Quote(argument));
        text.Append('\n');
        foreach (string note in notes) text.Append(Stamp(now)).Append(": ").Append(note).Append('\n');
        LogFile.Append(Handle, text.ToString());
        if (_logs is null) _own = RandomAccess.GetLength(Handle);
        else _kept = _logs.Program.GetPositionAsync(_path, 0, CancellationToken.None).AsTask().GetAwaiter().GetResult();
    }

    /// <summary>A line about something started beside QEMU, and its command.</summary>
    internal void Note(DateTimeOffset now, string what, string program, IEnumerable<string> arguments)
    {
        string note = NoteOf(now, what, program, arguments);
        _notes.UnionWith(note.Split('\n'));
        LogFile.Append(Handle, note + '\n');
    }

    /// <summary>The lines about something started beside QEMU.</summary>
    internal static string NoteOf(DateTimeOffset now, string what, string program, IEnumerable<string> arguments) =>
        $"{Stamp(now)}: {what}\n{string.Join(' ', arguments.Prepend(program).Select(ShellText.Quote))}";

    readonly HashSet<string> _notes = new(StringComparer.Ordinal);
    long _own;
    LogPosition _kept;
    /// <summary>The last that QEMU itself, and what was started beside it, said in this run.</summary>
    internal string Tail()
    {
        try
        {
            // What it tells of its terminals is no complaint, nor what we wrote.
            return string.Join('\n', (_logs is null ? TailOfFile() : TailOfKept(_logs.Program)).Split('\n')
                .Where(l => !_notes.Contains(l) && !l.Contains("char device redirected to ", StringComparison.Ordinal))).TrimEnd();
        }
        catch (Exception e) when (e is IOException or VireoException)
        {
            return "";
        }
    }

    /// <summary>The last that a guest's log says, whoever writes it.</summary>
    internal static string TailOf(QemuKeeper keeper, QemuMachine machine)
    {
        try
        {
            using var file = new FileStream(keeper.Paths.LogFile(machine.Name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            file.Position = Math.Max(0, file.Length - TailLimit);
            using var reader = new StreamReader(file, Encoding.UTF8);
            return string.Join('\n', reader.ReadToEnd().Split('\n').Where(static l => l.Contains("qemu-system", StringComparison.Ordinal) && !l.Contains(" \\", StringComparison.Ordinal)));
        }
        catch (IOException)
        {
            return "";
        }
    }

    string TailOfFile()
    {
        using var file = new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        file.Position = Math.Max(Math.Max(_start, _own), file.Length - TailLimit);
        using var reader = new StreamReader(file, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    string TailOfKept(IGuestLogs logs)
    {
        string said = logs.ReadAsync(_path, _kept, MostOfTail, 0, CancellationToken.None).AsTask().GetAwaiter().GetResult();
        return said[Math.Max(0, said.Length - TailLimit)..];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Handle.Dispose();
        _logs?.Dispose();
    }
}
