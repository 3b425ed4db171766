using System.Text;
using Vireo.Core.Errors;
using Vireo.Host.Files;

namespace Vireo.Hypervisor.Images;

/// <summary>
/// Files that are being made for machines: noted before they are there, and forgotten when somebody has them, so that what a crash leaves behind
/// is found and goes.
/// </summary>
/// <param name="folder">Where the notes are.</param>
public sealed class NewFiles(string folder)
{
    string NoteOf(string machine) => Path.Join(folder, machine + ".new");

    /// <summary>Writes down which files are about to be made for a machine, in the place of what was noted for it before.</summary>
    public void Note(string machine, IEnumerable<string> paths)
    {
        AtomicFile.MakeFolder(folder);
        AtomicFile.Write(NoteOf(machine), string.Concat(paths.Select(static p => p + "\0")));
    }

    /// <summary>Somebody has them, or they are gone.</summary>
    public void Forget(string machine)
    {
        if (File.Exists(NoteOf(machine)))
            AtomicFile.Delete(NoteOf(machine));
    }

    /// <summary>The machines that files were being made for.</summary>
    public IReadOnlyList<string> Machines() => Directory.Exists(folder)
        ? [.. Directory.EnumerateFiles(folder, "*.new").Select(static f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)] : [];

    /// <summary>The files that were being made for a machine.</summary>
    public IReadOnlyList<string> Of(string machine) => File.Exists(NoteOf(machine))
        ? File.ReadAllText(NoteOf(machine), Encoding.UTF8).Split('\0', StringSplitOptions.RemoveEmptyEntries) : [];

    /// <summary>Deletes those that nobody has, and forgets all.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="isUsed">Whether a definition, a snapshot or a process has a file.</param>
    public void Sweep(string machine, Func<string, bool> isUsed)
    {
        foreach (string path in Of(machine))
            if (!isUsed(path) && File.Exists(path))
                File.Delete(path);
        Forget(machine);
    }

    /// <summary>Makes an empty file that was not there, readable for its owner alone.</summary>
    /// <exception cref="VireoException">VIR_ERR_SYSTEM_ERROR: there is one, or it cannot be made.</exception>
    public static void Make(string path)
    {
        const int exists = 17, noEntry = 2, denied = 13, io = 5;
        try
        {
            using var made = new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite, BufferSize = 0,
            });
            made.Flush(flushToDisk: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw VireoException.System(ErrorDomain.Storage, e switch
            {
                DirectoryNotFoundException => noEntry,
                UnauthorizedAccessException => denied,
                _ => File.Exists(path) ? exists : io,
            }, $"failed to create image file '{path}'");
        }
    }
}
