using Vireo.EndToEnd.Harness;

namespace Vireo.EndToEnd.Network;

/// <summary>
/// A script in the place of a program that this machine has not got, or whose kernel half it has not got. It writes down its words, says what it is
/// told to say, and fails when its words hold a text that it is told to fail at.
/// </summary>
public sealed class RecordedProgram : IDisposable
{
    readonly string name;

    /// <summary>Makes it.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="python">What it does beside that, in Python.</param>
    public RecordedProgram(string name, string? python = null)
    {
        this.name = name;
        Folder = Directory.CreateTempSubdirectory("program").FullName;
        File.SetUnixFileMode(Folder, (UnixFileMode)0x1ff);
        string script = Path.Join(Folder, name);
        File.WriteAllText(script, $$"""
            #!/bin/sh
            here={{Folder}}
            echo "$*" >>$here/words
            if [ -s $here/fails ] && echo " $* " | grep -qF -e "$(cat $here/fails)"; then echo "{{name}}: told to fail" >&2; exit 1; fi
            for answer in $here/answers/*; do
                [ -e "$answer" ] || continue
                if echo " $* " | grep -qF -e "$(head -n1 "$answer")"; then tail -n +2 "$answer"; exit 0; fi
            done
            {{(python is null ? "" : "exec python3 $here/does \"$@\"")}}
            """.ReplaceLineEndings("\n"));
        File.WriteAllText(Path.Join(Folder, "does"), python);
        File.SetUnixFileMode(script, (UnixFileMode)0x1ed);
        Directory.CreateDirectory(Path.Join(Folder, "answers"));
    }

    /// <summary>Where it is; goes before the other folders of PATH.</summary>
    public string Folder { get; }

    /// <summary>The PATH by which it is found.</summary>
    public string SearchPath => $"{Folder}:{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin:/sbin";

    /// <summary>Fails from now on when its words hold this text; null: never.</summary>
    public void FailAt(string? text) => File.WriteAllText(Path.Join(Folder, "fails"), text ?? "");

    /// <summary>Says this from now on when its words hold a text; null: nothing.</summary>
    public void Answer(string text, string? says)
    {
        string path = Path.Join(Folder, "answers", Convert.ToHexString(System.Text.Encoding.UTF8.GetBytes(text)));
        if (says is null) File.Delete(path);
        else File.WriteAllText(path, $"{text}\n{says}\n");
    }

    /// <summary>What it was called with since it was last asked.</summary>
    public IReadOnlyList<string> Taken()
    {
        string path = Path.Join(Folder, "words");
        if (!File.Exists(path)) return [];
        string[] lines = File.ReadAllLines(path);
        File.Delete(path);
        return lines;
    }

    /// <inheritdoc/>
    public void Dispose() => Scratch.DeleteAsync(Folder).GetAwaiter().GetResult();
}
