using Vireo.Host.Files;

namespace Vireo.Drivers.Interface.Changes;

/// <summary>What the files of the host's network were when a change began. It is there whole or not at all, and outlives the daemon and the host's next start.</summary>
/// <param name="folder">Where.</param>
sealed class SavedFiles(string folder)
{
    string Begun => Path.Join(folder, "begun");

    string Unfinished => Path.Join(folder, "unfinished");

    /// <summary>A change began, and neither was kept nor taken back.</summary>
    public bool AreThere => Directory.Exists(Begun);

    /// <summary>Keeps them.</summary>
    public void Write(SortedDictionary<string, NetworkFile> files)
    {
        Clear(Unfinished);
        AtomicFile.MakeFolder(Unfinished, 0x1c0);
        foreach ((string path, NetworkFile file) in files)
        {
            string copy = Unfinished + path;
            AtomicFile.MakeFolder(Path.GetDirectoryName(copy)!, 0x1c0);
            AtomicFile.Write(copy, file.Content, file.Mode);
            _ = FileOwner.Permit(copy, file.Mode);
        }
        Directory.Move(Unfinished, Begun);
    }

    /// <summary>What was kept.</summary>
    public SortedDictionary<string, NetworkFile> Read() => new NetworkFiles(Begun).Read();

    /// <summary>Forgets them.</summary>
    public void Delete()
    {
        Clear(Unfinished);
        Directory.Move(Begun, Unfinished);
        Clear(Unfinished);
    }

    static void Clear(string path)
    {
        if (Directory.Exists(path))
            Directory.Delete(path, recursive: true);
    }
}
