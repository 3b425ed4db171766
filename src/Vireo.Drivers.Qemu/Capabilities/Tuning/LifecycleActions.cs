using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Drivers.Qemu.Tuning;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Qemu.Capabilities;

/// <summary>What becomes of a guest that powers off, reboots or crashes.</summary>
sealed class LifecycleActions(QemuConnection connection) : IDomainLifecycleActions
{
    public async ValueTask SetLifecycleActionAsync(
        DomainRef domain, DomainLifecycle kind, DomainLifecycleAction action, DomainModificationImpact flags, CancellationToken cancel)
    {
        if (!Enum.IsDefined(kind))
            throw VireoException.InvalidArgument(ErrorDomain.Domain, $"invalid lifecycle type '{(uint)kind}'");
        if (!Enum.IsDefined(action))
            throw VireoException.InvalidArgument(ErrorDomain.Domain, $"invalid lifecycle action '{(uint)action}'");
        flags.Only(DomainModificationImpact.Live | DomainModificationImpact.Config, "qemuDomainSetLifecycleAction");
        _ = connection.Get(domain);
        if (kind is not DomainLifecycle.Crash && action is DomainLifecycleAction.CoredumpDestroy or DomainLifecycleAction.CoredumpRestart)
            throw new VireoException(ErrorCode.ConfigUnsupported, ErrorDomain.Domain,
                $"Lifecycle event '{(kind is DomainLifecycle.Poweroff ? "poweroff" : "reboot")}' doesn't support '{((CrashAction)action).ToXml()}' action");
        await using var edit = await DefinitionEdit.BeginAsync(connection, domain, "DomainSetLifecycleAction", flags, cancel).ConfigureAwait(false);
        foreach (DomainDef def in edit.Meant)
            Check(With(def, kind, action), kind, action);
        if (edit.Live is not null && kind is DomainLifecycle.Reboot && edit.Qemu.Facts.Has(QemuFlag.SetAction))
            await edit.AskAsync(new SetAction { Reboot = action is DomainLifecycleAction.Destroy ? "shutdown" : "reset" }, cancel).ConfigureAwait(false);
        edit.Change(def => With(def, kind, action));
    }

    static DomainDef With(DomainDef def, DomainLifecycle kind, DomainLifecycleAction action) => kind switch
    {
        DomainLifecycle.Poweroff => def with { OnPoweroff = (LifecycleAction)action },
        DomainLifecycle.Reboot => def with { OnReboot = (LifecycleAction)action },
        _ => def with { OnCrash = (CrashAction)action },
    };

    // The same as when it is defined: see LifecycleRules.
    static void Check(DomainDef next, DomainLifecycle kind, DomainLifecycleAction action)
    {
        if (action is DomainLifecycleAction.RestartRename)
            throw QemuErrors.Unsupported("qemu driver doesn't support the 'rename-restart' action for 'on_reboot'/'on_poweroff'/'on_crash'");
        if (kind is not DomainLifecycle.Crash && action is DomainLifecycleAction.Preserve)
            throw QemuErrors.Unsupported("qemu driver doesn't support the 'preserve' action for 'on_reboot'/'on_poweroff'");
        if (next is { OnPoweroff: LifecycleAction.Restart, OnReboot: LifecycleAction.Destroy })
            throw QemuErrors.Unsupported("qemu driver doesn't support 'onReboot' set to 'destroy and 'onPoweroff' set to 'reboot'");
    }
}
