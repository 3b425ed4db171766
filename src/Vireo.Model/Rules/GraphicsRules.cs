using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Model.Rules;

/// <summary>Screens: what old and new form say must agree.</summary>
public sealed class GraphicsRules : IRules<Graphics, DomainDef>
{
    /// <inheritdoc/>
    public static void Check(Graphics element, DomainDef document, Findings found)
    {
        (string? address, string? socket, GraphicsListen? first) = element switch
        {
            Graphics.Vnc vnc => (vnc.Listen, vnc.Socket, vnc.Listens is [var one, ..] ? one : null),
            Graphics.Spice spice => (spice.Listen, null, spice.Listens is [var one, ..] ? one : null),
            Graphics.Rdp rdp => (rdp.Listen, null, rdp.Listens is [var one, ..] ? one : null),
            _ => default((string?, string?, GraphicsListen?)),
        };
        if (address is not null && first is GraphicsListen.OfAddress { Address: { } other } && other != address)
            found.Unsupported(element, $"graphics 'listen' attribute '{address}' must match 'address' attribute of first listen element (found '{other}')");
        if (socket is not null && first is GraphicsListen.OfSocket { Socket: { } place } && place != socket)
            found.Unsupported(element, $"graphics 'socket' attribute '{socket}' must match 'socket' attribute of first listen element (found '{place}')");
    }
}
