using Vireo.Core.Errors;
using Vireo.Core.TypedParameters;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Hypervisor.Jobs;
using Vireo.Hypervisor.Machines;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Qemu.Capabilities;

/// <summary>Guests with encrypted memory.</summary>
sealed class LaunchSecrets(QemuConnection connection) : IDomainLaunchSecurity, IDomainLaunchSecurityState
{
    const string Header = "sev-secret-header", Secret = "sev-secret", Address = "sev-secret-set-address";

    public async ValueTask<TypedParameter[]> GetLaunchSecurityInformationAsync(DomainRef domain, uint flags, CancellationToken cancel)
    {
        if ((flags & ~4u) != 0)
            throw QemuErrors.UnknownFlags("qemuDomainGetLaunchSecurityInfo", flags);
        var machine = connection.Get(domain);
        // Others have nothing to tell.
        if (machine.Snapshot.Def?.LaunchSecurity is not LaunchSecurity.OfSev)
            return [];
        if (machine.Live is not { } live)
            throw MachineErrors.NotRunning();
        string? measured = await live.Monitor.RunAsync(new QuerySevLaunchMeasure(), cancel).ConfigureAwait(false);
        SevState state = await live.Monitor.RunAsync(new QuerySev(), cancel).ConfigureAwait(false);
        return
        [
            .. measured is null ? Array.Empty<TypedParameter>() : [new("sev-measurement", measured)],
            new("sev-api-major", state.ApiMajor), new("sev-api-minor", state.ApiMinor), new("sev-build-id", state.BuildId), new("sev-policy", state.Policy),
        ];
    }

    public async ValueTask SetLaunchSecurityStateAsync(DomainRef domain, TypedParameter[] parameters, uint flags, CancellationToken cancel)
    {
        if (flags != 0)
            throw QemuErrors.UnknownFlags("qemuDomainSetLaunchSecurityState", flags);
        ParameterRules.Check(parameters, (Header, ParameterType.String), (Secret, ParameterType.String), (Address, ParameterType.ULong));
        var machine = connection.Get(domain);
        if (machine.Snapshot.Def?.LaunchSecurity is not LaunchSecurity.OfSev)
            throw new VireoException(ErrorCode.OperationUnsupported, ErrorDomain.Qemu, "setting a launch secret is only supported in SEV-enabled domains");
        if (parameters.Get(Header)?.AsString is not { } header || parameters.Get(Secret)?.AsString is not { } secret)
            throw VireoException.InvalidArgument(ErrorDomain.Qemu, "Both secret and the secret header are required");
        await using var job = await machine.EnterAsync(Job.Modify, connection.As("DomainSetLaunchSecurityState"), cancel).ConfigureAwait(false);
        if (!job.Snapshot.IsActive)
            throw MachineErrors.NotRunning();
        if (job.Snapshot.State is not DomainState.Paused)
            throw QemuErrors.Invalid("domain must be in a paused state");
        await job.AskAsync(new SevInjectLaunchSecret(header, secret, parameters.GetULong(Address)), cancel).ConfigureAwait(false);
    }
}
