using Vireo.Core;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Start;

/// <summary>Whether character devices over TCP are encrypted that leave it to the host's configuration. What runs says it, definitions do not keep it.</summary>
static class CharacterTls
{
    /// <summary>The run's definition with the host's choice.</summary>
    internal static DomainDef Choose(DomainDef live, bool encrypted) => Map(live, source =>
        source is ChardevSource.OfTcp { Tls: null } tcp ? tcp with { Tls = encrypted, TlsFromConfig = 1 } : source);

    /// <summary>The definition without it.</summary>
    internal static DomainDef Forget(DomainDef live) => Map(live, static source =>
        source is ChardevSource.OfTcp { TlsFromConfig: 1 } tcp ? tcp with { Tls = null, TlsFromConfig = null } : source);

    static DomainDef Map(DomainDef live, Func<ChardevSource, ChardevSource> map) => live with
    {
        Devices = live.Devices with
        {
            Serials = live.Devices.Serials.Map(d => d with { Source = map(d.Source) }),
            Parallels = live.Devices.Parallels.Map(d => d with { Source = map(d.Source) }),
            Consoles = live.Devices.Consoles.Map(d => d with { Source = map(d.Source) }),
            Channels = live.Devices.Channels.Map(d => d with { Source = map(d.Source) }),
            RedirectedDevices = live.Devices.RedirectedDevices.Map(d => d with { Source = map(d.Source) }),
        },
    };
}
