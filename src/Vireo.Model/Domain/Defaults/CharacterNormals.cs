using Vireo.Core;
using Vireo.Model.Domain.Devices;

namespace Vireo.Model.Domain.Defaults;

/// <summary>
/// Serial ports, and the console that is another view of the first one: whichever of the two was written, both come out.
/// </summary>
static class CharacterNormals
{
    public static DomainDef Apply(DomainDef machine, GeneralContext context)
    {
        DeviceSet set = machine.Devices;
        int port = 0, parallelPort = 0;
        ValueList<Serial> written = set.Serials, serials = written.Map(s => s with { Port = s.Port ?? Next(written, ref port) });
        int at = 0;
        ValueList<GuestConsole> consoles = set.Consoles.Map(c => c with { Port = at++ is var own && own == 0 ? c.Port ?? 0 : own });
        if (machine.Os.Type is OsType.Hvm)
        {
            if (consoles.Count > 0 && consoles[0].TargetType is null or ConsoleTarget.Serial)
            {
                if (serials.IsEmpty)
                    serials = [new Serial { Source = consoles[0].Source, Port = 0, TargetType = null }];
                consoles = consoles.SetItem(0, Mirror(serials[0], consoles[0]));
            }
            else if (serials.Count > 0 && Mirrored(serials[0]))
                consoles = [Mirror(serials[0], new GuestConsole()), .. consoles];
        }
        return machine with
        {
            Devices = set with
            {
                Serials = serials.Map(static s => s with { Source = Tidy(s.Source) }),
                Consoles = consoles.Map(c => c with { TargetType = c.TargetType ?? ConsoleTarget.Serial, Source = WithTty(Tidy(c.Source)) }),
                Parallels = set.Parallels.Map(p => p with { Port = p.Port ?? parallelPort++, Source = Tidy(p.Source) }),
                Channels = set.Channels.Map(static c => c with { Source = TidyChannel(c.Source) }),
                RedirectedDevices = set.RedirectedDevices.Map(static r => r with { Bus = r.Bus ?? RedirectBus.Usb, Source = Tidy(r.Source) }),
                Smartcards = set.Smartcards.Map(static s => s.Mode is SmartcardMode.OfPassthrough mode ? s with { Mode = mode with { Source = Tidy(mode.Source) } } : s),
                Rngs = set.Rngs.Map(static r => r.Backend is RngBackend.OfEgd egd ? r with { Backend = egd with { Source = Tidy(egd.Source) } } : r),
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

    static GuestConsole Mirror(Serial serial, GuestConsole console) => console with { Source = serial.Source, TargetType = ConsoleTarget.Serial, Port = serial.Port ?? 0, Alias = serial.Alias ?? console.Alias, Address = serial.Address ?? console.Address };

    /// <summary>A console says its terminal twice.</summary>
    static ChardevSource WithTty(ChardevSource source) => source is ChardevSource.OfPty { Path: { } path } pty ? pty with { Tty = path } : source;

    static ChardevSource Tidy(ChardevSource source) => source switch
    {
        ChardevSource.OfTcp tcp => tcp with { Mode = tcp.Mode ?? ChardevMode.Connect, Protocol = tcp.Protocol ?? ChardevProtocol.Raw },
        ChardevSource.OfUnix { Mode: null } unix => unix with { Mode = ChardevMode.Connect },
        ChardevSource.OfUdp udp => udp with
        {
            Ends = udp.Ends.Map(static e => e.Mode is null ? e with { Mode = ChardevMode.Connect } : e).OrderBy(static e => e.Mode is ChardevMode.Connect).ToValueList(),
        },
        _ => source,
    };

    /// <summary>A channel's socket without a path is made at start; nothing of it is written.</summary>
    static ChardevSource TidyChannel(ChardevSource source) =>
        source is ChardevSource.OfUnix { Path: null } unix ? unix with { Mode = null } : Tidy(source);
}
