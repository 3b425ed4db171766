using System.Runtime.CompilerServices;
using Vireo.Driver;

namespace Vireo.Drivers.Qemu.Agent;

/// <summary>How long the agents of machines may take, as clients wished it. A wish is for every run of a machine, while this daemon knows it.</summary>
sealed class AgentWishes
{
    readonly ConditionalWeakTable<QemuMachine, StrongBox<int>> wishes = [];

    /// <summary>Seconds, or a <see cref="DomainAgentTimeout"/>; where nobody wished anything, as long as it takes.</summary>
    internal int Of(QemuMachine machine) => wishes.TryGetValue(machine, out StrongBox<int>? wish) ? wish.Value : (int)DomainAgentTimeout.Block;

    /// <summary>Notes a wish, in seconds or as a <see cref="DomainAgentTimeout"/>.</summary>
    internal void Set(QemuMachine machine, int timeout)
    {
        wishes.AddOrUpdate(machine, new(timeout));
        if (machine.Live is { } live)
            live.Agent.Timeout = timeout;
    }
}
