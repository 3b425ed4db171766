using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Vireo.Driver;
using Vireo.Remote;
using Vireo.Rpc.Messages;
using Vireo.Rpc.Posix;
using Vireo.Rpc.Server;
using Vireo.Rpc.Xdr;
using Vireo.Tests.Hypervisor;
using Vireo.Tests.Rpc;
using Xunit;

namespace Vireo.Tests.Remote;

/// <summary>A subscriber that does not read: the others have every event, and what waits for it has a bound.</summary>
public sealed class StuckSubscriberTests : IDisposable
{
    const int Login = 66, Open = 1, RegisterAny = 316;
    const int Bound = 64 * 1024, Smallest = 64; // bytes, of all events that wait, and less than one has
    const uint RemoteProgram = 0x20008086;

    readonly EventHub<DomainEvent> hub = new();
    readonly Ear log = new();
    readonly RpcServer server;

    public StuckSubscriberTests()
    {
        var services = new RemoteServices(new DriverSet(new Announcer(hub)));
        server = new RpcServer(
            new RpcServerOptions { Threads = 1, MaxQueuedEventBytes = Bound }, peer => RemoteSession.Programs(peer, services), log);
    }

    public void Dispose() => server.Dispose();

    [Fact]
    public void Others_have_every_event_in_order_while_one_does_not_read_and_it_is_let_go_at_the_bound()
    {
        using Socket stuck = Subscribe(), lively = Subscribe();
        stuck.ReceiveBufferSize = 4096;
        int raised = 0;
        while (!log.GaveUp)
        {
            Assert.True(raised < 100_000, "nobody gives up a client that does not read");
            hub.Raise(new DomainLifecycleEvent(new DomainRef($"machine{raised++}", Lives.One, -1), DomainEventType.Started, 0));
            Assert.Equal($"machine{raised - 1}", NameIn(Bytes.ReadFrame(lively)!.Value.Payload));
        }
        // What it was sent is in its socket; what waited besides was never more than the bound.
        int had = 0;
        while (Bytes.ReadFrame(stuck) is var (_, payload))
            Assert.Equal($"machine{had++}", NameIn(payload));
        Assert.InRange(raised - had, 2, Bound / Smallest);
        hub.Raise(new DomainLifecycleEvent(new DomainRef("last", Lives.One, -1), DomainEventType.Started, 0));
        Assert.Equal("last", NameIn(Bytes.ReadFrame(lively)!.Value.Payload));
    }

    // callback id, then the domain, whose name comes first
    static string NameIn(byte[] body)
    {
        var reader = new XdrReader(body);
        reader.ReadInt();
        return reader.ReadString(100);
    }

    Socket Subscribe()
    {
        (int ours, int theirs) = UnixSocket.Pair();
        server.Attach(theirs, readOnly: false);
        Socket client = ServerFixture.Wrap(ours);
        Ask(client, Login, []);
        var open = new XdrWriter(64);
        open.WriteOptionalString("announcer:///", 100);
        open.WriteUInt(0);
        Ask(client, Open, open.Written);
        open.Dispose();
        Ask(client, RegisterAny, new byte[8]);
        return client;
    }

    static void Ask(Socket client, int procedure, ReadOnlySpan<byte> arguments)
    {
        client.Send(Bytes.Message(procedure, 1, arguments, program: RemoteProgram));
        Assert.Equal(MessageStatus.Ok, Bytes.ReadFrame(client)!.Value.Header.Status);
    }

    /// <summary>Hears the warning, which comes on the thread that raises.</summary>
    sealed class Ear : ILogger
    {
        internal bool GaveUp { get; private set; }

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            GaveUp |= eventId.Name == "EventsUnread";
    }

    sealed class Announcer(EventHub<DomainEvent> hub) : IDriver, IDriverConnection, IDomainEvents
    {
        public string Type => "ANNOUNCER";
        public string Uri => "announcer:///";
        public CapabilitySet Capabilities => CapabilitySet.Of<IDomainEvents>(this);

        public ValueTask<IDriverConnection?> OpenAsync(ConnectionUri? uri, Caller caller, CancellationToken cancel) => new(this);

        public ValueTask<IAsyncDisposable> SubscribeAsync(
            DomainEventId kind, DomainRef? only, Action<DomainEvent> sink, CancellationToken cancel) => new(hub.Subscribe(kind, only, sink));

        public ValueTask DisposeAsync() => default;
    }
}
