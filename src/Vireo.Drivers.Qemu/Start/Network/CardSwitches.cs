using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Migrate;
using Vireo.Hypervisor.Flows;
using Vireo.Hypervisor.Switches;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;
using Vireo.Model.Shared;

namespace Vireo.Drivers.Qemu.Start.Network;

/// <summary>Cards on bridges of Open vSwitch, which knows its ports by what it is told of them, and cards whose other end a switch has in a program.</summary>
static class CardSwitches
{
    /// <summary>A card's tap is a port of Open vSwitch's.</summary>
    internal static bool Is(Interface card) => card is { Source: InterfaceSource.OfBridge, VirtualPort.Type: VirtualPortType.OpenVSwitch };

    /// <summary>Refuses tags of a card where nobody keeps them apart, and switches that nobody drives.</summary>
    /// <exception cref="VireoException">VIR_ERR_CONFIG_UNSUPPORTED.</exception>
    internal static void Check(Interface card)
    {
        if (card is { Source: InterfaceSource.OfBridge, VirtualPort.Type: VirtualPortType.Midonet })
            throw QemuErrors.Unsupported("virtual ports of MidoNet are not offered by this driver");
        if (card.Vlan is { Tags.IsEmpty: false } && !Is(card) && card.Source is not (InterfaceSource.OfNetwork { Bridge: null } or InterfaceSource.OfHostdev
            or InterfaceSource.OfDirect { Mode: DirectMode.Passthrough }))
            throw new VireoException(ErrorCode.ConfigUnsupported, ErrorDomain.Domain, $"interface {card.Mac?.Address} - vlan tag not supported for this connection type");
    }

    /// <summary>The parts of a start that plug cards in, each with its limits.</summary>
    internal static IEnumerable<FlowPart> Plug(StartRun run)
    {
        foreach (Interface card in run.Live.Devices.Interfaces.Where(static card => Is(card) || card.Source is InterfaceSource.OfVhostUser).ToList())
        {
            yield return new FlowPart(card.Alias!, async cancel =>
            {
                Interface plugged = await PlugAsync(run.Keeper, run.Machine, card, cancel).ConfigureAwait(false);
                if (!ReferenceEquals(plugged, card))
                    run.Live = run.Live with { Devices = run.Live.Devices.Replace(card, plugged) };
            }, () => UnplugAsync(run.Keeper, run.Machine, card));
            if (Is(card) && card.Bandwidth is { } limits)
                yield return new FlowPart($"{card.Alias}-traffic", cancel => CardLimits.SetAsync(run.Keeper, run.Machine, card, limits, isNew: true, cancel));
        }
    }

    /// <summary>Plugs a card in whose tap is there; one that a program serves gets the name by which the switch knows it.</summary>
    /// <exception cref="VireoException">The switch does not take it.</exception>
    internal static async ValueTask<Interface> PlugAsync(QemuKeeper keeper, QemuMachine machine, Interface card, CancellationToken cancel)
    {
        if (PortOf(keeper, machine, card) is { } port)
            await keeper.Switch.PlugAsync(port, cancel).ConfigureAwait(false);
        else if (card.Source is InterfaceSource.OfVhostUser socket && card.Target?.Device is null
            && await keeper.Switch.NameOfAsync(socket.Path, socket.Mode is ChardevMode.Bind or ChardevMode.Server, cancel).ConfigureAwait(false) is { } name)
            return card with { Target = (card.Target ?? new InterfaceTarget()) with { Device = name } };
        return card;
    }

    static SwitchPort? PortOf(QemuKeeper keeper, QemuMachine machine, Interface card) =>
        !keeper.Host.Privileged || !Is(card) || card is not { Source: InterfaceSource.OfBridge { Bridge: { } bridge }, Target.Device: { } device, Mac: { } mac } ? null
            : new SwitchPort(bridge, device, mac.Address, machine.Uuid) { Parameters = card.VirtualPort!.Parameters, Vlan = card.Vlan };

    /// <summary>Takes a card off its switch, and with it what the switch keeps for its limits: it would for ever.</summary>
    internal static async ValueTask UnplugAsync(QemuKeeper keeper, QemuMachine machine, Interface card)
    {
        if (PortOf(keeper, machine, card) is not { } port)
            return;
        if (CardLimits.AreIn(card.Bandwidth))
            await keeper.Switch.ClearAsync(new SwitchLimits(port.Device, port.Owner)).ConfigureAwait(false);
        await keeper.Switch.UnplugAsync(port.Device).ConfigureAwait(false);
    }

    /// <summary>Takes all cards that a guest has off their switches.</summary>
    internal static async ValueTask UnplugAsync(QemuKeeper keeper, QemuMachine machine)
    {
        foreach (Interface card in machine.Snapshot.Live?.Devices.Interfaces.ToList() ?? [])
            await UnplugAsync(keeper, machine, card).ConfigureAwait(false);
    }

    /// <summary>Tells the switch again of a guest that runs: its database may be another by now.</summary>
    internal static async ValueTask RenewAsync(QemuKeeper keeper, QemuMachine machine, CancellationToken cancel)
    {
        foreach (Interface card in machine.Snapshot.Live?.Devices.Interfaces.ToList() ?? [])
            try
            {
                if (PortOf(keeper, machine, card) is { } port)
                    await keeper.Switch.PlugAsync(port, cancel).ConfigureAwait(false);
            }
            catch (VireoException e)
            {
                keeper.Log.NotPlugged(machine.Name, card.Target?.Device ?? "", e.Message);
            }
    }

    /// <summary>What controllers keep with the ports of a guest that leaves; null: it has no ports.</summary>
    internal static async ValueTask<CookieNetwork?> DataOfAsync(QemuKeeper keeper, QemuMachine machine, DomainDef live, CancellationToken cancel)
    {
        var data = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (Interface card in live.Devices.Interfaces.ToList())
            try
            {
                if (PortOf(keeper, machine, card) is { } port)
                    data[card.Alias!] = await keeper.Switch.DataAsync(port.Device, cancel).ConfigureAwait(false);
            }
            catch (VireoException e)
            {
                keeper.Log.Switch(e.Message);       // the guest goes all the same, as with libvirt
            }
        return CookieBuilder.Build(live, CookieParts.Network, new CookieSource
        {
            HostName = "", HostUuid = default, PortData = card => data.GetValueOrDefault(card.Alias!),
        }).Network is { Interfaces.IsEmpty: false } ports ? ports : null;
    }

    /// <summary>Gives the ports of a guest that came what controllers kept with them.</summary>
    internal static async ValueTask KeepDataAsync(QemuKeeper keeper, QemuMachine machine, CookieNetwork? told, CancellationToken cancel)
    {
        if (told is null || machine.Snapshot.Live is not { } live)
            return;
        foreach (CookieInterface one in told.Interfaces.ToList())
            try
            {
                if (one.PortData is { Length: > 0 } data && one.Index < (uint)live.Devices.Interfaces.Count
                    && PortOf(keeper, machine, live.Devices.Interfaces[(int)one.Index]) is { } port)
                    await keeper.Switch.KeepDataAsync(port.Device, data, cancel).ConfigureAwait(false);
            }
            catch (VireoException e)
            {
                keeper.Log.Switch(e.Message);
            }
    }
}
