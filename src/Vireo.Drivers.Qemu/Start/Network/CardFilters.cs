using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Hypervisor.Flows;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;
using Vireo.Model.NwFilter;

namespace Vireo.Drivers.Qemu.Start.Network;

/// <summary>Network filters of guests' cards: there before QEMU gets the card, gone after it.</summary>
static class CardFilters
{
    /// <summary>Only taps have packets that this host's filter sees.</summary>
    internal static bool CanHave(Interface card) => card.Source is InterfaceSource.OfBridge or InterfaceSource.OfNetwork or InterfaceSource.OfEthernet;

    static FilterBindingDef? BindingOf(string name, Uuid uuid, Interface card) => card is not { Filter: { } filter, Target.Device: { } port, Mac: { } mac } || !CanHave(card) ? null
        : new FilterBindingDef { OwnerName = name, OwnerUuid = uuid, PortDevice = port, Mac = mac.Address, Filter = filter };

    /// <summary>The parts of a start that put filters on cards.</summary>
    internal static IEnumerable<FlowPart> Bind(StartRun run) => run.Live.Devices.Interfaces.Where(card => card.Filter is not null && CanHave(card) || MacFilter.Suits(run.Keeper, card)).ToList()
        .Select(card => new FlowPart(card.Alias!, cancel => BindAsync(run.Keeper, run.Machine, card, mayBeThere: false, cancel), () => UnbindAsync(run.Keeper, card)));

    /// <summary>Puts a card's filter on it, if it has one.</summary>
    /// <exception cref="VireoException">There is no such filter, or it cannot be put on this card.</exception>
    internal static async ValueTask BindAsync(QemuKeeper keeper, QemuMachine machine, Interface card, bool mayBeThere, CancellationToken cancel)
    {
        await MacFilter.AdmitAsync(keeper, card, cancel).ConfigureAwait(false);
        try
        {
            await FilterAsync(keeper, machine, card, mayBeThere, cancel).ConfigureAwait(false);
        }
        catch
        {
            await MacFilter.DismissAsync(keeper, card).ConfigureAwait(false);
            throw;
        }
    }

    static async ValueTask FilterAsync(QemuKeeper keeper, QemuMachine machine, Interface card, bool mayBeThere, CancellationToken cancel)
    {
        if (BindingOf(machine.Name, machine.Uuid, card) is not { } binding)
            return;
        if (!keeper.Host.Privileged)
            throw VireoException.Internal(ErrorDomain.Nwfilter, "unexpected nwfilter URI path '/session', try nwfilter:///system");
        if (keeper.Options.Filters is not { } filters)
            throw VireoException.NoSupport("virNWFilterBindingCreateXML", ErrorDomain.Nwfilter);
        await filters.BindAsync(binding, mayBeThere, cancel).ConfigureAwait(false);
    }

    /// <summary>Takes a card's filter off it.</summary>
    internal static async ValueTask UnbindAsync(QemuKeeper keeper, Device device)
    {
        await MacFilter.DismissAsync(keeper, device).ConfigureAwait(false);
        if (device is Interface { Filter: not null, Target.Device: { } port } card && CanHave(card) && keeper.Options.Filters is { } filters)
            await filters.UnbindAsync(port, CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>Takes the filters off all cards of a guest.</summary>
    internal static async ValueTask UnbindAsync(QemuKeeper keeper, DomainDef live)
    {
        foreach (Interface card in live.Devices.Interfaces.ToList())
            await UnbindAsync(keeper, card).ConfigureAwait(false);
    }

    /// <summary>Puts filters on cards of a guest that runs and that somebody took them off meanwhile.</summary>
    internal static async ValueTask RenewAsync(QemuKeeper keeper, QemuMachine machine, CancellationToken cancel)
    {
        foreach (Interface card in machine.Snapshot.Live?.Devices.Interfaces.ToList() ?? [])
            try
            {
                await BindAsync(keeper, machine, card, mayBeThere: true, cancel).ConfigureAwait(false);
            }
            catch (VireoException e)
            {
                keeper.Log.NotFiltered(machine.Name, card.Target?.Device ?? "", e.Message);
            }
    }
}
