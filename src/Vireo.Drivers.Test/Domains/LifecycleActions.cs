using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Test.Host;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Test.Domains;

/// <summary>What becomes of a domain whose guest powers off, reboots or crashes.</summary>
sealed class LifecycleActions(TestHost host) : DomainWork(host), IDomainLifecycleActions
{
    public ValueTask SetLifecycleActionAsync(
        DomainRef domain, DomainLifecycle kind, DomainLifecycleAction action, DomainModificationImpact flags, CancellationToken cancel)
    {
        if (!Enum.IsDefined(kind))
            throw VireoException.InvalidArgument(ErrorDomain.Domain, $"invalid lifecycle type '{(uint)kind}'");
        if (!Enum.IsDefined(action))
            throw VireoException.InvalidArgument(ErrorDomain.Domain, $"invalid lifecycle action '{(uint)action}'");
        flags.Only(DomainModificationImpact.Live | DomainModificationImpact.Config, "testDomainSetLifecycleAction");
        if (kind is not DomainLifecycle.Crash && action is DomainLifecycleAction.CoredumpDestroy or DomainLifecycleAction.CoredumpRestart)
        {
            throw new VireoException(ErrorCode.ConfigUnsupported, ErrorDomain.Domain,
                $"Lifecycle event '{(kind is DomainLifecycle.Poweroff ? "poweroff" : "reboot")}' doesn't support '{((CrashAction)action).ToXml()}' action");
        }
        return Edit(domain, flags, def => kind switch
        {
            DomainLifecycle.Poweroff => def with { OnPoweroff = (LifecycleAction)action },
            DomainLifecycle.Reboot => def with { OnReboot = (LifecycleAction)action },
            _ => def with { OnCrash = (CrashAction)action },
        });
    }
}
