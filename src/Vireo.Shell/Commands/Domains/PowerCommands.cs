using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Shell.Parsing;
using Vireo.Shell.Session;

namespace Vireo.Shell.Commands.Domains;

/// <summary>Starting, stopping, pausing.</summary>
static class PowerCommands
{
    public static CommandDef[] All { get; } =
    [
        new("start", "start a defined domain", Start,
            OptionDef.Data("domain", "name or uuid of the inactive domain"),
            OptionDef.Flag("console", "attach to its console"),
            OptionDef.Flag("paused", "leave the guest paused"),
            OptionDef.Flag("autodestroy", "destroy the guest when this connection ends"),
            OptionDef.Flag("bypass-cache", "keep the host's page cache out of it"),
            OptionDef.Flag("force-boot", "boot anew, whatever state was saved"),
            OptionDef.Text("pass-fds", "descriptors for the guest, N,M,..."),
            OptionDef.Flag("reset-nvram", "begin with fresh firmware variables"))
        {
            Description = "Starts a domain that is defined and does not run.",
        },
        new("shutdown", "ask a guest to shut down", Shutdown, OptionDef.Domain, OptionDef.Text("mode", "how to ask: acpi|agent|initctl|signal|paravirt"))
        {
            Description = "Asks; the guest decides.",
        },
        new("reboot", "ask a guest to reboot", Reboot, OptionDef.Domain, OptionDef.Text("mode", "how to ask: acpi|agent|initctl|signal|paravirt"))
        {
            Description = "Asks; the guest decides.",
        },
        Simple("reset", "press a domain's reset button", "was reset", (shell, domain) =>
            shell.Calls.Write<IDomainReset>("virDomainReset").ResetAsync(domain, 0, default)),
        Simple("suspend", "pause a domain", "suspended", (shell, domain) =>
            shell.Calls.Write<IDomainPause>("virDomainSuspend").SuspendAsync(domain, default)),
        Simple("resume", "let a paused domain run on", "resumed", (shell, domain) =>
            shell.Calls.Write<IDomainPause>("virDomainResume").ResumeAsync(domain, default)),
        new("destroy", "stop a domain at once", Destroy, OptionDef.Domain,
            OptionDef.Flag("graceful", "do not kill what does not end by itself"),
            OptionDef.Flag("remove-logs", "remove its log files"))
        {
            Description = "Stops a domain as if its plug were pulled. Its definition stays.",
        },
        new("autostart", "start a domain with the host", Autostart, OptionDef.Domain, OptionDef.Flag("disable", "no longer"))
        {
            Description = "Lets a domain be started when the daemon starts.",
        },
    ];

    static CommandDef Simple(string name, string purpose, string done, Func<ShellSession, DomainRef, ValueTask> act) =>
        new(name, purpose, async (shell, call) =>
        {
            DomainRef domain = await shell.FindDomainAsync(call);
            await Attempt.To($"Failed to {name} domain '{domain.Name}'", () => act(shell, domain));
            shell.Out.Extra($"Domain '{domain.Name}' {done}\n");
            return true;
        }, OptionDef.Domain);

    static async ValueTask<bool> Start(ShellSession shell, CommandCall call)
    {
        DomainRef domain = await shell.FindDomainAsync(call, DomainNaming.Name | DomainNaming.Uuid);
        if (domain.Id >= 0)
            throw new CommandFailure("Domain is already active");
        if (call.Has("pass-fds"))
            throw new CommandFailure("option --pass-fds is not there yet in Vireo");
        var flags = StartFlags(call) | (call.Has("bypass-cache") ? DomainCreateFlags.StartBypassCache : 0)
            | (call.Has("force-boot") ? DomainCreateFlags.StartForceBoot : 0);
        await Attempt.To($"Failed to start domain '{domain.Name}'", async () =>
        {
            try
            {
                await CreateAsync(shell, domain, flags);
            }
            catch (VireoException e) when (flags.HasFlag(DomainCreateFlags.StartForceBoot) && e.Error.Code is ErrorCode.NoSupport or ErrorCode.InvalidArg)
            {
                // A driver that does not know the wish boots anew if there is no saved state.
                await ForgetSavedStateAsync(shell, domain);
                await CreateAsync(shell, domain, flags & ~DomainCreateFlags.StartForceBoot);
            }
        });
        shell.Out.Extra($"Domain '{domain.Name}' started\n");
        return !call.Has("console") || await ConsoleCommand.AttachAsync(shell, domain, null, 0, resume: false);
    }

    static async ValueTask CreateAsync(ShellSession shell, DomainRef domain, DomainCreateFlags flags)
    {
        if (flags is DomainCreateFlags.None)
            await shell.Calls.Write<IDomainPower>("virDomainCreate").CreateAsync(domain, default);
        else
            await shell.Calls.Write<IDomainPower>("virDomainCreateWithFlags").CreateAsync(domain, flags, default);
    }

    static async ValueTask ForgetSavedStateAsync(ShellSession shell, DomainRef domain)
    {
        try
        {
            var saved = shell.Calls.Write<IDomainManagedSaveImage>("virDomainManagedSaveRemove");
            if (await saved.HasManagedSaveAsync(domain, 0, default))
                await saved.RemoveManagedSaveAsync(domain, 0, default);
        }
        catch (VireoException e) when (e.Error.Code is ErrorCode.NoSupport)
        {
            // where states cannot be saved there is none
        }
    }

    /// <summary>The flags that start and create share.</summary>
    internal static DomainCreateFlags StartFlags(CommandCall call) =>
        (call.Has("paused") ? DomainCreateFlags.StartPaused : 0) | (call.Has("autodestroy") ? DomainCreateFlags.StartAutodestroy : 0)
        | (call.Has("reset-nvram") ? DomainCreateFlags.StartResetNvram : 0);

    static async ValueTask<bool> Shutdown(ShellSession shell, CommandCall call)
    {
        var mode = (DomainShutdownFlags)Mode(call, "'signal', or 'paravirt'");
        DomainRef domain = await shell.FindDomainAsync(call);
        await Attempt.To($"Failed to shutdown domain '{domain.Name}'", () => mode is DomainShutdownFlags.Default
            ? shell.Calls.Write<IDomainPower>("virDomainShutdown").ShutdownAsync(domain, default)
            : shell.Calls.Write<IDomainPower>("virDomainShutdownFlags").ShutdownAsync(domain, mode, default));
        shell.Out.Extra($"Domain '{domain.Name}' is being shutdown\n");
        return true;
    }

    static async ValueTask<bool> Reboot(ShellSession shell, CommandCall call)
    {
        var mode = (DomainRebootFlags)Mode(call, "'signal' or 'paravirt'");
        DomainRef domain = await shell.FindDomainAsync(call);
        await Attempt.To($"Failed to reboot domain '{domain.Name}'", () =>
            shell.Calls.Write<IDomainPower>("virDomainReboot").RebootAsync(domain, mode, default));
        shell.Out.Extra($"Domain '{domain.Name}' is being rebooted\n");
        return true;
    }

    static uint Mode(CommandCall call, string last)
    {
        uint modes = 0;
        foreach (string mode in call.Text("mode")?.Split(',') ?? [])
        {
            modes |= (uint)(mode switch
            {
                "acpi" => DomainShutdownFlags.AcpiPowerBtn,
                "agent" => DomainShutdownFlags.GuestAgent,
                "initctl" => DomainShutdownFlags.Initctl,
                "signal" => DomainShutdownFlags.Signal,
                "paravirt" => DomainShutdownFlags.Paravirt,
                _ => throw new CommandFailure($"Unknown mode {mode} value, expecting 'acpi', 'agent', 'initctl', {last}"),
            });
        }
        return modes;
    }

    static async ValueTask<bool> Destroy(ShellSession shell, CommandCall call)
    {
        DomainRef domain = await shell.FindDomainAsync(call);
        var flags = (call.Has("graceful") ? DomainDestroyFlags.Graceful : 0) | (call.Has("remove-logs") ? DomainDestroyFlags.RemoveLogs : 0);
        await Attempt.To($"Failed to destroy domain '{domain.Name}'", () => flags is DomainDestroyFlags.Default
            ? shell.Calls.Write<IDomainPower>("virDomainDestroy").DestroyAsync(domain, default)
            : shell.Calls.Write<IDomainPower>("virDomainDestroyFlags").DestroyAsync(domain, flags, default));
        shell.Out.Extra($"Domain '{domain.Name}' destroyed\n");
        return true;
    }

    static async ValueTask<bool> Autostart(ShellSession shell, CommandCall call)
    {
        DomainRef domain = await shell.FindDomainAsync(call);
        string mark = call.Has("disable") ? "unmark" : "mark";
        await Attempt.To($"Failed to {mark} domain '{domain.Name}' as autostarted", () =>
            shell.Calls.Write<IDomainAutostart>("virDomainSetAutostart").SetAutostartAsync(domain, !call.Has("disable"), default));
        shell.Out.Extra($"Domain '{domain.Name}' {mark}ed as autostarted\n");
        return true;
    }
}
