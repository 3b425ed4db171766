using Vireo.Core;
using Vireo.Drivers.Qemu.Definition.Platforms;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Definition.Defaults;

/// <summary>
/// Serial ports, and the console that is another view of the first one: whichever of the two was written, both come out.
/// </summary>
static class CharacterDefaults
{
    public static DomainDef Apply(DomainDef machine, DefinitionContext context)
    {
        DeviceSet set = machine.Devices;
        Platform platform = Platform.Of(machine, context.Facts);
        ValueList<Serial> serials = set.Serials;
        ValueList<GuestConsole> consoles = set.Consoles;
        if (consoles.Count > 0 && consoles[0].TargetType is null or ConsoleTarget.Serial)
        {
            if (serials.IsEmpty)
                serials = [new Serial { Source = consoles[0].Source, Port = 0, TargetType = null }];
            consoles = consoles.SetItem(0, Mirror(serials[0], consoles[0]));
        }
        else if (serials.Count > 0 && Mirrored(serials[0]))
            consoles = [Mirror(serials[0], new GuestConsole()), .. consoles.AsSpan()];
        int port = 0;
        serials = serials.Map(s => Complete(s with { Port = s.Port ?? Next(serials, ref port) }, platform));
        int consolePort = 0;
        consoles = consoles.Map(c => c with { TargetType = c.TargetType ?? ConsoleTarget.Serial, Port = c.Port ?? consolePort, Source = Tidy(c.Source) }
            is var made && consolePort++ >= 0 ? made : c);
        int parallelPort = 0;
        return machine with
        {
            Devices = set with
            {
                Serials = serials,
                Consoles = consoles,
                Parallels = set.Parallels.Map(p => p with { Port = p.Port ?? parallelPort++ }),
                Channels = set.Channels.Map(static c => c with { Source = TidyChannel(c.Source) }),
            },
        };
    }

    static int Next(ValueList<Serial> serials, ref int port)
    {
        int candidate = port;
        while (serials.Any(s => s.Port == candidate))
            candidate++;
        port = candidate + 1;
        return candidate;
    }

    static bool Mirrored(Serial serial) => serial.TargetType is null or SerialTarget.IsaSerial or SerialTarget.SystemSerial
        or SerialTarget.SpaprVioSerial or SerialTarget.SclpSerial;

    static GuestConsole Mirror(Serial serial, GuestConsole console) =>
        console with { Source = serial.Source, TargetType = ConsoleTarget.Serial, Port = 0 };

    static Serial Complete(Serial serial, Platform platform)
    {
        SerialTarget? type = serial.TargetType ?? Default(serial, platform);
        if (type is SerialTarget.IsaSerial && platform.Serial is SerialTarget.SpaprVioSerial)
            type = SerialTarget.SpaprVioSerial;           // what libvirt once wrote for such machines
        return serial with
        {
            TargetType = type,
            TargetModel = serial.TargetModel ?? type switch
            {
                SerialTarget.IsaSerial => "isa-serial",
                SerialTarget.UsbSerial => "usb-serial",
                SerialTarget.PciSerial => "pci-serial",
                SerialTarget.SpaprVioSerial => "spapr-vty",
                SerialTarget.SystemSerial => platform.SystemSerialModel,
                SerialTarget.SclpSerial => "sclpconsole",
                SerialTarget.IsaDebug => "isa-debugcon",
                _ => null,
            },
            Source = Tidy(serial.Source),
        };
    }

    static SerialTarget? Default(Serial serial, Platform platform)
    {
        if (serial.Address is DeviceAddress.Usb)
            return SerialTarget.UsbSerial;
        if (serial.Address is DeviceAddress.Pci)
            return SerialTarget.PciSerial;
        return platform.Serial;
    }

    static ChardevSource Tidy(ChardevSource source) => source switch
    {
        ChardevSource.OfTcp { Protocol: null } tcp => tcp with { Protocol = ChardevProtocol.Raw },
        _ => source,
    };

    /// <summary>A channel's socket without a path is made at start; nothing of it is written.</summary>
    static ChardevSource TidyChannel(ChardevSource source) =>
        source is ChardevSource.OfUnix { Path: null } unix ? unix with { Mode = null } : Tidy(source);
}
