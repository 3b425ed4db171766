using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Agent.Commands;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Hypervisor.Stores;

namespace Vireo.Drivers.Qemu.Agent;

/// <summary>
/// Has guests stop writing to their file systems, and go on, by their agents. That one is stopped is written down before it is asked, so that the next daemon
/// lets it go on if this one ends meanwhile.
/// </summary>
/// <param name="notes">Where it is written down.</param>
/// <param name="time">The clock of waits.</param>
/// <param name="failed">Told of guests that do not go on.</param>
sealed class AgentFreezer(MachineNotes notes, TimeProvider time, Action<string, string> failed)
{
    /// <summary>Stops it.</summary>
    /// <exception cref="VireoException">The guest does not run, has no agent, or that does not do it: it is let go on then.</exception>
    internal async ValueTask FreezeAsync(QemuMachine machine, CancellationToken cancel)
    {
        AgentLine.PathOf(machine.Snapshot);
        notes.Write(machine.Name, "freeze");
        try
        {
            await AgentLine.UseAsync(machine, time, (agent, patience) => agent.RunAsync(new GuestFreeze(null), patience, cancel), cancel).ConfigureAwait(false);
        }
        catch
        {
            // It may have heard, and answer too late.
            await ThawAsync(machine).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Lets it go on.</summary>
    internal async ValueTask ThawAsync(QemuMachine machine)
    {
        try
        {
            await AgentLine.UseAsync(machine, time, static (agent, patience) => agent.RunAsync(new GuestThaw(), patience, CancellationToken.None), CancellationToken.None).ConfigureAwait(false);
            notes.Forget(machine.Name);
        }
        catch (VireoException e)
        {
            failed(machine.Name, e.Message);
        }
    }

    /// <summary>Lets one go on that a daemon before this one stopped.</summary>
    internal async Task ResumeAsync(QemuMachine machine)
    {
        if (notes.Read(machine.Name) is not null && machine.Live is not null)
            await ThawAsync(machine).ConfigureAwait(false);
    }
}
