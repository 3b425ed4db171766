using Vireo.Core;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Definition.Defaults;

/// <summary>Where screens listen: sockets that a start makes are not part of a definition, and SPICE may have no port at all.</summary>
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
                return context.VncAutoUnixSocket
                    ? vnc with { Socket = null, Listens = vnc.Listens.SetItem(0, new GraphicsListen.OfSocket()) }
                    : vnc with { Socket = null, Listens = vnc.Listens.SetItem(0, new GraphicsListen.OfAddress()), Port = -1, AutoPort = true };
            case Graphics.Spice { Listens: [GraphicsListen.OfSocket { Socket: { } socket }, ..] } spice
                when context.Inactive && socket.StartsWith(context.LibraryFolder + "/", StringComparison.Ordinal):
                return context.SpiceAutoUnixSocket
                    ? spice with { Listens = spice.Listens.SetItem(0, new GraphicsListen.OfSocket()) }
                    : spice with { Listens = spice.Listens.SetItem(0, new GraphicsListen.OfAddress()) };
            case Graphics.Spice { AutoPort: false, Port: null, TlsPort: null, Listens: [GraphicsListen.OfAddress or GraphicsListen.OfNetwork, ..] } spice:
                return spice with { AutoPort = null, Listen = null, Listens = [new GraphicsListen.OfNone()] };
            default:
                return graphics;
        }
    }
}
