using Vireo.Driver;
using Vireo.Drivers.Qemu.Capabilities;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Monitor;

namespace Vireo.Drivers.Qemu.Agent;

/// <summary>What capabilities that ask guests' agents need. The machine is not held meanwhile: a guest that does not answer keeps nobody from changing it.</summary>
abstract class AgentWork(QemuConnection connection)
{
    protected QemuConnection Connection => connection;

    /// <summary>The machine, for calls of which libvirt's QEMU driver itself says that the guest is off.</summary>
    /// <exception cref="Core.Errors.VireoException">VIR_ERR_OPERATION_INVALID: it is.</exception>
    private protected QemuMachine GetActive(DomainRef domain) => connection.Get(domain) is { Snapshot.IsActive: true } machine ? machine : throw QemuErrors.Invalid("domain is not running");

    /// <summary>Asks, for as long as the guest's agent may take.</summary>
    protected Task<T> AskAsync<T>(DomainRef domain, IQmpCommand<T> command, CancellationToken cancel) => AskAsync(connection.Get(domain), command, cancel);

    /// <summary>Asks, for as long as the guest's agent may take.</summary>
    protected Task<T> AskAsync<T>(QemuMachine machine, IQmpCommand<T> command, CancellationToken cancel) =>
        AgentLine.UseAsync(machine, connection.Keeper.Time, (agent, patience) => agent.RunAsync(command, patience, cancel), cancel);
}
