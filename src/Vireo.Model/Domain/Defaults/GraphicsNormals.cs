using Vireo.Core;
using Vireo.Model.Domain.Devices;

namespace Vireo.Model.Domain.Defaults;

/// <summary>Screens: ports and where they listen, in the new form and the old.</summary>
static class GraphicsNormals
{
    public static DomainDef Apply(DomainDef machine, GeneralContext context) => machine with
    {
        Devices = machine.Devices with { Graphics = machine.Devices.Graphics.Map(one => Complete(one, context.Inactive, context.Status)) },
    };

    /// <summary>One screen's.</summary>
    internal static Graphics Complete(Graphics graphics, bool inactive, bool status) => graphics switch
    {
        Graphics.Vnc vnc => Vnc(vnc, status),
        Graphics.Spice spice => Spice(spice, inactive),
        Graphics.Rdp rdp => Rdp(rdp, inactive),
        _ => graphics,
    };

    static Graphics.Vnc Vnc(Graphics.Vnc vnc, bool status)
    {
        ValueList<GraphicsListen> listens = Listens(vnc.Listens, vnc.Listen, vnc.Socket);
        bool byAddress = listens[0] is GraphicsListen.OfAddress or GraphicsListen.OfNetwork;
        bool auto = vnc.AutoPort ?? vnc.Port is null or -1;
        int? port = vnc.Port is 0 or -1 || auto && !status ? null : vnc.Port;
        return vnc with
        {
            Listens = listens,
            Listen = Old(listens),
            Port = !byAddress ? null : auto ? port ?? -1 : port,
            AutoPort = byAddress ? auto : null,
            Socket = (listens[0] as GraphicsListen.OfSocket)?.Socket,
        };
    }

    static Graphics.Spice Spice(Graphics.Spice spice, bool inactive)
    {
        ValueList<GraphicsListen> listens = Listens(spice.Listens, spice.Listen, null);
        bool auto = spice.AutoPort is true || spice.Port is -1 || spice.TlsPort is -1;
        int? port = spice.Port is -1 or 0 || auto && inactive ? null : spice.Port;
        int? tls = spice.TlsPort is -1 or 0 || auto && inactive ? null : spice.TlsPort;
        bool net = listens[0] is GraphicsListen.OfAddress or GraphicsListen.OfNetwork;
        return spice with
        {
            Listens = listens,
            Listen = Old(listens),
            AutoPort = net ? auto : null,
            Port = net ? port : null,
            TlsPort = net ? tls : null,
        };
    }

    static Graphics.Rdp Rdp(Graphics.Rdp rdp, bool inactive)
    {
        ValueList<GraphicsListen> listens = Listens(rdp.Listens, rdp.Listen, null);
        bool auto = rdp.AutoPort is true || rdp.Port is null or -1;
        return rdp with
        {
            Listens = listens,
            Listen = Old(listens),
            AutoPort = auto ? true : null,
            Port = auto && (inactive || rdp.Port is null) ? -1 : rdp.Port,
        };
    }

    /// <summary>A socket in the old form counts more than a listening address.</summary>
    static ValueList<GraphicsListen> Listens(ValueList<GraphicsListen> listens, string? address, string? socket)
    {
        if (socket is not null && listens is [] or [GraphicsListen.OfAddress, ..])
            return [new GraphicsListen.OfSocket { Socket = socket }];
        if (!listens.IsEmpty)
            return listens[0] is GraphicsListen.OfAddress { Address: null } first && address is not null
                ? listens.SetItem(0, first with { Address = address })
                : listens;
        return [new GraphicsListen.OfAddress { Address = address }];
    }

    /// <summary>The address as old clients look for it.</summary>
    public static string? Old(ValueList<GraphicsListen> listens) => listens is [GraphicsListen.OfAddress first, ..] ? first.Address : null;
}
