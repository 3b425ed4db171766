using Vireo.Core;
using Vireo.Host;
using Vireo.Host.Files;

namespace Vireo.Hypervisor.Stores;

/// <summary>
/// The status of what runs: written before each step that a daemon would need it for to take over, gone when the machine is gone.
/// A machine does not outlive a power cut, so nobody waits for the disk.
/// </summary>
/// <param name="paths">The driver's places.</param>
public sealed class StatusStore(DriverPaths paths)
{
    /// <summary>Writes the status of a machine, a document of its driver's, in the place of the last one.</summary>
    public void Save(string name, Uuid uuid, string xml)
    {
        AtomicFile.MakeFolder(paths.StateDir);
        AtomicFile.Write(paths.StatusFile(name), GeneratedFile.Wrap("edit", name, uuid, xml), durable: false);
    }

    /// <summary>Removes what says that a machine runs: its status and its pid file.</summary>
    public void Delete(string name)
    {
        if (!Directory.Exists(paths.StateDir))
            return;
        AtomicFile.Delete(paths.PidFile(name), durable: false);
        AtomicFile.Delete(paths.StatusFile(name), durable: false);
    }

    /// <summary>Reads all. A file that is not understood is reported and left alone.</summary>
    /// <param name="read">Reads one: the machine's name, by the file's, and the text.</param>
    public Loaded<T> LoadAll<T>(Func<string, string, T> read)
    {
        AtomicFile.Sweep(paths.StateDir, "*");
        return Folder.Load(paths.StateDir, read);
    }
}
