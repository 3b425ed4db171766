using System.Text;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Agent;
using Vireo.Drivers.Qemu.Agent.Commands;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Start.Network;
using Vireo.Hypervisor.Machines;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Capabilities;

/// <summary>Users of guests, and what guests call themselves, by their agents.</summary>
sealed class GuestAccounts(QemuConnection connection) : AgentWork(connection), IDomainPasswords, IDomainSshKeys, IDomainHostname, IDomainAgentPatience
{
    public async ValueTask SetUserPasswordAsync(DomainRef domain, string? user, string? password, DomainPasswordFlags flags, CancellationToken cancel)
    {
        flags.Only(DomainPasswordFlags.Encrypted, "qemuDomainSetUserPassword");
        await AskAsync(domain, new GuestSetUserPassword(
            user ?? "", Convert.ToBase64String(Encoding.UTF8.GetBytes(password ?? "")), flags.HasFlag(DomainPasswordFlags.Encrypted)), cancel).ConfigureAwait(false);
    }

    public async ValueTask<string[]> GetSshKeysAsync(DomainRef domain, string user, uint flags, CancellationToken cancel)
    {
        if (flags != 0)
            throw QemuErrors.UnknownFlags("qemuDomainAuthorizedSSHKeysGet", flags);
        return [.. await AskAsync(GetActive(domain), new GuestSshGetAuthorizedKeys(user), cancel).ConfigureAwait(false)];
    }

    public async ValueTask SetSshKeysAsync(DomainRef domain, string user, string[] keys, DomainSshKeysFlags flags, CancellationToken cancel)
    {
        flags.Only(DomainSshKeysFlags.Append | DomainSshKeysFlags.Remove, "qemuDomainAuthorizedSSHKeysSet");
        if (flags.HasFlag(DomainSshKeysFlags.Remove))
            await AskAsync(GetActive(domain), new GuestSshRemoveAuthorizedKeys(user, keys), cancel).ConfigureAwait(false);
        else
            await AskAsync(GetActive(domain), new GuestSshAddAuthorizedKeys(user, keys, !flags.HasFlag(DomainSshKeysFlags.Append)), cancel).ConfigureAwait(false);
    }

    public async ValueTask<string> GetHostnameAsync(DomainRef domain, DomainGetHostnameFlags flags, CancellationToken cancel)
    {
        flags.Only(DomainGetHostnameFlags.Lease | DomainGetHostnameFlags.Agent, "qemuDomainGetHostname");
        var machine = Connection.Get(domain);
        if (!flags.HasFlag(DomainGetHostnameFlags.Lease))
            return await AskAsync(machine, new GuestGetHostName(), cancel).ConfigureAwait(false);
        if (machine.Snapshot.Live is not { } def)
            throw MachineErrors.NotRunning();
        foreach (Interface card in def.Devices.Interfaces.ToList())
            if (NetworkCards.PortOf(card).Network is { } network && Connection.Keeper.Options.Networks is { } networks && card.Mac is { } mac)
                foreach (DhcpLease lease in await networks.LeasesAsync(network, mac.Address, cancel).ConfigureAwait(false))
                    if (lease.Hostname is { Length: > 0 } name)
                        return name;
        throw new VireoException(ErrorCode.NoHostname, ErrorDomain.Qemu, $"no hostname found for domain {def.Name}");
    }

    public async ValueTask<int> SetAgentTimeoutAsync(DomainRef domain, int timeout, uint flags, CancellationToken cancel)
    {
        if (flags != 0)
            throw QemuErrors.UnknownFlags("qemuDomainAgentSetResponseTimeout", flags);
        if (timeout < (int)DomainAgentTimeout.Block)
            throw VireoException.InvalidArgument(ErrorDomain.Qemu, $"guest agent timeout '{timeout}' is less than the minimum '{(int)DomainAgentTimeout.Block}'");
        var machine = Connection.Get(domain);
        await using var job = await machine.EnterAsync(Hypervisor.Jobs.Job.Modify, Connection.As("DomainAgentSetResponseTimeout"), cancel).ConfigureAwait(false);
        Connection.Keeper.AgentWishes.Set(machine, timeout);
        Connection.Keeper.Save(machine);
        return 0;
    }
}
