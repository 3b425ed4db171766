using System.Text;
using Vireo.Host.Files;

namespace Vireo.Hypervisor.Stores;

/// <summary>What is being done to machines that a crash would leave half done: written down before it is begun, forgotten at its end.</summary>
/// <param name="folder">Where the notes are: a file for each machine.</param>
public sealed class MachineNotes(string folder)
{
    string FileOf(string machine) => Path.Join(folder, machine + ".note");

    /// <summary>Writes a note, in the place of one that was there.</summary>
    public void Write(string machine, string text)
    {
        AtomicFile.MakeFolder(folder);
        AtomicFile.Write(FileOf(machine), text);
    }

    /// <summary>The note of a machine; null: there is none.</summary>
    public string? Read(string machine) => File.Exists(FileOf(machine)) ? File.ReadAllText(FileOf(machine), Encoding.UTF8) : null;

    /// <summary>It is done, or undone.</summary>
    public void Forget(string machine)
    {
        if (File.Exists(FileOf(machine)))
            AtomicFile.Delete(FileOf(machine));
    }
}
