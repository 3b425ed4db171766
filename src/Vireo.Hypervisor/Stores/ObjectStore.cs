using Vireo.Core;
using Vireo.Host.Files;

namespace Vireo.Hypervisor.Stores;

/// <summary>A definition as it was found on disk.</summary>
/// <typeparam name="T">Of what.</typeparam>
/// <param name="Def">The definition.</param>
/// <param name="Autostart">It starts with the host.</param>
public sealed record Stored<T>(T Def, bool Autostart);

/// <summary>
/// Persistent definitions, one file each, in libvirt's places: a host can change over and back. Every change is there whole or
/// not at all, and on the disk when the call returns.
/// </summary>
/// <typeparam name="T">What is defined.</typeparam>
/// <param name="folder">Where: NAME.xml.</param>
/// <param name="edit">The command of virsh that edits them, for the comment at their heads: "edit", "pool-edit".</param>
/// <param name="parse">Reads a document.</param>
/// <param name="nameOf">The name in it.</param>
/// <param name="durable">They outlive a power cut; what tells of things that do not need not.</param>
public sealed class ObjectStore<T>(string folder, string edit, Func<string, T> parse, Func<T, string?> nameOf, bool durable = true)
{
    /// <summary>Links to the definitions that start by themselves.</summary>
    string AutostartFolder => Path.Join(folder, "autostart");

    string FileOf(string name) => Path.Join(folder, name + ".xml");

    string LinkOf(string name) => Path.Join(AutostartFolder, name + ".xml");

    /// <summary>Writes a definition, in the place of the one of that name.</summary>
    public void Save(string name, Uuid uuid, string xml)
    {
        AtomicFile.MakeFolder(folder);
        AtomicFile.Write(FileOf(name), GeneratedFile.Wrap(edit, name, uuid, xml), durable: durable);
    }

    /// <summary>
    /// Removes a definition, and then its autostart link: at no instant is it there without what belongs to it. A link that a crash
    /// leaves behind goes when definitions are loaded.
    /// </summary>
    public void Delete(string name)
    {
        if (Directory.Exists(folder))
            AtomicFile.Delete(FileOf(name), durable);
        if (Directory.Exists(AutostartFolder))
            AtomicFile.Delete(LinkOf(name));
    }

    /// <summary>Moves a definition and its link to another name. The new file is there before the old one goes.</summary>
    public void Rename(string from, string to, Uuid uuid, string xml)
    {
        bool autostart = IsAutostart(from);
        Save(to, uuid, xml);
        if (autostart)
            SetAutostart(to, true);
        Delete(from);
    }

    /// <summary>Makes it start with the host, or not.</summary>
    public void SetAutostart(string name, bool on)
    {
        if (on)
        {
            AtomicFile.MakeFolder(AutostartFolder);
            AtomicFile.Link(LinkOf(name), FileOf(name));
        }
        else if (Directory.Exists(AutostartFolder))
            AtomicFile.Delete(LinkOf(name));
    }

    /// <summary>Whether it starts with the host: the link must lead to the definition.</summary>
    public bool IsAutostart(string name)
    {
        var link = new FileInfo(LinkOf(name));
        return link.LinkTarget is { } target
            && Path.GetFullPath(Path.Join(Path.IsPathRooted(target) ? "" : AutostartFolder, target)) == FileOf(name);
    }

    /// <summary>
    /// At the start of a daemon: takes away what a crash left, and reads all.
    /// </summary>
    /// <param name="complete">What is done to each as soon as it is read; called on several threads at once. Null: nothing.</param>
    public Loaded<Stored<T>> LoadAll(Func<T, T>? complete = null)
    {
        AtomicFile.Sweep(folder);
        AtomicFile.Sweep(AutostartFolder);
        SweepLinks();
        return Read(complete);
    }

    /// <summary>Reads all. A file that is not understood, or whose name is not the definition's, is reported and left alone.</summary>
    /// <param name="complete">What is done to each as soon as it is read; called on several threads at once. Null: nothing.</param>
    public Loaded<Stored<T>> Read(Func<T, T>? complete = null)
    {
        HashSet<string> linked = [.. Links().Where(IsAutostart)];
        return Folder.Load(folder, (name, text) =>
        {
            Stored<T> found = Understand(name, text, linked.Contains(name));
            return complete is null ? found : found with { Def = complete(found.Def) };
        });
    }

    /// <summary>Reads one; null if there is none of that name.</summary>
    public Stored<T>? Find(string name)
    {
        try
        {
            return Understand(name, Folder.Text(FileOf(name)), IsAutostart(name));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    Stored<T> Understand(string name, string text, bool autostart)
    {
        T def = parse(text);
        return nameOf(def) == name
            ? new Stored<T>(def, autostart)
            : throw new InvalidDataException($"holds the definition of '{nameOf(def)}', which is not the file's name");
    }

    void SweepLinks()
    {
        foreach (string name in Links())
            if (IsAutostart(name) && !File.Exists(FileOf(name)))
                AtomicFile.Delete(LinkOf(name));
    }

    string[] Links() => Directory.Exists(AutostartFolder)
        ? [.. Directory.GetFiles(AutostartFolder, "*.xml").Select(static link => Path.GetFileNameWithoutExtension(link))]
        : [];
}
