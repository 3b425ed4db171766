using Vireo.Core;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Definition.Defaults;

/// <summary>Screens: ports and where they listen, in the new form and the old.</summary>
static class GraphicsDefaults
{
    public static DomainDef Apply(DomainDef machine, DefinitionContext context) => machine with
    {
        Devices = machine.Devices with { Graphics = machine.Devices.Graphics.Map(Complete) },
    };

    static Graphics Complete(Graphics graphics)
    {
        switch (graphics)
        {
            case Graphics.Vnc vnc:
                ValueList<GraphicsListen> listens = Listens(vnc.Listens, vnc.Listen, vnc.Socket);
                bool byAddress = listens[0] is GraphicsListen.OfAddress or GraphicsListen.OfNetwork;
                bool auto = byAddress && (vnc.AutoPort is true || vnc.Port is null or -1 or 0);
                return vnc with
                {
                    Listens = listens,
                    Listen = Old(listens),
                    Port = !byAddress ? null : auto ? -1 : vnc.Port,
                    AutoPort = byAddress ? auto : null,
                    Socket = (listens[0] as GraphicsListen.OfSocket)?.Socket,
                };
            case Graphics.Spice spice:
                ValueList<GraphicsListen> where = Listens(spice.Listens, spice.Listen, null);
                bool auto2 = spice.AutoPort is true;
                if (where[0] is not GraphicsListen.OfSocket && !auto2 && spice.Port is null or 0 && spice.TlsPort is null or 0)
                    where = [new GraphicsListen.OfNone()];
                bool net = where[0] is GraphicsListen.OfAddress or GraphicsListen.OfNetwork;
                return spice with
                {
                    Listens = where,
                    Listen = Old(where),
                    AutoPort = net ? auto2 : null,
                    Port = !net || auto2 || spice.Port is 0 ? null : spice.Port,
                    TlsPort = !net || auto2 || spice.TlsPort is 0 ? null : spice.TlsPort,
                };
            default:
                return graphics;
        }
    }

    static ValueList<GraphicsListen> Listens(ValueList<GraphicsListen> listens, string? address, string? socket)
    {
        if (!listens.IsEmpty)
            return listens[0] is GraphicsListen.OfAddress { Address: null } first && address is not null
                ? listens.SetItem(0, first with { Address = address })
                : listens;
        if (socket is not null)
            return [new GraphicsListen.OfSocket { Socket = socket }];
        return [new GraphicsListen.OfAddress { Address = address }];
    }

    static string? Old(ValueList<GraphicsListen> listens) => (listens[0] as GraphicsListen.OfAddress)?.Address;
}
