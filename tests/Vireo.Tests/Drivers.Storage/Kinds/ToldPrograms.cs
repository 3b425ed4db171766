using System.Globalization;

namespace Vireo.Tests.Drivers.Storage.Kinds;

/// <summary>Programs that write down what they are told, and answer from a script. Their lines are held to those that libvirt 9.0.0 was seen to use.</summary>
sealed class ToldPrograms
{
    readonly string folder;

    public ToldPrograms(string parent)
    {
        folder = Path.Join(parent, "programs");
        Directory.CreateDirectory(folder);
    }

    /// <summary>What was told since the last look, a program and its words a line.</summary>
    public IReadOnlyList<string> Told
    {
        get
        {
            string file = Path.Join(folder, "told");
            string[] lines = File.Exists(file) ? File.ReadAllLines(file) : [];
            File.Delete(file);
            return lines;
        }
    }

    /// <summary>Its place, if it was made here; for <see cref="StorageRoot.Programs"/>.</summary>
    public string? Find(string program) => Path.Join(folder, program) is var file && File.Exists(file) ? file : null;

    /// <summary>Makes a program. Its script finds the words in $*, and a folder for its own notes in $notes.</summary>
    public void Make(string name, string script)
    {
        string file = Path.Join(folder, name);
        File.WriteAllText(file, string.Create(CultureInfo.InvariantCulture, $"#!/bin/sh\nnotes='{folder}'\necho \"{name} $*\" >>\"$notes/told\"\n{script}\nexit 0\n"));
        File.SetUnixFileMode(file, (UnixFileMode)0x1ed);
    }
}
