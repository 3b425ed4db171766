using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Devices;

/// <summary>Serial ports.</summary>
sealed class SerialPlanner : IDevicePlanner<Serial>
{
    public DevicePlan Plan(Serial serial, PlanContext at)
    {
        string id = $"char{serial.Alias}";
        CharacterParts source = CharacterBackend.Plan(serial.Source, id, serial.Alias ?? "", at);
        return new DevicePlan { Host = source.Host, Backends = source.Parts, Frontends = [Front(serial, id, at)] };
    }

    static QemuPart Front(Serial serial, string id, PlanContext at)
    {
        // A port of which nothing is known is one of the board's own.
        if (serial.TargetModel is "pl011" or "16550a" || serial.TargetType is SerialTarget.SystemSerial || serial is { TargetModel: null, TargetType: null })
            return new QemuOption("serial", $"chardev:{id}");
        return new QemuDevice(serial.TargetModel ?? Driver(serial.TargetType))
        {
            { "chardev", id },
            { "id", serial.Alias },
            { "index", serial.TargetType is SerialTarget.IsaSerial ? serial.Port : null },
            at.Address(serial),
        };
    }

    static string Driver(SerialTarget? type) => type switch
    {
        SerialTarget.UsbSerial => "usb-serial",
        SerialTarget.PciSerial => "pci-serial",
        SerialTarget.SpaprVioSerial => "spapr-vty",
        SerialTarget.SclpSerial => "sclpconsole",
        SerialTarget.IsaDebug => "isa-debugcon",
        _ => "isa-serial",
    };
}

/// <summary>Parallel ports.</summary>
sealed class ParallelPlanner : IDevicePlanner<Model.Domain.Devices.Parallel>
{
    public DevicePlan Plan(Model.Domain.Devices.Parallel parallel, PlanContext at)
    {
        string id = $"char{parallel.Alias}";
        CharacterParts source = CharacterBackend.Plan(parallel.Source, id, parallel.Alias ?? "", at, parallel: true);
        return new DevicePlan
        {
            Host = source.Host,
            Backends = source.Parts,
            Frontends = [new QemuDevice("isa-parallel") { { "chardev", id }, { "id", parallel.Alias }, at.Address(parallel) }],
        };
    }
}

/// <summary>Consoles of their own; the one that mirrors a serial port is that port's.</summary>
sealed class ConsolePlanner : IDevicePlanner<GuestConsole>
{
    public DevicePlan Plan(GuestConsole console, PlanContext at)
    {
        string? driver = console.TargetType switch
        {
            ConsoleTarget.Virtio => "virtconsole",
            ConsoleTarget.Sclp => "sclpconsole",
            ConsoleTarget.SclpLm => "sclplmconsole",
            _ => null,
        };
        if (driver is null)
            return DevicePlan.Nothing;
        string id = $"char{console.Alias}";
        CharacterParts source = CharacterBackend.Plan(console.Source, id, console.Alias ?? "", at);
        return new DevicePlan
        {
            Host = source.Host,
            Backends = source.Parts,
            Frontends = [new QemuDevice(driver) { { "chardev", id }, { "id", console.Alias } }],
        };
    }
}

/// <summary>Channels: virtio-serial ports, and addresses of the user-mode network.</summary>
sealed class ChannelPlanner : IDevicePlanner<Channel>
{
    public DevicePlan Plan(Channel channel, PlanContext at)
    {
        string id = $"char{channel.Alias}";
        CharacterParts source = CharacterBackend.Plan(channel.Source, id, channel.Alias ?? "", at);
        return new DevicePlan { Host = source.Host, Backends = source.Parts, Frontends = [Front(channel, id, at)] };
    }

    static QemuPart Front(Channel channel, string id, PlanContext at)
    {
        if (channel.Target is ChannelTarget.OfGuestForward forward)
            return new QemuNetdev("user")
            {
                { "guestfwd", QemuValue.Array(new QemuProperties { { "str", $"tcp:{forward.Address}:{forward.Port}-chardev:{id}" } }) },
                { "id", channel.Alias },
            };
        var address = channel.Address as DeviceAddress.VirtioSerial;
        string bus = AddressProperties.Controller(at.Machine, ControllerType.VirtioSerial, address?.Controller ?? 0, "virtio-serial0");
        string? name = (channel.Target as ChannelTarget.OfVirtio)?.Name;
        return new QemuDevice("virtserialport")
        {
            { "bus", $"{bus}.{address?.Bus ?? 0}" },
            { "nr", address?.Port },
            { "chardev", id },
            { "id", channel.Alias },
            { "name", channel.Source is ChardevSource.OfSpiceVmc ? name ?? "com.redhat.spice.0" : name },
        };
    }
}
