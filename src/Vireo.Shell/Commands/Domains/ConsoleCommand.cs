using Vireo.Driver;
using Vireo.Shell.Parsing;
using Vireo.Shell.Session;

namespace Vireo.Shell.Commands.Domains;

/// <summary>Joins the terminal to a guest's console.</summary>
static class ConsoleCommand
{
    public static CommandDef[] All { get; } =
    [
        new("console", "join the terminal to a guest's serial console", Run, OptionDef.Domain,
            OptionDef.Text("devname", "alias of the console or serial device"),
            OptionDef.Flag("force", "disconnect whoever uses it"),
            OptionDef.Flag("safe", "only if nobody else can connect at the same time"))
        {
            Description = "Joins the terminal to the guest's console until the escape key is hit.",
        },
    ];

    static async ValueTask<bool> Run(ShellSession shell, CommandCall call)
    {
        string? device = call.Text("devname");
        var flags = (call.Has("force") ? DomainConsoleFlags.Force : 0) | (call.Has("safe") ? DomainConsoleFlags.Safe : 0);
        DomainRef domain = await shell.FindDomainAsync(call);
        return await AttachAsync(shell, domain, device, flags, resume: false);
    }

    /// <summary>Returns when the user leaves or the guest's end closes.</summary>
    public static async ValueTask<bool> AttachAsync(ShellSession shell, DomainRef domain, string? device, DomainConsoleFlags flags, bool resume)
    {
        DomainStateReason now = await Attempt.To("Unable to get domain status", () =>
            shell.Calls.Read<IDomainInfo>("virDomainGetState").GetStateAsync(domain, 0, default));
        if (now.State is DomainState.ShutOff)
            throw new CommandFailure("The domain is not running");
        bool typed = Terminal.IsTerminal;
        // virsh has no use for input that nobody types; a script may drive a guest's console through us.
        if (!typed && shell.Settings.IsVirsh)
            throw new CommandFailure("Cannot run interactive console without a controlling TTY");
        shell.Out.Line($"Connected to domain '{domain.Name}'");
        shell.Out.Print($"Escape character is {shell.Settings.Escape.Spelling}");
        shell.Out.Print(shell.Settings.Escape.Spelling is ['^', var key] ? $" (Ctrl + {key})\n" : "\n");
        shell.Out.Flush();
        var calls = shell.Calls.Write<IDomainConsoles>("virDomainOpenConsole");
        using var session = new ConsoleSession(shell.Settings.Escape.Byte);
        IStreamHandler guest = await calls.OpenConsoleAsync(domain, device, flags, session, default);
        using (typed ? Terminal.MakeRaw() : null)
            await session.RunAsync(guest, Console.OpenStandardInput(), Console.OpenStandardOutput());
        shell.Out.Line();
        return true;
    }
}
