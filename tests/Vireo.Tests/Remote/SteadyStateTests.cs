using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Qemu;
using Vireo.Host;
using Vireo.Host.Processes;
using Vireo.Hypervisor.Stores;
using Vireo.Model.Domain;
using Vireo.Remote;
using Vireo.Rights;
using Vireo.Rpc.Messages;
using Vireo.Rpc.Posix;
using Vireo.Rpc.Server;
using Vireo.Rpc.Xdr;
using Vireo.Tests.Hypervisor;
using Vireo.Tests.Rpc;
using Xunit;

namespace Vireo.Tests.Remote;

/// <summary>A server that has been asked before answers inline calls without making garbage: all the way to the QEMU driver and back.</summary>
public sealed class SteadyStateTests : IAsyncLifetime
{
    const int Open = 1, LoginMethods = 66, DomainByName = 23, Calls = 10_000;

    readonly string root = Directory.CreateTempSubdirectory("vireo-steady").FullName;
    readonly ProcessHost processes = new(new Launcher("/nonexistent"));
    QemuDriver driver = null!;
    RpcServer server = null!;
    Socket client = null!;
    uint serial;

    public async ValueTask InitializeAsync()
    {
        HostPaths paths = HostPaths.System(root);
        DefinitionStore.Of(paths.Driver("qemu"), static xml => DomainDef.Parse(xml)).Save("test", Lives.One, $"""
            <domain type='qemu'><name>test</name><uuid>{Lives.One}</uuid><memory>65536</memory><vcpu>2</vcpu>
            <metadata><v:rights xmlns:v='urn:vireo:rights:1' owner='alice' tags='web'/></metadata>
            <os><type arch='x86_64' machine='pc'>hvm</type></os></domain>
            """);
        File.WriteAllText(Path.Join(root, "rights.toml"), """
            [[rules]]
            who = { user = "alice" }
            may = "operator"
            on = { kind = "domain", name = ["prod-*", "te?t*"], owner = "@caller" }
            [[rules]]
            who = "everybody"
            refuse = "domain.getattr"
            on = [{ tag = "hidden" }, { uuid = "00000000-0000-0000-0000-000000000009" }]
            """);
        driver = QemuDriver.Create(new QemuDriverOptions { Paths = paths, Processes = processes });
        await driver.StartAsync(CancellationToken.None);
        await driver.Settled;
        Connect(null);
    }

    void Connect(IAccessPolicy? access)
    {
        var services = new RemoteServices(new DriverSet(driver)) { Access = access, Identify = static caller => caller with { UserName = "alice" } };
        server = new RpcServer(new RpcServerOptions { Threads = 1 }, peer => [new RemoteSession(peer, services), new Gauge()], NullLogger.Instance);
        (int ours, int theirs) = UnixSocket.Pair();
        server.Attach(theirs, readOnly: false);
        client = ServerFixture.Wrap(ours);
        Ask(LoginMethods);
        var open = new XdrWriter(256);
        open.WriteOptionalString("qemu:///system", 100);
        open.WriteUInt(0);
        Ask(Open, open.Written);
        open.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        server.Dispose();
        await driver.StopAsync();
        processes.Dispose();
        Directory.Delete(root, true);
    }

    [Theory]
    [InlineData("CONNECT_GET_LIB_VERSION", 157, "")]
    [InlineData("DOMAIN_LOOKUP_BY_NAME", 23, "name")]
    [InlineData("DOMAIN_GET_STATE", 212, "domain and flags")]
    [InlineData("DOMAIN_GET_AUTOSTART", 15, "domain")]
    public void A_call_that_rules_allow_by_name_owner_and_tag_allocates_nothing_either(string name, int procedure, string arguments)
    {
        client.Dispose();
        server.Dispose();
        Connect(new RightsPolicy(Path.Join(root, "rights.toml")));
        A_call_that_was_made_before_allocates_nothing(name, procedure, arguments);
    }

    [Theory]
    [InlineData("CONNECT_GET_LIB_VERSION", 157, "")]
    [InlineData("CONNECT_NUM_OF_DOMAINS", 51, "")]
    [InlineData("DOMAIN_LOOKUP_BY_NAME", 23, "name")]
    [InlineData("DOMAIN_GET_INFO", 16, "domain")]
    [InlineData("DOMAIN_GET_STATE", 212, "domain and flags")]
    [InlineData("DOMAIN_IS_ACTIVE", 150, "domain")]
    [InlineData("DOMAIN_GET_MAX_MEMORY", 17, "domain")]
    [InlineData("DOMAIN_GET_AUTOSTART", 15, "domain")]
    public void A_call_that_was_made_before_allocates_nothing(string name, int procedure, string arguments)
    {
        var writer = new XdrWriter(256);
        writer.WriteString("test", 100);
        byte[] test = writer.Written.ToArray();
        writer.Dispose();
        byte[] payload = arguments switch
        {
            "" => [],
            "name" => test,
            "domain" => Ask(DomainByName, test),
            _ => [.. Ask(DomainByName, test), 0, 0, 0, 0],
        };
        // Enough for the pools, and for the compiler to settle on the code that it keeps.
        for (int i = 0; i < 200; i++)
            Ask(procedure, payload);
        long before = Allocated();
        for (int i = 0; i < Calls; i++)
            Ask(procedure, payload);
        long each = (Allocated() - before) / Calls;
        Assert.True(each == 0, $"{name} allocates {each} bytes a call");
    }

    [Theory]
    [InlineData("CONNECT_LIST_ALL_DOMAINS", 273, new byte[] { 0, 0, 0, 1, 0, 0, 0, 0 }, 32)]
    [InlineData("CONNECT_LIST_DEFINED_DOMAINS", 21, new byte[] { 0, 0, 0, 16 }, 8)]
    [InlineData("CONNECT_LIST_DOMAINS", 37, new byte[] { 0, 0, 0, 16 }, 0)]
    public void A_list_allocates_its_answer_and_little_beside_it(string name, int procedure, byte[] arguments, int item)
    {
        const int ArrayHead = 24, Enumeration = 160;
        for (int i = 0; i < 200; i++)
            Ask(procedure, arguments);
        long before = Allocated();
        for (int i = 0; i < Calls; i++)
            Ask(procedure, arguments);
        long each = (Allocated() - before) / Calls;
        Assert.True(each <= ArrayHead + item + Enumeration, $"{name} allocates {each} bytes a call");
    }

    [Fact]
    public void The_times_of_a_process_are_read_without_garbage()
    {
        ProcTimes.Read(Environment.ProcessId);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
            Assert.NotNull(ProcTimes.Read(Environment.ProcessId));
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void An_event_reaches_a_client_without_garbage()
    {
        const int RegisterAny = 316;
        var hub = new EventHub<DomainEvent>();
        var services = new RemoteServices(new DriverSet(new Announcer(hub)));
        using var told = new RpcServer(new RpcServerOptions { Threads = 1 }, peer => [new RemoteSession(peer, services)], NullLogger.Instance);
        (int ours, int theirs) = UnixSocket.Pair();
        told.Attach(theirs, readOnly: false);
        client.Dispose();
        client = ServerFixture.Wrap(ours);
        Ask(LoginMethods);
        var open = new XdrWriter(256);
        open.WriteOptionalString("announcer:///", 100);
        open.WriteUInt(0);
        Ask(Open, open.Written);
        open.Dispose();
        Ask(RegisterAny, [0, 0, 0, 0, 0, 0, 0, 0]);
        var raised = new DomainLifecycleEvent(new DomainRef("test", Lives.One, -1), DomainEventType.Started, 0);
        Span<byte> sink = stackalloc byte[256];
        Raise(200, sink);
        Assert.Equal(0, Raise(Calls, sink) / Calls);

        long Raise(int times, Span<byte> room)
        {
            long allocated = 0;
            for (int i = 0; i < times; i++)
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                hub.Raise(raised);
                allocated += GC.GetAllocatedBytesForCurrentThread() - before;
                Assert.True(client.Receive(room) > 0);
            }
            return allocated;
        }
    }

    long Allocated()
    {
        byte[] answer = Ask(Gauge.Allocated, program: Gauge.Number);
        return System.Buffers.Binary.BinaryPrimitives.ReadInt64BigEndian(answer);
    }

    byte[] Ask(int procedure, ReadOnlySpan<byte> payload = default, uint program = Gauge.Remote)
    {
        client.Send(Bytes.Message(procedure, ++serial, payload, program: program));
        (MessageHeader header, byte[] answer) = Bytes.ReadFrame(client)!.Value;
        Assert.Equal((serial, MessageStatus.Ok), (header.Serial, header.Status));
        return answer;
    }

    /// <summary>A driver that tells events and does nothing else.</summary>
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

    /// <summary>Tells what the thread that serves it has allocated so far.</summary>
    sealed class Gauge : IRpcProgram
    {
        internal const uint Remote = 0x20008086, Number = 0x7fff0001;
        internal const int Allocated = 1;

        public uint Program => Number;
        public uint Version => 1;
        public ProcedureTraits? Find(int procedure) => new ProcedureTraits(Inline: true, NeedsLogin: false);

        public void Dispatch(RpcCall call, scoped ref XdrReader arguments)
        {
            XdrWriter reply = call.BeginReply();
            reply.WriteHyper(GC.GetAllocatedBytesForCurrentThread());
            call.Reply(ref reply);
        }

        public void Closed() { }
    }
}
