using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Start.HostDevices;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;
using Vireo.Model.Network;
using Vireo.Model.Shared;

namespace Vireo.Drivers.Qemu.Start.Network;

/// <summary>
/// Cards on virtual networks: the network says at each start what a card is plugged into. While it runs, a card's source is that bridge or device, and still
/// names its network; its status file has both apart, as libvirt's has.
/// </summary>
static class NetworkCards
{
    /// <summary>A definition whose cards know the ports that they will have.</summary>
    internal static DomainDef Numbered(DomainDef machine) => With(machine, Numbered);

    /// <summary>A card that knows the port that it will have, if it is on a network.</summary>
    internal static Interface Numbered(Interface card) =>
        card.Source is InterfaceSource.OfNetwork { Bridge: null } source ? card with { Source = source with { PortId = Uuid.NewRandom() } } : card;

    /// <summary>Nothing of a machine but its cards that have ports.</summary>
    internal static DomainDef OnPorts(DomainDef machine) =>
        machine with { Devices = new DeviceSet { Emulator = machine.Devices.Emulator, Interfaces = [.. machine.Devices.Interfaces.Where(static card => PortOf(card).Port is not null)] } };

    /// <summary>Plugs in the cards of a guest that is about to start, at the ports that its status names.</summary>
    internal static async ValueTask PlugAsync(StartRun run, CancellationToken cancel)
    {
        foreach (Interface card in run.Wanted.Devices.Interfaces.ToList())
        {
            if (card.Source is not InterfaceSource.OfNetwork { Bridge: null } source)
                continue;
            Interface plugged = await PlugAsync(run.Keeper, run.Machine, run.Wanted, card, source, cancel).ConfigureAwait(false);
            run.Wanted = With(run.Wanted, one => ReferenceEquals(one, card) ? plugged : one);
        }
    }

    /// <summary>Takes out the cards of a guest that ran, or that does not start.</summary>
    internal static async ValueTask UnplugAsync(QemuKeeper keeper, DomainDef live)
    {
        foreach (Interface card in live.Devices.Interfaces.ToList())
            await UnplugAsync(keeper, card).ConfigureAwait(false);
    }

    /// <summary>Plugs in a card that comes while its guest runs; one that is on no network stays as it is.</summary>
    internal static async ValueTask<Interface> PlugAsync(QemuKeeper keeper, QemuMachine machine, Interface card, CancellationToken cancel) =>
        card.Source is InterfaceSource.OfNetwork { Bridge: null } source ? await PlugAsync(keeper, machine, null, card, source, cancel).ConfigureAwait(false) : card;

    /// <summary>Takes a card out, if it is on a network.</summary>
    internal static ValueTask UnplugAsync(QemuKeeper keeper, Interface card) =>
        keeper.Options.Networks is { } networks && PortOf(card) is ({ } network, { } port) ? networks.UnplugAsync(network, port, CancellationToken.None) : ValueTask.CompletedTask;

    /// <summary>The network and the port of a card; nulls: it is on none.</summary>
    internal static (string? Network, Uuid? Port) PortOf(Interface card) => card.Source switch
    {
        InterfaceSource.OfNetwork source => (source.Network, source.PortId),
        InterfaceSource.OfBridge source => (source.Network, source.PortId),
        InterfaceSource.OfDirect source => (source.Network, source.PortId),
        InterfaceSource.OfHostdev source => (source.Network, source.PortId),
        _ => (null, null),
    };

    // A guest that starts must not have the function already; of one that runs, whoever takes the function looks after that.
    static async ValueTask<Interface> PlugAsync(
        QemuKeeper keeper, QemuMachine machine, DomainDef? starting, Interface card, InterfaceSource.OfNetwork source, CancellationToken cancel)
    {
        if (keeper.Options.Networks is not { } networks)
            throw new VireoException(ErrorCode.NoNetwork, ErrorDomain.Network, $"no network with matching name '{source.Network}'");
        NetworkPortDef port = await networks.PlugAsync(source.Network, new NetworkPortDef
        {
            Uuid = source.PortId ?? Uuid.NewRandom(),
            OwnerName = machine.Name,
            OwnerUuid = machine.Uuid,
            Group = source.PortGroup,
            Mac = card.Mac!.Address,
            VirtualPort = card.VirtualPort,
            Bandwidth = card.Bandwidth,
            Vlan = card.Vlan,
            Isolated = card.PortIsolated,
            TrustGuestRxFilters = card.TrustGuestRxFilters,
        }, cancel).ConfigureAwait(false);
        try
        {
            return Plugged(starting, card, source, port);
        }
        catch (VireoException)
        {
            await networks.UnplugAsync(source.Network, port.Uuid, CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Refuses what a card says that its connection cannot do: only now is known what that is.</summary>
    /// <exception cref="VireoException">VIR_ERR_CONFIG_UNSUPPORTED.</exception>
    internal static void Check(Interface card)
    {
        if (card is { Source: InterfaceSource.OfHostdev, Bandwidth: not null })
            throw Refused(card, "bandwidth settings are not supported for hostdev interfaces");
        // Whoever is behind the port is not told of the guest by this driver, so that its packets would go nowhere.
        if (card is { Source: InterfaceSource.OfDirect, VirtualPort.Type: (VirtualPortType.VnLink or VirtualPortType.Vepa) and var port })
            throw VireoException.NoSupport($"starting a card of type 'direct' with <virtualport type='{port.ToXml()}'>", ErrorDomain.Qemu);
        CardSwitches.Check(card);
    }

    static VireoException Refused(Interface card, string why) => new(ErrorCode.ConfigUnsupported, ErrorDomain.Domain, $"interface {card.Mac!.Address} - {why}");

    static InterfaceSource.OfHostdev Function(DomainDef? starting, InterfaceSource.OfNetwork source, NetworkPortDef port, NetworkPlug.OfPci plug)
    {
        var address = new DeviceAddress.Pci { Domain = plug.Address.Domain ?? 0, Bus = plug.Address.Bus ?? 0, Slot = plug.Address.Slot ?? 0, Function = plug.Address.Function ?? 0 };
        var given = new InterfaceSource.OfHostdev { Network = source.Network, PortGroup = source.PortGroup, PortId = port.Uuid, Address = address };
        HostPciAddress at = FunctionCards.AddressOf(new Interface { Source = given })!;
        if (starting is not null && LentDevices.Functions(starting).Any(own => own.Address == at))
            throw VireoException.Internal(ErrorDomain.Qemu, $"PCI device {HostPci.NameOf(at)} allocated from network {source.Network} is already in use by domain {starting.Name}");
        return given;
    }

    static Interface Plugged(DomainDef? starting, Interface card, InterfaceSource.OfNetwork source, NetworkPortDef port)
    {
        if (card.Filter is not null && port.Plug is NetworkPlug.OfDirect or NetworkPlug.OfPci)
            throw Refused(card, $"filterref is not supported for network interfaces of type {(port.Plug is NetworkPlug.OfPci ? "hostdev" : "direct")}");
        Interface lent = port.Plug is not NetworkPlug.OfPci function ? card : card with
        {
            Managed = function.Managed is true ? true : null,
            Driver = (card.Driver ?? new InterfaceDriver()) with { Name = InterfaceDriverName.Vfio },
        };
        Interface plugged = lent with
        {
            Bandwidth = port.Bandwidth,
            Vlan = port.Vlan,
            VirtualPort = port.VirtualPort,
            PortIsolated = port.Isolated,
            TrustGuestRxFilters = port.TrustGuestRxFilters,
            Source = port.Plug switch
            {
                NetworkPlug.OfNetwork plug => source with { PortId = port.Uuid, Bridge = plug.Bridge },
                NetworkPlug.OfBridge plug => new InterfaceSource.OfBridge
                {
                    Network = source.Network, PortGroup = source.PortGroup, PortId = port.Uuid, Bridge = plug.Bridge,
                },
                NetworkPlug.OfDirect plug => new InterfaceSource.OfDirect
                {
                    Network = source.Network, PortGroup = source.PortGroup, PortId = port.Uuid, Device = plug.Device,
                    Mode = Enum.Parse<DirectMode>((plug.Mode ?? PlugMode.Vepa).ToString()),
                },
                NetworkPlug.OfPci plug => Function(starting, source, port, plug),
                _ => throw VireoException.Internal(ErrorDomain.Qemu, $"network '{source.Network}' gave nothing that a card can be plugged into"),
            },
        };
        Check(plugged);
        return plugged;
    }

    /// <summary>As a status file has it.</summary>
    internal static DomainDef ForStatus(DomainDef live) => With(live, static card => PortOf(card) is not ({ } network, { } port) ? card : card with
    {
        Source = new InterfaceSource.OfNetwork { Network = network, PortGroup = GroupOf(card.Source), PortId = port },
        Managed = card.Source is InterfaceSource.OfHostdev ? null : card.Managed,
        Driver = card.Source is InterfaceSource.OfHostdev ? WithoutLender(card.Driver) : card.Driver,
        Actual = new ActualInterface
        {
            Type = card.Source switch
            {
                InterfaceSource.OfBridge => ActualInterfaceType.Bridge,
                InterfaceSource.OfDirect => ActualInterfaceType.Direct,
                InterfaceSource.OfHostdev => ActualInterfaceType.Hostdev,
                _ => ActualInterfaceType.Network,
            },
            Managed = card.Source is InterfaceSource.OfHostdev ? card.Managed : null,
            Driver = card.Source is InterfaceSource.OfHostdev ? card.Driver?.Name : null,
            Source = card.Source switch
            {
                InterfaceSource.OfHostdev function => new ActualSource { Address = function.Address },
                InterfaceSource.OfBridge bridge => new ActualSource { Bridge = bridge.Bridge },
                InterfaceSource.OfDirect direct => new ActualSource { Device = direct.Device, Mode = direct.Mode },
                InterfaceSource.OfNetwork own => new ActualSource { Bridge = own.Bridge },
                _ => null,
            },
            Bandwidth = card.Bandwidth,
            Vlan = card.Vlan,
            VirtualPort = card.VirtualPort,
            PortIsolated = card.PortIsolated,
            TrustGuestRxFilters = card.TrustGuestRxFilters,
        },
    });

    /// <summary>As a run has it, of what a status file says.</summary>
    internal static DomainDef FromStatus(DomainDef status) => With(status, static card =>
        card is not { Source: InterfaceSource.OfNetwork source, Actual: { } actual } ? card : card with
        {
            Actual = null,
            Bandwidth = actual.Bandwidth ?? card.Bandwidth,
            Vlan = actual.Vlan ?? card.Vlan,
            VirtualPort = actual.VirtualPort ?? card.VirtualPort,
            PortIsolated = actual.PortIsolated ?? card.PortIsolated,
            Managed = actual.Managed ?? card.Managed,
            Driver = actual.Driver is { } lender ? (card.Driver ?? new InterfaceDriver()) with { Name = lender } : card.Driver,
            Source = actual switch
            {
                { Type: ActualInterfaceType.Hostdev, Source.Address: { } address } => new InterfaceSource.OfHostdev
                {
                    Network = source.Network, PortGroup = source.PortGroup, PortId = source.PortId, Address = address,
                },
                { Type: ActualInterfaceType.Bridge, Source.Bridge: { } bridge } => new InterfaceSource.OfBridge
                {
                    Network = source.Network, PortGroup = source.PortGroup, PortId = source.PortId, Bridge = bridge,
                },
                { Type: ActualInterfaceType.Direct, Source.Device: { } device } => new InterfaceSource.OfDirect
                {
                    Network = source.Network, PortGroup = source.PortGroup, PortId = source.PortId, Device = device, Mode = actual.Source.Mode,
                },
                _ => source with { Bridge = actual.Source?.Bridge },
            },
        });

    /// <summary>As it was written, before the network gave anything.</summary>
    internal static Interface Written(Interface card) => PortOf(card) is not ({ } network, _) ? card
        : card with
        {
            Source = new InterfaceSource.OfNetwork { Network = network, PortGroup = GroupOf(card.Source) },
            Managed = card.Source is InterfaceSource.OfHostdev ? null : card.Managed,
            Driver = card.Source is InterfaceSource.OfHostdev ? WithoutLender(card.Driver) : card.Driver,
        };

    static InterfaceDriver? WithoutLender(InterfaceDriver? driver) => driver is null || driver with { Name = null } is var rest && rest == new InterfaceDriver() ? null : rest;

    static string? GroupOf(InterfaceSource source) => source switch
    {
        InterfaceSource.OfNetwork one => one.PortGroup,
        InterfaceSource.OfBridge one => one.PortGroup,
        InterfaceSource.OfDirect one => one.PortGroup,
        InterfaceSource.OfHostdev one => one.PortGroup,
        _ => null,
    };

    static DomainDef With(DomainDef machine, Func<Interface, Interface> change) =>
        machine with { Devices = machine.Devices with { Interfaces = machine.Devices.Interfaces.Map(change) } };
}
