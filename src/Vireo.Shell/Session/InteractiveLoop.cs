using Vireo.Shell.Parsing;

namespace Vireo.Shell.Session;

/// <summary>Asks for lines until quit or the end of input. Input that nobody types is shown as if it were typed.</summary>
static class InteractiveLoop
{
    public static async ValueTask RunAsync(ShellSession shell, TextReader input, bool typed)
    {
        shell.Interactive = true;
        string name = shell.Settings.ProgramName;
        shell.Out.Extra($"Welcome to {name}, the virtualization interactive terminal.\n\n" +
            "Type:  'help' for help with commands\n       'quit' to quit\n\n");
        string? line = "";
        while (!shell.Leaving)
        {
            shell.Out.Print($"{name} {(shell.ReadOnly ? '>' : '#')} ");
            shell.Out.Flush();
            if ((line = input.ReadLine()) is null)
                break;
            if (!typed)
                shell.Out.Line(line);
            await shell.RunAsync(TokenSource.Of(line));
        }
        shell.Out.Line();
    }
}
