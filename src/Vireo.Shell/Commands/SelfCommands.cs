using System.Text;
using Vireo.Shell.Parsing;
using Vireo.Shell.Session;

namespace Vireo.Shell.Commands;

/// <summary>The shell itself.</summary>
static class SelfCommands
{
    public static CommandDef[] All { get; } =
    [
        new("cd", "change the working directory", Cd, OptionDef.Text("dir", "where to go (default: home)"))
        {
            NeedsConnection = false,
        },
        new("echo", "print its arguments, quoted if asked", Echo,
            OptionDef.Flag("shell", "quote for a shell"),
            OptionDef.Flag("xml", "quote for XML"),
            OptionDef.Flag("split", "cut each argument at ','; ',,' is a comma"),
            OptionDef.Flag("err", "print on the error output"),
            OptionDef.Alias("str", "string"),
            OptionDef.Alias("hi", "string=hello"),
            OptionDef.Words("string", "what to print"))
        {
            NeedsConnection = false,
            Exclusive = [("shell", "xml"), ("shell", "split"), ("xml", "split")],
        },
        new("exit", "leave the shell", Quit) { NeedsConnection = false },
        new("help", "show help on commands or groups", HelpText.Run, OptionDef.Text("command", "a command, or the keyword of a group"))
        {
            NeedsConnection = false,
        },
        new("pwd", "print the working directory", Pwd) { NeedsConnection = false },
        new("quit", "leave the shell", Quit) { NeedsConnection = false },
        new("connect", "connect to a hypervisor", Connect,
            OptionDef.Text("name", "URI of the hypervisor") with { EmptyOk = true },
            OptionDef.Flag("readonly", "only look"))
        {
            NeedsConnection = false,
            Description = "Leaves the connection that is open and opens one to another hypervisor.",
        },
        // Not in any chapter, so that help does not show it.
        new("self-test", "check the table of commands", SelfTest) { NeedsConnection = false },
    ];

    static ValueTask<bool> Cd(ShellSession shell, CommandCall call)
    {
        if (!shell.Interactive)
            throw new CommandFailure("cd: command valid only in interactive mode");
        string folder = call.Text("dir") ?? Environment.GetEnvironmentVariable("HOME") ?? "/";
        try
        {
            Directory.SetCurrentDirectory(folder);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            string why = failure is UnauthorizedAccessException ? "Permission denied" : File.Exists(folder) ? "Not a directory" : "No such file or directory";
            throw new CommandFailure($"cd: {why}: {folder}");
        }
        return ValueTask.FromResult(true);
    }

    static ValueTask<bool> Pwd(ShellSession shell, CommandCall call)
    {
        shell.Out.Line(Directory.GetCurrentDirectory());
        return ValueTask.FromResult(true);
    }

    static ValueTask<bool> Quit(ShellSession shell, CommandCall call)
    {
        shell.Leaving = true;
        return ValueTask.FromResult(true);
    }

    static async ValueTask<bool> Connect(ShellSession shell, CommandCall call)
    {
        // Without a name: again to where it was; with an empty one: to the default.
        await shell.ConnectAsync(call.Text("name") ?? shell.Uri, call.Has("readonly"));
        return true;
    }

    /// <summary>Every command is in a chapter and says what it is for; options have names of their own.</summary>
    static ValueTask<bool> SelfTest(ShellSession shell, CommandCall call)
    {
        foreach (CommandDef command in shell.Table.All)
        {
            if (command.Purpose.Length is 0 || command.Options.DistinctBy(option => option.Name).Count() != command.Options.Length)
                throw new CommandFailure($"command '{command.Name}' is not well defined");
        }
        return ValueTask.FromResult(true);
    }

    static ValueTask<bool> Echo(ShellSession shell, CommandCall call)
    {
        var text = new StringBuilder();
        foreach (string word in call.Words("string"))
        {
            if (text.Length > 0)
                text.Append(' ');
            text.Append(call.Has("xml") ? Xml(word) : call.Has("shell") ? ForShell(word) : word);
            if (call.Has("split"))
            {
                text.Length -= word.Length;
                foreach (string part in Split(word))
                    text.Append(part).Append('\n');
            }
        }
        if (call.Has("err"))
            shell.Out.Error(text.ToString());
        else
            shell.Out.Print(text.ToString());
        return ValueTask.FromResult(true);
    }

    static string Xml(string word) => word.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;").Replace("'", "&apos;").Replace("\"", "&quot;");

    static string ForShell(string word) => word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || "+-./:=@_".Contains(c))
        ? word
        : $"'{word.Replace("'", "'\\''")}'";

    /// <summary>Parts of a text between single commas; two commas are one that belongs to the part.</summary>
    static List<string> Split(string word)
    {
        List<string> parts = [];
        var part = new StringBuilder();
        for (int at = 0; at < word.Length; at++)
        {
            if (word[at] is not ',')
                part.Append(word[at]);
            else if (at + 1 < word.Length && word[at + 1] is ',')
            {
                part.Append(',');
                at++;
            }
            else
            {
                parts.Add(part.ToString());
                part.Clear();
            }
        }
        parts.Add(part.ToString());
        return parts;
    }
}
