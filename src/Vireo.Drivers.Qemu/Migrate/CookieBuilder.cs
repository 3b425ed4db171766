using Vireo.Core;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Cpu;
using Vireo.Model.Domain.Devices;
using Vireo.Model.Shared;

namespace Vireo.Drivers.Qemu.Migrate;

/// <summary>What a daemon tells about itself and the machine in a cookie.</summary>
public sealed record CookieSource
{
    /// <summary>The daemon's host.</summary>
    public required string HostName { get; init; }

    /// <summary>Its uuid.</summary>
    public required Uuid HostUuid { get; init; }

    /// <summary>SPICE has certificates (spice_tls of qemu.conf).</summary>
    public bool SpiceTls { get; init; }

    /// <summary>The subject of the screen's certificate; null: it has none.</summary>
    public string? CertificateSubject { get; init; }

    /// <summary>The processor as the definition had it when the machine started; null: as it has it now.</summary>
    public CpuDef? Cpu { get; init; }

    /// <summary>The definition for after the next start, if the machine has one.</summary>
    public DomainDef? Persistent { get; init; }

    /// <summary>The emulator's migration capabilities.</summary>
    public ValueList<CookieCapability> Capabilities { get; init; }

    /// <summary>Reads what a switch keeps about a card; null: nothing.</summary>
    public Func<Interface, string?> PortData { get; init; } = static _ => null;
}

/// <summary>Makes cookies of running machines. A pure function.</summary>
public static class CookieBuilder
{
    /// <summary>The cookie of a machine, with <paramref name="parts"/> as far as the machine has them.</summary>
    public static MigrationCookie Build(DomainDef live, CookieParts parts, CookieSource from) => new MigrationCookie
    {
        Name = live.Name,
        Uuid = live.Uuid ?? default,
        HostName = from.HostName,
        HostUuid = from.HostUuid,
        Features = CookieFeature.Of(parts & (CookieParts.MemoryHotplug | CookieParts.CpuHotplug)),
        Graphics = GraphicsOf(live, from),
        Persistent = from.Persistent,
        Network = new CookieNetwork { Interfaces = Ports(live, from).ToValueList() },
        Cpu = ModelOf(from.Cpu ?? live.Cpu),
        Capabilities = new CookieCapabilities { All = from.Capabilities },
    }.Only(parts);

    /// <summary>The processor without the topology of memory, which is the definition's; null if nothing was said of it.</summary>
    static CpuDef? ModelOf(CpuDef? cpu) => cpu is null || cpu with { Numa = null } == new CpuDef() ? null : cpu with { Numa = null };

    /// <summary>The first screen that a viewer can be handed over to.</summary>
    static CookieGraphics? GraphicsOf(DomainDef live, CookieSource from)
    {
        foreach (Graphics screen in live.Devices.Graphics)
        {
            if (screen is Graphics.Spice spice)
                return new CookieGraphics
                {
                    Type = CookieScreen.Spice,
                    Port = spice.Port ?? 0,
                    Listen = Address(spice.Listens, spice.Listen),
                    TlsPort = from.SpiceTls ? spice.TlsPort ?? 0 : -1,
                    Certificates = Certificates(from),
                };
            if (screen is Graphics.Vnc vnc)
                return new CookieGraphics
                {
                    Type = CookieScreen.Vnc, Port = vnc.Port ?? 0, Listen = Address(vnc.Listens, vnc.Listen), Certificates = Certificates(from),
                };
        }
        return null;
    }

    static ValueList<CookieCertificate> Certificates(CookieSource from) =>
        from.CertificateSubject is { } subject ? [new CookieCertificate { Info = "subject", Value = subject }] : [];

    static string Address(ValueList<GraphicsListen> listens, string? listen)
    {
        foreach (GraphicsListen one in listens)
            if ((one as GraphicsListen.OfAddress)?.Address is { } address || (address = (one as GraphicsListen.OfNetwork)?.Address) is not null)
                return address;
        return listen ?? "127.0.0.1";
    }

    static IEnumerable<CookieInterface> Ports(DomainDef live, CookieSource from)
    {
        uint index = 0;
        foreach (Interface card in live.Devices.Interfaces.ToArray())
        {
            VirtualPort? port = card.Actual is { } actual ? actual.VirtualPort : card.VirtualPort;
            if (port?.Type is { } type)
                yield return new CookieInterface { Index = index, PortType = type, PortData = from.PortData(card) };
            index++;
        }
    }
}
