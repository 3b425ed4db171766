using System.Text;
using Vireo.Shell.Parsing;
using Vireo.Shell.Session;

namespace Vireo.Shell.Commands;

/// <summary>What the commands say about themselves.</summary>
static class HelpText
{
    public static ValueTask<bool> Run(ShellSession shell, CommandCall call)
    {
        if (call.Text("command") is not { } name)
        {
            shell.Out.Print("Grouped commands:\n\n");
            foreach (CommandGroup group in CommandGroups.All.Where(group => shell.Table.Of(group).Any()))
                shell.Out.Print(OfGroup(shell.Table, group, ":") + "\n");
        }
        else if (shell.Table.Find(name) is { } command)
            shell.Out.Print(OfCommand(command) + "\n");
        else if (CommandTable.FindGroup(name) is { } group)
            shell.Out.Print(OfGroup(shell.Table, group, ":"));
        else
            throw new CommandFailure($"command or command group '{name}' doesn't exist");
        return ValueTask.FromResult(true);
    }

    public static string OfGroup(CommandTable table, CommandGroup group, string colon) =>
        $" {group.Title} (help keyword '{group.Keyword}'){colon}\n" +
        string.Concat(table.Of(group).Select(command => $"    {command.Name,-30} {command.Purpose}\n"));

    static string OfCommand(CommandDef command)
    {
        var text = new StringBuilder($"  NAME\n    {command.Name} - {command.Purpose}\n\n  SYNOPSIS\n    {command.Name}");
        foreach (OptionDef option in command.Options.Where(option => option.Kind is not OptionKind.Alias))
            text.Append(' ').Append(Synopsis(option));
        text.Append('\n');
        if (command.Description is { } description)
            text.Append($"\n  DESCRIPTION\n    {description}\n");
        OptionDef[] described = [.. command.Options.Where(option => option.Kind is not OptionKind.Alias)];
        if (described.Length > 0)
            text.Append("\n  OPTIONS\n");
        foreach (OptionDef option in described)
            text.Append($"    {Label(option),-15}  {option.Help}\n");
        return text.Append('\n').ToString();
    }

    static string Synopsis(OptionDef option) => option.Kind switch
    {
        OptionKind.Flag => $"[--{option.Name}]",
        OptionKind.Number => $"[--{option.Name} <number>]",
        OptionKind.Data => $"<{option.Name}>",
        OptionKind.Words => $"[<{option.Name}>]...",
        _ => $"[--{option.Name} <string>]",
    };

    static string Label(OptionDef option) => option.Kind switch
    {
        OptionKind.Flag => $"--{option.Name}",
        OptionKind.Number => $"--{option.Name} <number>",
        OptionKind.Data => $"[--{option.Name}] <string>",
        OptionKind.Words => $"<{option.Name}>",
        _ => $"--{option.Name} <string>",
    };

    /// <summary>What -h prints.</summary>
    public static string OfProgram(string name, CommandTable table)
    {
        var text = new StringBuilder($"""

            {name} [options]... [<command_string>]
            {name} [options]... <command> [args...]

              options:
                -c | --connect=URI      hypervisor to connect to
                -d | --debug=NUM        how much to tell, 0 (all) to 4 (nothing)
                -e | --escape <char>    key that leaves a console
                -h | --help             this text
                -k | --keepalive-interval=NUM
                                        seconds between keepalive messages, 0 for none
                -K | --keepalive-count=NUM
                                        unanswered keepalive messages that end the connection
                -l | --log=FILE         write a log to this file
                -q | --quiet            print less
                -r | --readonly         only look
                -t | --timing           print how long each command took
                -v                      short version
                -V                      long version
                     --version[=TYPE]   version, TYPE is short or long (default short)
              commands (non interactive mode):


            """);
        foreach (CommandGroup group in CommandGroups.All.Where(group => table.Of(group).Any()))
            text.Append(OfGroup(table, group, "")).Append('\n');
        return text.Append("\n  (specify help <group> for details about the commands in the group)\n")
            .Append("\n  (specify help <command> for details about the command)\n\n").ToString();
    }
}
