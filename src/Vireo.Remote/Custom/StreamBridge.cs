using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Rpc.Server;

namespace Vireo.Remote.Custom;

/// <summary>Ties a driver's stream to the client's: each sees the other through the interface it knows.</summary>
/// <param name="sparse">The client asked for holes.</param>
sealed class StreamBridge(bool sparse) : IStreamSink, IRpcStreamHandler
{
    IRpcStream? stream;
    IStreamHandler? driver;

    /// <summary>Joins both ends; the reply goes out next. The driver comes first: a client that is gone ends its stream as it is opened.</summary>
    internal void Join(RpcCall call, IStreamHandler handler)
    {
        driver = handler;
        stream = call.OpenStream(this);
    }

    IRpcStream Client => stream ?? throw new InvalidOperationException("a driver sends when it is told Ready, not before");

    public bool Send(ReadOnlySpan<byte> data) => Client.Send(data);

    public bool SendHole(long length)
    {
        if (sparse)
            return Client.SendHole(length);
        bool more = true;
        for (; length > 0; length -= Math.Min(length, zeros.Length))
            more = Client.Send(zeros.AsSpan(0, (int)Math.Min(length, zeros.Length)));
        return more;
    }

    static readonly byte[] zeros = new byte[65_536];

    public void Resume() => Client.Resume();

    public void End() => Client.End();

    public void Fail(VirError error) => Client.Fail(error);

    public void Ready() => driver!.Ready();

    public bool Received(ReadOnlySpan<byte> data) => driver!.Received(data);

    public bool Sparse => sparse;

    public bool ReceivedHole(long length) => driver!.ReceivedHole(length);

    public void Finished() => driver!.Finished();

    public ValueTask FinishedAsync() => driver!.FinishedAsync();

    public void Aborted() => driver!.Aborted();
}
