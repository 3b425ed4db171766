using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Agent;
using Vireo.Drivers.Qemu.Agent.Commands;
using Vireo.Drivers.Qemu.Monitor;
using Vireo.Hypervisor.Machines;

namespace Vireo.Drivers.Qemu.Capabilities;

/// <summary>Guests that end, or begin anew, as their agents tell them to.</summary>
sealed class GuestEnd(QemuConnection connection) : AgentWork(connection)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Asks. An agent that does as it is told may not be there any more to say so: then QEMU tells.</summary>
    internal async Task RunAsync(QemuMachine machine, bool reboot, CancellationToken cancel)
    {
        AgentLine.PathOf(machine.Snapshot);
        var live = machine.Live ?? throw MachineErrors.NotRunning();
        live.FakeReboot = false;
        Connection.Keeper.Save(machine);
        using var off = live.Monitor.Expect<ShutdownEvent>(static _ => true);
        using var reset = live.Monitor.Expect<ResetEvent>(static _ => true);
        await GuestSleep.UntilAsync(AgentLine.UseAsync(machine, Connection.Keeper.Time,
            (agent, _) => agent.RunAsync(new GuestShutdown(reboot ? "reboot" : "powerdown"), Patience, cancel), cancel), off.Happened, reset.Happened).ConfigureAwait(false);
    }
}
