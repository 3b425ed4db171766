using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Win32.SafeHandles;
using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Remote;
using Vireo.Rpc.Client;
using Vireo.Rpc.Posix;
using Vireo.Rpc.Server;
using Vireo.Rpc.Xdr;
using Vireo.Tests.Hypervisor;
using Vireo.Tests.Remote.Forward;
using Xunit;

namespace Vireo.Tests.Remote;

/// <summary>What travels beside payloads, from client to driver and back: descriptors, and streams with holes.</summary>
public class BesideTests : IDisposable
{
    static readonly DomainRef guest = new("guest", new Uuid([.. Enumerable.Range(1, 16).Select(i => (byte)i)]), 1);
    static readonly StorageVolumeRef volume = new("pool", "volume", "key");

    readonly string folder = Directory.CreateTempSubdirectory("vireo-beside-").FullName;
    readonly Keeper driver;
    readonly RpcServer server;
    readonly DaemonsOfAHost? behind;

    public BesideTests() : this(proxied: false)
    {
    }

    private protected BesideTests(bool proxied)
    {
        driver = new Keeper(folder);
        behind = proxied ? new DaemonsOfAHost(driver, "keeper:///") : null;
        var services = new RemoteServices(new DriverSet(behind ?? (IDriver)driver));
        server = new RpcServer(new RpcServerOptions { Threads = 1 }, peer => RemoteSession.Programs(peer, services), NullLogger.Instance);
    }

    public void Dispose()
    {
        server.Dispose();
        behind?.Dispose();
        GC.SuppressFinalize(this);
        Directory.Delete(folder, recursive: true);
    }

    string Name => behind is null ? "keeper:///" : "qemu:///system";

    IRpcChannel Channel(bool blocking)
    {
        (int ours, int theirs) = UnixSocket.Pair();
        server.Attach(theirs, readOnly: false);
        return blocking ? new BlockingRpcChannel(ours) : AsyncRpcChannel.Over(ours);
    }

    async Task<RemoteClient> OpenAsync(bool blocking) => await RemoteClient.OpenAsync(Channel(blocking), Name, readOnly: false, default);

    SafeFileHandle Holding(string text)
    {
        string path = Path.Combine(folder, Guid.NewGuid().ToString());
        File.WriteAllText(path, text);
        return File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite);
    }

    static string Read(SafeFileHandle file)
    {
        byte[] bytes = new byte[100];
        return System.Text.Encoding.ASCII.GetString(bytes, 0, RandomAccess.Read(file, bytes, 0));
    }

    /// <summary>How many descriptors of this test's files there are: those of tests that run beside it do not count.</summary>
    int Descriptors() => new DirectoryInfo("/proc/self/fd").EnumerateFileSystemInfos()
        .Count(entry => entry.LinkTarget?.StartsWith(folder, StringComparison.Ordinal) is true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Descriptors_go_to_the_driver_and_come_back(bool blocking)
    {
        await using RemoteClient client = await OpenAsync(blocking);
        var graphics = client.Capabilities.Find<IDomainGraphics>()!;
        var monitor = client.Capabilities.Find<IQemuMonitorFiles>()!;
        for (int i = 0; i < 3; i++)
        {
            using (SafeFileHandle given = await graphics.OpenGraphicsAsync(guest, 7, DomainOpenGraphicsFlags.None, default))
                Assert.Equal("display 7", Read(given));
            using SafeFileHandle first = Holding("one"), second = Holding("two");
            await graphics.OpenGraphicsAsync(guest, 1, DomainOpenGraphicsFlags.SkipAuthentication, first, default);
            Assert.Equal("one", driver.Seen);
            WithFiles<string> both = await monitor.RunMonitorCommandAsync(guest, "swap", [first, second], default, default);
            Assert.Equal(("swap of 2", "two", "one"), (both.Result, Read(both.Files[0]), Read(both.Files[1])));
            Array.ForEach(both.Files, file => file.Dispose());
            Assert.Equal("plain", await client.Capabilities.Find<IConnectionInfo>()!.GetHostnameAsync(default));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Descriptors_of_refused_calls_are_closed_and_so_are_surplus_ones(bool blocking)
    {
        await using RemoteClient client = await OpenAsync(blocking);
        var graphics = client.Capabilities.Find<IDomainGraphics>()!;
        var files = client.Capabilities.Find<IDomainFiles>()!;
        using SafeFileHandle one = Holding("one");
        async Task RefusedAsync()
        {
            await Assert.ThrowsAsync<VireoException>(async () => await graphics.OpenGraphicsAsync(guest, 13, default, one, default));
            await Assert.ThrowsAsync<VireoException>(async () => await graphics.OpenGraphicsAsync(guest, 13, default, default));
            var refused = await Assert.ThrowsAsync<VireoException>(async () => await files.AssociateFilesAsync(guest, "x", default, [one, one], default));
            Assert.Equal(ErrorCode.NoSupport, refused.Code);
        }
        int before = Descriptors();
        for (int i = 0; i < 10; i++)
            await RefusedAsync();
        // The answer may be here a little before the daemon has let the call go.
        await Lives.Until(() => Descriptors() == before);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () =>
            await files.AssociateFilesAsync(guest, "x", default, [.. Enumerable.Repeat(one, 33)], default));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_download_has_holes_only_if_they_were_asked_for(bool sparse)
    {
        await using RemoteClient client = await OpenAsync(blocking: false);
        var sink = new Sink();
        IStreamHandler handler = await client.Capabilities.Find<IStorageVolumeData>()!.DownloadAsync(
            volume, 0, 0, sparse ? StorageVolumeDownloadFlags.SparseStream : StorageVolumeDownloadFlags.None, sink, default);
        sink.Use(handler);
        await sink.Ended.Task.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        handler.Finished();
        Assert.Equal(sparse ? "ab hole 200000 c hole 5" : "ab zeros 200000 c zeros 5", sink.Heard);
    }

    [Fact]
    public async Task Holes_of_an_upload_reach_the_driver()
    {
        await using RemoteClient client = await OpenAsync(blocking: false);
        IStreamHandler handler = await client.Capabilities.Find<IStorageVolumeData>()!.UploadAsync(
            volume, 0, 0, StorageVolumeUploadFlags.SparseStream, new Sink(), default);
        handler.Ready();
        handler.Received("ab"u8);
        handler.ReceivedHole(1L << 40);
        handler.Received("c"u8);
        handler.Finished();
        Assert.Equal("ab hole 1099511627776 c", await driver.Uploaded.Task.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Both_channels_tell_holes_and_give_zeros_to_those_who_do_not_look(bool blocking)
    {
        await using IRpcChannel channel = Channel(blocking);
        await using RemoteClient client = await RemoteClient.OpenAsync(channel, Name, readOnly: false, default);
        byte[] buffer = new byte[65_536];
        await using (IClientStream pieces = await StreamAsync(channel, 209, 1))
        {
            var told = new List<StreamPiece>();
            while (await pieces.ReceivePieceAsync(buffer, default) is var piece && piece != default)
                told.Add(piece);
            Assert.Equal([new(2, 0), new(0, 200_000), new(1, 0), new(0, 5)], told);
            await pieces.FinishAsync(default);
        }
        await using (IClientStream bytes = await StreamAsync(channel, 209, 1))
        {
            using var all = new MemoryStream();
            while (await bytes.ReceiveAsync(buffer, default) is > 0 and int count)
                all.Write(buffer, 0, count);
            Assert.Equal([.. "ab"u8, .. new byte[200_000], .. "c"u8, .. new byte[5]], all.ToArray());
            await bytes.FinishAsync(default);
        }
        await using IClientStream up = await StreamAsync(channel, 208, 1);
        await up.SendAsync("ab"u8.ToArray(), default);
        await up.SendHoleAsync(77, default);
        await up.FinishAsync(default);
        Assert.Equal("ab hole 77", await driver.Uploaded.Task.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_hole_that_the_driver_refuses_ends_the_stream_with_its_error(bool blocking)
    {
        await using IRpcChannel channel = Channel(blocking);
        await using RemoteClient client = await RemoteClient.OpenAsync(channel, Name, readOnly: false, default);
        await using IClientStream up = await StreamAsync(channel, 208, 1);
        await up.SendHoleAsync(666, default);
        var refused = await Assert.ThrowsAsync<VireoException>(async () => await up.FinishAsync(default));
        Assert.Equal("operation failed: no such hole", refused.Message);
        Assert.Equal("plain", await client.Capabilities.Find<IConnectionInfo>()!.GetHostnameAsync(default));
    }

    static async Task<IClientStream> StreamAsync(IRpcChannel channel, int procedure, uint flags) =>
        (await Opening(channel, procedure, flags)).Stream;

    static ValueTask<OpenedStream<bool>> Opening(IRpcChannel channel, int procedure, uint flags)
    {
        XdrWriter call = channel.BeginCall(0x20008086, 1, procedure);
        foreach (string text in new[] { volume.Pool, volume.Name, volume.Key })
            call.WriteString(text, 100);
        call.WriteHyper(0);
        call.WriteHyper(0);
        call.WriteUInt(flags);
        return channel.OpenStreamAsync(ref call, static (ref XdrReader _) => true, default);
    }

    /// <summary>Writes down what it hears: data as text, runs of zeros and holes as their length.</summary>
    sealed class Sink : IStreamSink
    {
        readonly List<string> heard = [];
        IStreamHandler? handler;
        int zeros;

        public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Heard => string.Join(' ', heard);

        public void Use(IStreamHandler from)
        {
            handler = from;
            handler.Ready();
        }

        public bool Send(ReadOnlySpan<byte> data)
        {
            foreach (byte unit in data)
            {
                if (unit is 0)
                {
                    zeros++;
                    continue;
                }
                EndZeros();
                if (heard.Count > 0 && heard[^1].Length is 1)
                    heard[^1] += (char)unit;
                else
                    heard.Add($"{(char)unit}");
            }
            return true;
        }

        void EndZeros()
        {
            if (zeros > 0)
                heard.Add($"zeros {zeros}");
            zeros = 0;
        }

        public bool SendHole(long length)
        {
            heard.Add($"hole {length}");
            return true;
        }

        public void Resume() { }

        public void End()
        {
            EndZeros();
            Ended.TrySetResult();
        }

        public void Fail(VirError error) => Ended.TrySetException(new VireoException(error));
    }

    /// <summary>A driver that keeps what it is given.</summary>
    sealed class Keeper(string folder) : IDriver, IDriverConnection, IConnectionInfo, IDomainGraphics, IQemuMonitorFiles, IStorageVolumeData
    {
        public string Type => "KEEPER";
        public string Uri => "keeper:///";
        public string Seen { get; private set; } = "";
        public TaskCompletionSource<string> Uploaded { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public CapabilitySet Capabilities => CapabilitySet.Of<IConnectionInfo>(this).And<IDomainGraphics>(this).And<IQemuMonitorFiles>(this)
            .And<IStorageVolumeData>(this);

        public ValueTask<IDriverConnection?> OpenAsync(ConnectionUri? uri, Caller caller, CancellationToken cancel) => new(this);
        public ValueTask DisposeAsync() => default;
        public ValueTask<string> GetTypeAsync(CancellationToken cancel) => new(Type);
        public ValueTask<ulong> GetVersionAsync(CancellationToken cancel) => new(1ul);
        public ValueTask<ulong> GetLibraryVersionAsync(CancellationToken cancel) => new(1ul);
        public ValueTask<string> GetHostnameAsync(CancellationToken cancel) => new("plain");
        public ValueTask<string> GetUriAsync(CancellationToken cancel) => new(Uri);
        public ValueTask<bool> IsSecureAsync(CancellationToken cancel) => new(true);
        public ValueTask<bool> SupportsFeatureAsync(DriverFeature feature, CancellationToken cancel) => new(false);

        public ValueTask OpenGraphicsAsync(DomainRef domain, uint index, DomainOpenGraphicsFlags flags, SafeFileHandle socket, CancellationToken cancel)
        {
            using (socket)
                Seen = index is 13 ? throw new VireoException(ErrorCode.OperationFailed, ErrorDomain.Qemu, "unlucky") : Read(socket);
            return default;
        }

        public async ValueTask<SafeFileHandle> OpenGraphicsAsync(DomainRef domain, uint index, DomainOpenGraphicsFlags flags, CancellationToken cancel)
        {
            await Task.Yield();
            if (index is 13)
                throw new VireoException(ErrorCode.OperationFailed, ErrorDomain.Qemu, "unlucky");
            string path = Path.Combine(folder, "display");
            await File.WriteAllTextAsync(path, $"display {index}", cancel);
            return File.OpenHandle(path);
        }

        public ValueTask<WithFiles<string>> RunMonitorCommandAsync(
            DomainRef domain, string command, SafeFileHandle[] files, QemuMonitorCommandFlags flags, CancellationToken cancel) =>
            new(new WithFiles<string>($"{command} of {files.Length}", [.. files.Reverse()]));

        public ValueTask<IStreamHandler> UploadAsync(
            StorageVolumeRef volume, ulong offset, ulong length, StorageVolumeUploadFlags flags, IStreamSink client, CancellationToken cancel) =>
            new(new Receiver(this));

        public ValueTask<IStreamHandler> DownloadAsync(
            StorageVolumeRef volume, ulong offset, ulong length, StorageVolumeDownloadFlags flags, IStreamSink client, CancellationToken cancel) =>
            new(new Sender(client));

        sealed class Sender(IStreamSink client) : IStreamHandler
        {
            bool sent;

            public void Ready()
            {
                if (sent)
                    return;
                sent = true;
                client.Send("ab"u8);
                client.SendHole(200_000);
                client.Send("c"u8);
                client.SendHole(5);
                client.End();
            }

            public bool Received(ReadOnlySpan<byte> data) => true;
            public void Finished() { }
            public void Aborted() { }
        }

        sealed class Receiver(Keeper keeper) : IStreamHandler
        {
            readonly List<string> got = [];

            public void Ready() { }

            public bool Received(ReadOnlySpan<byte> data)
            {
                got.Add(System.Text.Encoding.ASCII.GetString(data));
                return true;
            }

            public bool ReceivedHole(long length)
            {
                if (length is 666)
                    throw new VireoException(ErrorCode.OperationFailed, ErrorDomain.Storage, "no such hole");
                got.Add($"hole {length}");
                return true;
            }

            public void Finished() => keeper.Uploaded.TrySetResult(string.Join(' ', got));
            public void Aborted() { }
        }
    }
}

/// <summary>The same through a daemon that hands everything on to another.</summary>
public sealed class ProxiedBesideTests() : BesideTests(proxied: true);
