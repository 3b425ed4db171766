using Vireo.Driver;
using Vireo.Rpc.Client;
using Vireo.Rpc.Posix;
using Vireo.Rpc.Server;
using Vireo.Tests.Hypervisor;
using Microsoft.Extensions.Logging.Abstractions;
using Vireo.Remote;
using Vireo.Rpc.Xdr;
using Xunit;

namespace Vireo.Tests.Remote.Forward;

/// <summary>A client that opens a download and does not read it: what is kept for it is bounded, at every daemon on the way.</summary>
public sealed class StreamFlowTests : IDisposable
{
    const int Total = 64 * 1024 * 1024, Piece = 256 * 1024, Enough = 24 * 1024 * 1024;

    readonly Source driver = new();
    readonly DaemonsOfAHost host;
    readonly RpcServer front;

    public StreamFlowTests()
    {
        host = new DaemonsOfAHost(driver, "source:///");
        var services = new RemoteServices(new DriverSet(host));
        front = new RpcServer(new RpcServerOptions { Threads = 1 }, peer => RemoteSession.Programs(peer, services), NullLogger.Instance);
    }

    public void Dispose()
    {
        front.Dispose();
        host.Dispose();
    }

    [Fact]
    public async Task What_nobody_reads_is_not_kept_and_comes_whole_to_who_reads_it_later()
    {
        (int ours, int theirs) = UnixSocket.Pair();
        front.Attach(theirs, readOnly: false);
        await using var channel = new BlockingRpcChannel(ours);
        await using RemoteClient client = await RemoteClient.OpenAsync(channel, "qemu:///system", readOnly: false, default);
        XdrWriter call = channel.BeginCall(0x20008086, 1, 209);
        foreach (string text in (string[])["pool", "volume", "key"])
            call.WriteString(text, 100);
        call.WriteHyper(0);
        call.WriteHyper(0);
        call.WriteUInt(0);
        await using IClientStream stream = (await channel.OpenStreamAsync(ref call, static (ref XdrReader _) => true, default)).Stream;
        // It stops by itself, well before the end, and does not go on.
        await Lives.Until(() => driver.Waits);
        Assert.True(driver.Sent < Enough, $"{driver.Sent} bytes were sent to nobody");
        byte[] buffer = new byte[Piece];
        long read = 0;
        while (await stream.ReceiveAsync(buffer, default) is > 0 and int count)
            read += count;
        Assert.Equal(Total, read);
        await stream.FinishAsync(default);
    }

    /// <summary>A driver with one volume, which it sends as fast as it may.</summary>
    sealed class Source : IDriver, IDriverConnection, IConnectionInfo, IStorageVolumeData
    {
        long sent;
        volatile int waits;

        public long Sent => Volatile.Read(ref sent);

        /// <summary>It has been told to wait, and nobody has told it to go on since.</summary>
        public bool Waits => waits is 1 && Quiet();

        // Ready comes again whenever a packet left: what has not moved between two looks of a busy machine has stopped.
        bool Quiet()
        {
            long before = Sent;
            for (int i = 0; i < 50; i++)
            {
                Thread.Sleep(10);
                if (Sent != before)
                    return false;
            }
            return true;
        }

        public string Type => "SOURCE";
        public string Uri => "source:///";
        public CapabilitySet Capabilities => CapabilitySet.Of<IConnectionInfo>(this).And<IStorageVolumeData>(this);
        public ValueTask<IDriverConnection?> OpenAsync(ConnectionUri? uri, Caller caller, CancellationToken cancel) => new(this);
        public ValueTask DisposeAsync() => default;
        public ValueTask<string> GetTypeAsync(CancellationToken cancel) => new(Type);
        public ValueTask<ulong> GetVersionAsync(CancellationToken cancel) => new(1ul);
        public ValueTask<ulong> GetLibraryVersionAsync(CancellationToken cancel) => new(1ul);
        public ValueTask<string> GetHostnameAsync(CancellationToken cancel) => new("here");
        public ValueTask<string> GetUriAsync(CancellationToken cancel) => new(Uri);
        public ValueTask<bool> IsSecureAsync(CancellationToken cancel) => new(true);
        public ValueTask<bool> SupportsFeatureAsync(DriverFeature feature, CancellationToken cancel) => new(false);

        public ValueTask<IStreamHandler> UploadAsync(
            StorageVolumeRef volume, ulong offset, ulong length, StorageVolumeUploadFlags flags, IStreamSink client, CancellationToken cancel) =>
            throw new NotSupportedException();

        public ValueTask<IStreamHandler> DownloadAsync(
            StorageVolumeRef volume, ulong offset, ulong length, StorageVolumeDownloadFlags flags, IStreamSink client, CancellationToken cancel) =>
            new(new Sender(this, client));

        sealed class Sender(Source source, IStreamSink client) : IStreamHandler
        {
            static readonly byte[] piece = new byte[Piece];

            public void Ready()
            {
                source.waits = 0;
                while (source.Sent < Total)
                {
                    Volatile.Write(ref source.sent, source.sent + Piece);
                    if (!client.Send(piece))
                    {
                        source.waits = 1;
                        return;
                    }
                }
                client.End();
            }

            public bool Received(ReadOnlySpan<byte> data) => true;
            public void Finished() { }
            public void Aborted() { }
        }
    }
}
