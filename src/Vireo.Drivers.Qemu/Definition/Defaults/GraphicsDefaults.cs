using Vireo.Core;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Definition.Defaults;

/// <summary>Where screens listen: sockets that a start made for VNC are not part of a definition, whatever qemu.conf says, and SPICE may have no port at all.</summary>
static class GraphicsDefaults
{
    public static DomainDef Apply(DomainDef machine, DefinitionContext context) => machine with
    {
        Devices = machine.Devices with { Graphics = machine.Devices.Graphics.Map(one => Complete(one, context)) },
    };

    static Graphics Complete(Graphics graphics, DefinitionContext context)
    {
        switch (graphics)
        {
            case Graphics.Vnc { Listens: [GraphicsListen.OfSocket { Socket: { } socket }, ..] } vnc
                when context.Inactive && socket.StartsWith(context.LibraryFolder + "/", StringComparison.Ordinal):
                return vnc with { Socket = null, Listens = vnc.Listens.SetItem(0, new GraphicsListen.OfAddress()), Port = -1, AutoPort = true };
            case Graphics.Spice { AutoPort: false, Port: null, TlsPort: null, Listens: [GraphicsListen.OfAddress or GraphicsListen.OfNetwork, ..] } spice:
                return spice with { AutoPort = null, Listen = null, Listens = [new GraphicsListen.OfNone()] };
            default:
                return graphics;
        }
    }
}
