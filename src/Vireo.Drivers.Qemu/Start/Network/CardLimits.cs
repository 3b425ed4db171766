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

    /// <summary>Sets a card's limits; none: takes them away.</summary>
    internal static ValueTask SetAsync(QemuKeeper keeper, string guest, Interface card, Bandwidth? limits, CancellationToken cancel)
    {
        if (card.Target?.Device is not { } device)
            return ValueTask.CompletedTask;
        var shaper = new TrafficShaper(keeper.Processes, told => keeper.Log.Traffic(guest, told));
        // What is promised to a card, and nothing else, is the network's affair.
        bool isLimited = limits is { Inbound.Average: > 0 } or { Outbound.Average: > 0 };
        if (!keeper.Host.Privileged)
            return !isLimited ? ValueTask.CompletedTask
                : throw new VireoException(ErrorCode.OperationUnsupported, ErrorDomain.None, "Network bandwidth tuning is not available in session mode");
        return isLimited ? shaper.SetAsync(device, limits, isSwapped: card.Source is InterfaceSource.OfDirect, cancel: cancel) : shaper.ClearAsync(device);
    }

    /// <summary>Sets those of all cards before the guest runs.</summary>
    internal static async ValueTask SetAllAsync(StartRun run, CancellationToken cancel)
    {
        foreach (Interface card in run.Live.Devices.Interfaces.AsSpan().ToArray())
            if (card.Bandwidth is { } limits && Suits(card))
                await SetAsync(run.Keeper, run.Definition.Name, card, limits, cancel).ConfigureAwait(false);
    }
}
