using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Rpc.Server;

namespace Vireo.Remote.Custom;

/// <summary>Ties a driver's stream to the client's: each sees the other through the interface it knows.</summary>
sealed class StreamBridge : IStreamSink, IRpcStreamHandler
{
    IRpcStream? stream;
    IStreamHandler? driver;

    /// <summary>Both ends are there; the reply goes out next.</summary>
    internal void Join(IRpcStream client, IStreamHandler handler)
    {
        driver = handler;
        stream = client;
    }

    IRpcStream Client => stream ?? throw new InvalidOperationException("a driver sends when it is told Ready, not before");

    public bool Send(ReadOnlySpan<byte> data) => Client.Send(data);

    public void Resume() => Client.Resume();

    public void End() => Client.End();

    public void Fail(VirError error) => Client.Fail(error);

    public void Ready() => driver!.Ready();

    public bool Received(ReadOnlySpan<byte> data) => driver!.Received(data);

    public void Finished() => driver!.Finished();

    public void Aborted() => driver!.Aborted();
}
