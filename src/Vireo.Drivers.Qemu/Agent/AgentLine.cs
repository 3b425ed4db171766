using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Monitor;
using Vireo.Drivers.Qemu.Start;
using Vireo.Hypervisor.Machines;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Agent;

/// <summary>
/// The way to the agent inside one guest: connected when somebody needs it first, and kept, as its channel takes one client only. It is let go of when
/// the guest closes its end.
/// </summary>
sealed class AgentLine : IAsyncDisposable
{
    readonly SemaphoreSlim _gate = new(1, 1);
    GuestAgent? _agent;

    /// <summary>Seconds that an answer may take, or a <see cref="DomainAgentTimeout"/>.</summary>
    internal int Timeout { get; set; } = (int)DomainAgentTimeout.Block;

    /// <summary>Labels the connection; null: nothing does.</summary>
    internal UnixSockets.Labelling? Label { get; set; }

    // Timers know no longer one; whoever says so many seconds means for ever.
    static readonly int _forEver = (int)TimeSpan.FromDays(40).TotalSeconds;

    /// <summary>The patience that a number of seconds, or a <see cref="DomainAgentTimeout"/>, means.</summary>
    internal static TimeSpan Patience(int timeout) => (DomainAgentTimeout)timeout switch
    {
        DomainAgentTimeout.Block => System.Threading.Timeout.InfiniteTimeSpan,
        DomainAgentTimeout.Default => GuestAgent.UsualPatience,
        _ => timeout > _forEver ? System.Threading.Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(timeout),
    };

    /// <summary>Where the agent of a guest is.</summary>
    /// <exception cref="VireoException">VIR_ERR_OPERATION_INVALID: the guest does not run; VIR_ERR_AGENT_UNRESPONSIVE: its agent does not;
    /// VIR_ERR_ARGUMENT_UNSUPPORTED: it has no channel for one.</exception>
    internal static string PathOf(MachineSnapshot now)
    {
        if (now.Live is not { } def)
            throw MachineErrors.NotRunning();
        if (now.State is not DomainState.Running)
            throw QemuErrors.Invalid("domain is not running");
        Channel channel = def.Devices.Channels.FirstOrDefault(DeviceReadback.IsAgent)
            ?? throw QemuErrors.ArgumentUnsupported("QEMU guest agent is not configured");
        if (channel.Target is not ChannelTarget.OfVirtio { State: ChannelState.Connected })
            throw AgentErrors.NotConnected();
        return channel.Source is ChardevSource.OfUnix { Path: { } path } ? path : throw AgentErrors.Broken();
    }

    /// <summary>Somebody in the guest listens.</summary>
    internal static bool IsThere(MachineSnapshot now) => now.Live?.Devices.Channels.Any(static one =>
        DeviceReadback.IsAgent(one) && one.Target is ChannelTarget.OfVirtio { State: ChannelState.Connected }) is true;

    /// <summary>Asks the agent of a guest.</summary>
    /// <param name="machine">The guest.</param>
    /// <param name="time">The clock of the wait.</param>
    /// <param name="ask">Asks.</param>
    /// <param name="cancel">Gives up.</param>
    internal static async Task<T> UseAsync<T>(QemuMachine machine, TimeProvider time, Func<GuestAgent, TimeSpan, Task<T>> ask, CancellationToken cancel)
    {
        string path = PathOf(machine.Snapshot);
        AgentLine line = (machine.Live ?? throw MachineErrors.NotRunning()).Agent;
        GuestAgent agent = await line.GetAsync(path, time, cancel).ConfigureAwait(false);
        try
        {
            return await ask(agent, Patience(line.Timeout)).ConfigureAwait(false);
        }
        catch (VireoException) when (agent.IsBroken)
        {
            await line.ForgetAsync(agent).ConfigureAwait(false);
            throw;
        }
    }

    async Task<GuestAgent> GetAsync(string path, TimeProvider time, CancellationToken cancel)
    {
        await _gate.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            return _agent ??= new GuestAgent(await UnixSockets.ConnectAsync(path, cancel, Label).ConfigureAwait(false), time);
        }
        catch (VireoException e)
        {
            throw AgentErrors.Broken(e);
        }
        finally
        {
            _gate.Release();
        }
    }

    async Task ForgetAsync(GuestAgent? known)
    {
        await _gate.WaitAsync().ConfigureAwait(false);
        try
        {
            if (_agent is null || known is not null && !ReferenceEquals(_agent, known))
                return;
            await _agent.DisposeAsync().ConfigureAwait(false);
            _agent = null;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Hangs up; who needs the agent again connects again.</summary>
    public async ValueTask DisposeAsync() => await ForgetAsync(null).ConfigureAwait(false);
}
