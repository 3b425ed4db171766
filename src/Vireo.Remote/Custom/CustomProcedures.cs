using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Rpc.Server;
using Vireo.Rpc.Xdr;

namespace Vireo.Remote.Custom;

/// <summary>The procedures that no shape fits: those with streams.</summary>
static class CustomProcedures
{
    // virDomainOpenConsole: domain, ?device, uint flags; no result, then a stream both ways
    internal static void Run201(RemoteSession session, RpcCall call, ref XdrReader r)
    {
        DomainRef domain = Codec.ReadDomainRef(ref r);
        string? device = r.ReadOptionalString(Codec.Text);
        var flags = (DomainConsoleFlags)r.ReadUInt();
        session.RequireWrite("virDomainOpenConsole", ErrorDomain.Domain);
        session.Demand(DomainRight.OpenDevice, domain);
        var target = session.Require<IDomainConsoles>("virDomainOpenConsole", ErrorDomain.Domain);
        var bridge = new StreamBridge();
        Open(call, bridge, target.OpenConsoleAsync(domain, device, flags, bridge, session.Ended));
    }

    // virDomainOpenChannel: domain, ?name, uint flags; no result, then a stream both ways
    internal static void Run296(RemoteSession session, RpcCall call, ref XdrReader r)
    {
        DomainRef domain = Codec.ReadDomainRef(ref r);
        string? name = r.ReadOptionalString(Codec.Text);
        var flags = (DomainChannelFlags)r.ReadUInt();
        session.RequireWrite("virDomainOpenChannel", ErrorDomain.Domain);
        session.Demand(DomainRight.OpenDevice, domain);
        var target = session.Require<IDomainChannels>("virDomainOpenChannel", ErrorDomain.Domain);
        var bridge = new StreamBridge();
        Open(call, bridge, target.OpenChannelAsync(domain, name, flags, bridge, session.Ended));
    }

    static void Open(RpcCall call, StreamBridge bridge, ValueTask<IStreamHandler> opening)
    {
        if (opening.IsCompletedSuccessfully)
            Reply(call, bridge, opening.Result);
        else
            _ = OpenLaterAsync(call, bridge, opening);
    }

    static async Task OpenLaterAsync(RpcCall call, StreamBridge bridge, ValueTask<IStreamHandler> opening)
    {
        try
        {
            Reply(call, bridge, await opening.ConfigureAwait(false));
        }
        catch (Exception failure)
        {
            call.Fail(RpcErrors.From(failure));
        }
    }

    static void Reply(RpcCall call, StreamBridge bridge, IStreamHandler handler)
    {
        bridge.Join(call.OpenStream(bridge), handler);
        XdrWriter reply = call.BeginReply();
        call.Reply(ref reply);
    }
}
