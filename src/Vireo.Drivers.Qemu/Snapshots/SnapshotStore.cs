using System.Collections.Concurrent;
using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Host;
using Vireo.Host.Files;
using Vireo.Hypervisor.Stores;
using Vireo.Model.Domain;
using Vireo.Model.Snapshot;

namespace Vireo.Drivers.Qemu.Snapshots;

/// <summary>
/// What is known of the machines' snapshots, in libvirt's place and format: a folder for each machine, a file for each snapshot, one of which says that it is
/// the current one. Readers get what was published last; who changes them holds the machine's job.
/// </summary>
/// <param name="paths">The driver's places.</param>
/// <param name="problem">Told of files that are not understood; they are left alone.</param>
sealed class SnapshotStore(DriverPaths paths, Action<string, string> problem)
{
    static readonly Moments<SnapshotDef> none = new(static s => s.Name!, static s => s.Parent, static (s, parent) => s with { Parent = parent });

    readonly ConcurrentDictionary<string, Moments<SnapshotDef>> known = new(StringComparer.Ordinal);

    string FolderOf(string machine) => Path.Join(paths.SnapshotDir, machine);

    string FileOf(string machine, string name) => Path.Join(FolderOf(machine), name + ".xml");

    /// <summary>The snapshots of a machine.</summary>
    internal Moments<SnapshotDef> Of(string machine) => known.GetOrAdd(machine, Load);

    Moments<SnapshotDef> Load(string machine)
    {
        if (!Directory.Exists(FolderOf(machine)))
            return none;
        AtomicFile.Sweep(FolderOf(machine));
        var found = new List<(SnapshotDef Def, DateTime Written)>();
        foreach (string file in Directory.GetFiles(FolderOf(machine), "*.xml").Order(StringComparer.Ordinal))
            try
            {
                found.Add((SnapshotDef.Define(File.ReadAllText(file), SnapshotParse.Redefine | SnapshotParse.Internal, null), File.GetLastWriteTimeUtc(file)));
            }
            catch (Exception e)
            {
                problem(file, e.Message);
            }
        Moments<SnapshotDef> all = none;
        foreach (var (def, _) in found.OrderBy(static f => f.Def.CreationTime))
            all = all.Put(def with { Active = null });
        // A crash may leave the last one and the one before it: the later word counts. One whose parent is lost is a root.
        foreach (SnapshotDef orphan in all.All.Where(s => s.Parent is { } parent && all.Find(parent) is null))
            all = all.Put(orphan with { Parent = null });
        return all.MakeCurrent(found.Where(static f => f.Def.Active is true).OrderBy(static f => f.Written).LastOrDefault().Def?.Name);
    }

    /// <summary>Publishes other snapshots of a machine, and writes what is different: new ones first, then those that changed, and what went last.</summary>
    internal void Save(string machine, Moments<SnapshotDef> next)
    {
        Moments<SnapshotDef> before = Of(machine);
        foreach (SnapshotDef def in next.All.OrderBy(s => before.Find(s.Name) is not null))
            if (before.Find(def.Name) is not { } old || old != def || (before.Current == def.Name) != (next.Current == def.Name))
            {
                AtomicFile.MakeFolder(FolderOf(machine));
                AtomicFile.Write(FileOf(machine, def.Name!), Text(def with { Active = next.Current == def.Name }));
            }
        foreach (SnapshotDef gone in before.All.Where(s => next.Find(s.Name) is null))
            AtomicFile.Delete(FileOf(machine, gone.Name!));
        if (next.IsEmpty && Directory.Exists(FolderOf(machine)) && !Directory.EnumerateFileSystemEntries(FolderOf(machine)).Any())
            Directory.Delete(FolderOf(machine));
        known[machine] = next;
    }

    /// <summary>Forgets all that is known of a machine's snapshots; the snapshots stay.</summary>
    internal void Forget(string machine)
    {
        Save(machine, none);
        known.TryRemove(machine, out _);
    }

    /// <summary>A machine has another name.</summary>
    /// <exception cref="VireoException">VIR_ERR_INTERNAL_ERROR: snapshots of another machine lie there; VIR_ERR_SYSTEM_ERROR: the folder cannot be moved.</exception>
    internal void Rename(string from, string to)
    {
        if (Directory.Exists(FolderOf(from)))
        {
            if (Directory.Exists(FolderOf(to)))
                throw VireoException.Internal(ErrorDomain.Qemu, $"snapshots of another machine lie in '{FolderOf(to)}'");
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

    static string Text(SnapshotDef def) => GeneratedFile.Wrap("snapshot-edit", null, default, def.ToXml(DomainFormat.Secure));
}
