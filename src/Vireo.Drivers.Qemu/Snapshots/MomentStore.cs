using System.Collections.Concurrent;
using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Host.Files;
using Vireo.Model.Snapshot;

namespace Vireo.Drivers.Qemu.Snapshots;

/// <summary>
/// What is known of the machines' snapshots or checkpoints, in libvirt's place and format: a folder for each machine, a file for each of them. Readers get what
/// was published last; who changes them holds the machine's job.
/// </summary>
/// <typeparam name="T">The definition of one.</typeparam>
/// <param name="folder">Where the machines' folders are.</param>
/// <param name="what">What they are, for messages: "snapshots".</param>
/// <param name="none">A machine without any.</param>
/// <param name="problem">Told of files that are not understood; they are left alone.</param>
abstract class MomentStore<T>(string folder, string what, Moments<T> none, Action<string, string> problem) where T : class
{
    /// <summary>Reads a file; it may say that it is the current one.</summary>
    protected abstract (T Def, bool IsCurrent) Read(string text);

    /// <summary>Writes a file.</summary>
    protected abstract string Text(T def, bool isCurrent);

    protected abstract string NameOf(T def);

    protected abstract string? ParentOf(T def);

    protected abstract T WithoutParent(T def);

    protected abstract long? MadeAt(T def);

    /// <summary>The current one where no file says which.</summary>
    protected virtual string? CurrentOf(Moments<T> all) => null;

    /// <summary>The current one is written into its file.</summary>
    protected virtual bool SaysCurrent => false;

    readonly ConcurrentDictionary<string, Moments<T>> known = new(StringComparer.Ordinal);

    string FolderOf(string machine) => Path.Join(folder, machine);

    string FileOf(string machine, string name) => Path.Join(FolderOf(machine), name + ".xml");

    /// <summary>Those of a machine.</summary>
    internal Moments<T> Of(string machine) => known.GetOrAdd(machine, Load);

    Moments<T> Load(string machine)
    {
        if (!Directory.Exists(FolderOf(machine)))
            return none;
        AtomicFile.Sweep(FolderOf(machine));
        var found = new List<(T Def, bool IsCurrent, DateTime Written)>();
        foreach (string file in Directory.GetFiles(FolderOf(machine), "*.xml").Order(StringComparer.Ordinal))
            try
            {
                var (def, isCurrent) = Read(File.ReadAllText(file));
                found.Add((def, isCurrent, File.GetLastWriteTimeUtc(file)));
            }
            catch (Exception e)
            {
                problem(file, e.Message);
            }
        Moments<T> all = none;
        foreach (var one in found.OrderBy(f => MadeAt(f.Def)))
            all = all.Put(one.Def);
        // A crash may leave the last one and the one before it: the later word counts. One whose parent is lost is a root.
        foreach (T orphan in all.All.Where(m => ParentOf(m) is { } parent && all.Find(parent) is null))
            all = all.Put(WithoutParent(orphan));
        T? current = found.Where(static f => f.IsCurrent).OrderBy(static f => f.Written).LastOrDefault().Def;
        return all.MakeCurrent(current is null ? CurrentOf(all) : NameOf(current));
    }

    /// <summary>Publishes others of a machine, and writes what is different: new ones first, then those that changed, and what went last.</summary>
    internal void Save(string machine, Moments<T> next)
    {
        Moments<T> before = Of(machine);
        foreach (T def in next.All.OrderBy(m => before.Find(NameOf(m)) is not null))
            if (before.Find(NameOf(def)) is not { } old || !old.Equals(def) || SaysCurrent && (before.Current == NameOf(def)) != (next.Current == NameOf(def)))
            {
                AtomicFile.MakeFolder(FolderOf(machine));
                AtomicFile.Write(FileOf(machine, NameOf(def)), Text(def, next.Current == NameOf(def)));
            }
        foreach (T gone in before.All.Where(m => next.Find(NameOf(m)) is null))
            AtomicFile.Delete(FileOf(machine, NameOf(gone)));
        if (next.IsEmpty && Directory.Exists(FolderOf(machine)) && !Directory.EnumerateFileSystemEntries(FolderOf(machine)).Any())
            Directory.Delete(FolderOf(machine));
        known[machine] = next;
    }

    /// <summary>Forgets all that is known of those of a machine; they themselves stay.</summary>
    internal void Forget(string machine)
    {
        Save(machine, none);
        known.TryRemove(machine, out _);
    }

    /// <summary>A machine has another name.</summary>
    /// <exception cref="VireoException">VIR_ERR_INTERNAL_ERROR: those of another machine lie there; VIR_ERR_SYSTEM_ERROR: the folder cannot be moved.</exception>
    internal void Rename(string from, string to)
    {
        if (Directory.Exists(FolderOf(from)))
        {
            if (Directory.Exists(FolderOf(to)))
                throw VireoException.Internal(ErrorDomain.Qemu, $"{what} of another machine lie in '{FolderOf(to)}'");
            try
            {
                Directory.Move(FolderOf(from), FolderOf(to));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw VireoException.System(ErrorDomain.Qemu, (e.InnerException ?? e).HResult, $"cannot rename '{FolderOf(from)}' to '{FolderOf(to)}'");
            }
        }
        known.TryRemove(from, out _);
        known.TryRemove(to, out _);
    }
}
