using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Hypervisor.Traffic;
using Vireo.Model.Domain.Devices;
using Vireo.Model.Shared;

namespace Vireo.Drivers.Qemu.Start.Network;

/// <summary>Limits of what cards send and take in, on their devices of the host.</summary>
static class CardLimits
{
    /// <summary>The kind of card has a device of the host that can be limited.</summary>
    internal static bool Suits(Interface card) =>
        card.Source is InterfaceSource.OfNetwork or InterfaceSource.OfBridge or InterfaceSource.OfDirect or InterfaceSource.OfEthernet;

    /// <summary>Something is limited. What is promised to a card, and nothing else, is the network's affair.</summary>
    internal static bool AreIn(Bandwidth? limits) => limits is { Inbound.Average: > 0 } or { Outbound.Average: > 0 };

    /// <summary>Sets a card's limits; none: takes them away.</summary>
    /// <param name="keeper">The driver.</param>
    /// <param name="machine">The guest.</param>
    /// <param name="card">Its card.</param>
    /// <param name="limits">The limits.</param>
    /// <param name="isNew">The card was plugged in just now.</param>
    /// <param name="cancel">Gives up.</param>
    internal static ValueTask SetAsync(QemuKeeper keeper, QemuMachine machine, Interface card, Bandwidth? limits, bool isNew, CancellationToken cancel)
    {
        if (card.Target?.Device is not { } device)
            return ValueTask.CompletedTask;
        var shaper = new TrafficShaper(keeper.Processes, told => keeper.Log.Traffic(machine.Name, told));
        bool isLimited = AreIn(limits);
        if (!keeper.Host.Privileged)
            return !isLimited ? ValueTask.CompletedTask
                : throw new VireoException(ErrorCode.OperationUnsupported, ErrorDomain.None, "Network bandwidth tuning is not available in session mode");
        if (CardSwitches.Is(card))
            return isLimited ? keeper.Switch.LimitAsync(new(device, machine.Uuid), limits!, isNew, cancel) : keeper.Switch.ClearAsync(new(device, machine.Uuid));
        return isLimited ? shaper.SetAsync(device, limits, isSwapped: card.Source is InterfaceSource.OfDirect, cancel: cancel) : shaper.ClearAsync(device);
    }

    /// <summary>Sets those of all cards before the guest runs; ports of switches have theirs already.</summary>
    internal static async ValueTask SetAllAsync(StartRun run, CancellationToken cancel)
    {
        foreach (Interface card in run.Live.Devices.Interfaces.AsSpan().ToArray())
            if (card.Bandwidth is { } limits && Suits(card) && !CardSwitches.Is(card))
                await SetAsync(run.Keeper, run.Machine, card, limits, isNew: true, cancel).ConfigureAwait(false);
    }
}
