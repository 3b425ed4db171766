using Vireo.Driver;
using Vireo.Rpc.Xdr;

namespace Vireo.Remote;

sealed partial class RemoteDomainConsoles
{
    public ValueTask<IStreamHandler> OpenConsoleAsync(
        DomainRef domain, string? device, DomainConsoleFlags flags, IStreamSink sink, CancellationToken cancel)
    {
        XdrWriter call = client.BeginCall(201);
        Codec.WriteDomainRef(ref call, domain, AnswerContext.Everything);
        call.WriteOptionalString(device, Codec.Text);
        call.WriteUInt((uint)flags);
        return Custom.StreamPump.StartAsync(client.OpenStreamAsync(ref call, cancel), sink);
    }
}

sealed partial class RemoteDomainChannels
{
    public ValueTask<IStreamHandler> OpenChannelAsync(
        DomainRef domain, string? name, DomainChannelFlags flags, IStreamSink sink, CancellationToken cancel)
    {
        XdrWriter call = client.BeginCall(296);
        Codec.WriteDomainRef(ref call, domain, AnswerContext.Everything);
        call.WriteOptionalString(name, Codec.Text);
        call.WriteUInt((uint)flags);
        return Custom.StreamPump.StartAsync(client.OpenStreamAsync(ref call, cancel), sink);
    }
}

sealed partial class RemoteConnectionInfo
{
    public ValueTask<bool> SupportsFeatureAsync(DriverFeature feature, CancellationToken cancel) =>
        client.Session.SupportsFeatureAsync(feature, cancel);
}
