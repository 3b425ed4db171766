using System.Globalization;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Shell.Parsing;
using Vireo.Shell.Session;
using Vireo.Shell.Text;

namespace Vireo.Shell.Commands.Domains;

/// <summary>How a domain is.</summary>
static class StateCommands
{
    public static CommandDef[] All { get; } =
    [
        new("domstate", "show a domain's state", State, OptionDef.Domain, OptionDef.Flag("reason", "also why"))
        {
            Description = "Prints the state that the domain is in.",
        },
        new("dominfo", "show basic facts on a domain", Info, OptionDef.Domain)
        {
            Description = "Prints basic facts on the domain.",
        },
        new("domcontrol", "show whether a domain's hypervisor answers", Control, OptionDef.Domain)
        {
            Description = "Prints the state of the way to the domain's hypervisor.",
        },
    ];

    static async ValueTask<bool> State(ShellSession shell, CommandCall call)
    {
        DomainRef domain = await shell.FindDomainAsync(call);
        DomainStateReason now = await shell.Calls.Read<IDomainInfo>("virDomainGetState").GetStateAsync(domain, 0, default);
        string state = StateNames.Of(now.State);
        shell.Out.Line(call.Has("reason") ? $"{state} ({StateNames.ReasonOf(now)})" : state);
        return true;
    }

    static async ValueTask<bool> Info(ShellSession shell, CommandCall call)
    {
        DomainRef domain = await shell.FindDomainAsync(call);
        var about = shell.Calls.Read<IDomainInfo>("virDomainGetInfo");
        Show(shell, "Id:", domain.Id < 0 ? "-" : $"{domain.Id}");
        Show(shell, "Name:", domain.Name);
        Show(shell, "UUID:", domain.Uuid.ToString());
        Show(shell, "OS Type:", await about.GetOsTypeAsync(domain, default));
        DomainInfo info = await about.GetInfoAsync(domain, default);
        Show(shell, "State:", StateNames.Of(info.State));
        Show(shell, "CPU(s):", $"{info.Vcpus}");
        if (info.CpuTime is not 0)
            Show(shell, "CPU time:", string.Create(CultureInfo.InvariantCulture, $"{info.CpuTime / 1e9:F1}s"));
        Show(shell, "Max memory:", info.MaxMemory is uint.MaxValue ? "no limit" : $"{info.MaxMemory} KiB");
        Show(shell, "Used memory:", $"{info.Memory} KiB");
        await KeepingAsync(shell, domain, about);
        await SecurityAsync(shell, domain);
        await MessagesAsync(shell, domain);
        return true;
    }

    static async ValueTask KeepingAsync(ShellSession shell, DomainRef domain, IDomainInfo about)
    {
        bool? persistent = await OrNullAsync(() => about.IsPersistentAsync(domain, default));
        shell.Out.Debug(0, $"Domain persistent flag value: {(persistent is null ? -1 : persistent.Value ? 1 : 0)}");
        Show(shell, "Persistent:", persistent switch { null => "unknown", true => "yes", false => "no" });
        bool? autostart = await OrNullAsync(() =>
            shell.Calls.Read<IDomainAutostart>("virDomainGetAutostart").GetAutostartAsync(domain, default));
        if (autostart is not null)
            Show(shell, "Autostart:", autostart.Value ? "enable" : "disable");
        bool? saved = await OrNullAsync(() =>
            shell.Calls.Read<IDomainManagedSaveImage>("virDomainHasManagedSaveImage").HasManagedSaveAsync(domain, 0, default));
        Show(shell, "Managed save:", saved switch { null => "unknown", true => "yes", false => "no" });
    }

    static async ValueTask SecurityAsync(ShellSession shell, DomainRef domain)
    {
        SecurityModel? model = await Attempt.IfSupported(() =>
            shell.Calls.Read<INodeSecurity>("virNodeGetSecurityModel").GetSecurityModelAsync(default));
        if (model is not { Model.Length: > 0 } known)
            return;
        Show(shell, "Security model:", known.Model);
        Show(shell, "Security DOI:", known.DomainOfInterpretation);
        SecurityLabel label = await shell.Calls.Read<IDomainSecurity>("virDomainGetSecurityLabel").GetSecurityLabelAsync(domain, default);
        if (label.Label.Length > 0)
            Show(shell, "Security label:", $"{label.Label} ({(label.Enforcing ? "enforcing" : "permissive")})");
    }

    static async ValueTask MessagesAsync(ShellSession shell, DomainRef domain)
    {
        try
        {
            string label = "Messages:";
            foreach (string message in await shell.Calls.Read<IDomainMessages>("virDomainGetMessages").GetMessagesAsync(domain, 0, default))
            {
                Show(shell, label, message);
                label = "";
            }
        }
        catch (VireoException)
        {
            // Older daemons have none.
        }
    }

    static void Show(ShellSession shell, string label, string value) => shell.Out.Line($"{label,-15} {value}");

    static async ValueTask<bool?> OrNullAsync(Func<ValueTask<bool>> ask)
    {
        try
        {
            return await ask();
        }
        catch (VireoException)
        {
            return null;
        }
    }

    static async ValueTask<bool> Control(ShellSession shell, CommandCall call)
    {
        DomainRef domain = await shell.FindDomainAsync(call);
        DomainControlInfo control = await shell.Calls.Read<IDomainInfo>("virDomainGetControlInfo").GetControlInfoAsync(domain, 0, default);
        string state = control.State switch
        {
            DomainControlState.Ok => "ok",
            DomainControlState.Job => "background job",
            DomainControlState.Occupied => "occupied",
            _ => "error",
        };
        string details = control.State is not DomainControlState.Error ? "" : control.Details switch
        {
            DomainControlErrorReason.Monitor => ": monitor failure",
            DomainControlErrorReason.Internal => ": internal (locking) error",
            _ => ": unknown",
        };
        string since = control.State is DomainControlState.Ok or DomainControlState.Error
            ? "" : string.Create(CultureInfo.InvariantCulture, $" ({control.StateTime / 1000.0:F3}s)");
        shell.Out.Line(state + details + since);
        return true;
    }
}
