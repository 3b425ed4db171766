using Vireo.Core;
using Vireo.Host;
using Vireo.Host.Files;
using Vireo.Model.Domain;

namespace Vireo.Hypervisor.Stores;

/// <summary>A definition as it was found on disk.</summary>
/// <param name="Def">The definition.</param>
/// <param name="Autostart">It starts with the host.</param>
public sealed record StoredDefinition(DomainDef Def, bool Autostart);

/// <summary>
/// Persistent definitions, one file each, in libvirt's places: a host can change over and back. Every change is there whole or
/// not at all, and on the disk when the call returns.
/// </summary>
/// <param name="paths">The driver's places.</param>
/// <param name="parse">Reads a document.</param>
public sealed class DefinitionStore(DriverPaths paths, Func<string, DomainDef> parse)
{
    /// <summary>Writes a definition, in the place of the one of that name.</summary>
    public void Save(string name, Uuid uuid, string xml)
    {
        AtomicFile.MakeFolder(paths.ConfigDir);
        AtomicFile.Write(paths.DefinitionFile(name), GeneratedFile.Wrap("edit", name, uuid, xml));
    }

    /// <summary>
    /// Removes a definition, and then its autostart link: at no instant is it there without what belongs to it. A link that a crash
    /// leaves behind goes when definitions are loaded.
    /// </summary>
    public void Delete(string name)
    {
        if (Directory.Exists(paths.ConfigDir))
            AtomicFile.Delete(paths.DefinitionFile(name));
        if (Directory.Exists(paths.AutostartDir))
            AtomicFile.Delete(paths.AutostartLink(name));
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
            AtomicFile.MakeFolder(paths.AutostartDir);
            AtomicFile.Link(paths.AutostartLink(name), paths.DefinitionFile(name));
        }
        else if (Directory.Exists(paths.AutostartDir))
            AtomicFile.Delete(paths.AutostartLink(name));
    }

    /// <summary>Whether it starts with the host: the link must lead to the definition.</summary>
    public bool IsAutostart(string name)
    {
        var link = new FileInfo(paths.AutostartLink(name));
        return link.LinkTarget is { } target
            && Path.GetFullPath(Path.Join(Path.IsPathRooted(target) ? "" : paths.AutostartDir, target)) == paths.DefinitionFile(name);
    }

    /// <summary>
    /// At the start of a daemon: takes away what a crash left, and reads all.
    /// </summary>
    /// <param name="complete">What is done to each as soon as it is read; called on several threads at once. Null: nothing.</param>
    public Loaded<StoredDefinition> LoadAll(Func<DomainDef, DomainDef>? complete = null)
    {
        AtomicFile.Sweep(paths.ConfigDir);
        AtomicFile.Sweep(paths.AutostartDir);
        SweepLinks();
        return Read(complete);
    }

    /// <summary>Reads all. A file that is not understood, or whose name is not the definition's, is reported and left alone.</summary>
    /// <param name="complete">What is done to each as soon as it is read; called on several threads at once. Null: nothing.</param>
    public Loaded<StoredDefinition> Read(Func<DomainDef, DomainDef>? complete = null)
    {
        HashSet<string> linked = [.. Links().Where(IsAutostart)];
        return Folder.Load(paths.ConfigDir, (name, text) =>
        {
            StoredDefinition found = Understand(name, text, linked.Contains(name));
            return complete is null ? found : found with { Def = complete(found.Def) };
        });
    }

    /// <summary>Reads one; null if there is none of that name.</summary>
    public StoredDefinition? Find(string name)
    {
        try
        {
            return Understand(name, Folder.Text(paths.DefinitionFile(name)), IsAutostart(name));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    StoredDefinition Understand(string name, string text, bool autostart)
    {
        DomainDef def = parse(text);
        return def.Name == name
            ? new StoredDefinition(def, autostart)
            : throw new InvalidDataException($"holds the definition of '{def.Name}', which is not the file's name");
    }

    void SweepLinks()
    {
        foreach (string name in Links())
            if (IsAutostart(name) && !File.Exists(paths.DefinitionFile(name)))
                AtomicFile.Delete(paths.AutostartLink(name));
    }

    string[] Links() => Directory.Exists(paths.AutostartDir)
        ? [.. Directory.GetFiles(paths.AutostartDir, "*.xml").Select(static link => Path.GetFileNameWithoutExtension(link))]
        : [];
}
