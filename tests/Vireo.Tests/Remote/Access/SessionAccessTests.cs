using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Remote;
using Vireo.Rpc.Server;
using Vireo.Rpc.Xdr;
using Vireo.Tests.Hypervisor;
using Xunit;

namespace Vireo.Tests.Remote.Access;

/// <summary>What a session does with a policy's answers.</summary>
public sealed class SessionAccessTests
{
    const int Open = 1, ConnectType = 3, SetIdentity = 419, RegisterAny = 316, DomainInfo = 16;

    static RecordedCall Run(RemoteSession session, int procedure, ReadOnlySpan<byte> arguments = default)
    {
        var call = new RecordedCall(session.Peer, procedure);
        var reader = new XdrReader(arguments);
        session.Dispatch(call, ref reader);
        return call;
    }

    static byte[] Written(Action<Buffer> write)
    {
        var buffer = new Buffer();
        write(buffer);
        return [.. buffer.Bytes];
    }

    sealed class Buffer
    {
        public List<byte> Bytes { get; } = [];

        public Buffer Add(WriteTo write)
        {
            var writer = new XdrWriter(256);
            write(ref writer);
            Bytes.AddRange(writer.Written);
            writer.Dispose();
            return this;
        }

        public Buffer Word(int value) => Add((ref XdrWriter w) => w.WriteInt(value));

        public Buffer Text(string value) => Add((ref XdrWriter w) => w.WriteString(value, 1000));

        public delegate void WriteTo(ref XdrWriter writer);
    }

    sealed class Policy(Func<AccessQuestion, bool> rule, bool mayWait = false) : IAccessPolicy
    {
        public string Name => "test";
        public bool MayWait => mayWait;
        public bool Allows(in AccessQuestion question) => rule(question);
    }

    /// <summary>A driver with one domain, which it knows by uuid, and a hub of events.</summary>
    sealed class OneDomain : IDriver, IDriverConnection, IDomainEvents, IDomainLookup
    {
        public EventHub<DomainEvent> Hub { get; } = new();
        public string Type => "ONE";
        public string Uri => "one:///";
        public bool Closed { get; private set; }
        public CapabilitySet Capabilities => CapabilitySet.Of<IDomainEvents>(this).And<IDomainLookup>(this);

        public ValueTask<IDriverConnection?> OpenAsync(ConnectionUri? uri, Caller caller, CancellationToken cancel) => new(this);

        public ValueTask<IAsyncDisposable> SubscribeAsync(DomainEventId kind, DomainRef? only, Action<DomainEvent> sink, CancellationToken cancel) =>
            new(Hub.Subscribe(kind, only, sink));

        public ValueTask<DomainRef> LookupByIdAsync(int id, CancellationToken cancel) => throw None();
        public ValueTask<DomainRef> LookupByNameAsync(string name, CancellationToken cancel) => throw None();
        public ValueTask<DomainRef> LookupByUuidAsync(Vireo.Core.Uuid uuid, CancellationToken cancel) => throw None();

        static VireoException None() => new(ErrorCode.NoDomain, ErrorDomain.Test, "it is not there");

        public ValueTask DisposeAsync()
        {
            Closed = true;
            return default;
        }
    }

    static RemoteSession Session(OneDomain driver, IAccessPolicy? policy, RecordedPeer? peer = null, uint? own = null) =>
        new(peer ?? new RecordedPeer { LoggedIn = true }, new RemoteServices(new DriverSet(driver)) { Access = policy, OwnUser = own });

    static readonly byte[] one = Written(a => a.Word(1).Text("one:///").Word(0));

    [Fact]
    public void Who_may_not_open_hears_the_drivers_name_and_leaves_nothing_open()
    {
        var driver = new OneDomain();
        RemoteSession session = Session(driver, new Policy(static question => question.Right != ConnectRight.GetAttributes));
        VirError error = Run(session, Open, one).Error!;
        Assert.Equal((ErrorCode.AccessDenied, ErrorDomain.Access, "access denied: 'ONE' denied access"), (error.Code, error.Domain, error.Message));
        Assert.True(driver.Closed);
        Assert.Equal("internal error: hypervisor connection not open", Run(session, ConnectType).Error!.Message);
    }

    [Fact]
    public void An_object_that_is_not_there_is_said_not_to_be_there()
    {
        RemoteSession session = Session(new OneDomain(), new Policy(static question => question.Right.Object is AccessObject.Connect));
        Run(session, Open, one);
        RecordedCall info = Run(session, DomainInfo, Written(a => a.Text("vm").Word(0).Word(0).Word(0).Word(1).Word(-1)));
        Assert.Equal((ErrorCode.NoDomain, "Domain not found: it is not there"), (info.Error!.Code, info.Error.Message));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Events_tell_of_what_the_caller_may_see_in_their_order(bool mayWait)
    {
        var driver = new OneDomain();
        var peer = new RecordedPeer { LoggedIn = true };
        RemoteSession session = Session(driver, new Policy(static question => question.Subject.Name is not "hidden", mayWait), peer);
        Run(session, Open, one);
        Assert.Equal(mayWait, !session.Find(RegisterAny)!.Value.Inline);
        Assert.Null(Run(session, RegisterAny, Written(a => a.Word(0).Word(0))).Error);
        for (int i = 1; i <= 5; i++)
            driver.Hub.Raise(new DomainLifecycleEvent(new DomainRef(i % 2 is 0 ? "hidden" : $"seen{i}", AnyDriver.Mine, i), DomainEventType.Started, 0));
        await Lives.Until(() => peer.Events.Count >= 3);
        Assert.Equal(["seen1", "seen3", "seen5"], peer.Events.Select(e => System.Text.Encoding.ASCII.GetString(e.Payload.AsSpan(8, 5))));
        session.Closed();
    }

    [Fact]
    public void Only_root_and_the_daemons_user_say_for_whom_they_call()
    {
        Caller? asked = null;
        var policy = new Policy(question =>
        {
            asked = question.Caller;
            return true;
        });
        byte[] alice = Written(a => a.Word(2)
            .Text("user-name").Word(7).Text("alice")
            .Text("process-id").Word(3).Add((ref XdrWriter w) => w.WriteHyper(4711))
            .Word(0));
        RemoteSession stranger = Session(new OneDomain(), policy, new RecordedPeer(uid: 1000) { LoggedIn = true }, own: 64055);
        Run(stranger, Open, one);
        Assert.Equal((ErrorCode.AccessDenied, "access denied: only root and the daemon's own user may say for whom they call"),
            (Run(stranger, SetIdentity, alice).Error!.Code, Run(stranger, SetIdentity, alice).Error!.Message));
        foreach (uint user in (uint[])[0, 64055])
        {
            RemoteSession proxy = Session(new OneDomain(), policy, new RecordedPeer(uid: user) { LoggedIn = true }, own: 64055);
            Run(proxy, Open, one);
            Assert.Equal(user, asked!.UserId);
            Assert.Null(Run(proxy, SetIdentity, alice).Error);
            Run(proxy, ConnectType);
            Assert.Equal(("alice", 4711, (uint?)null), (asked.UserName, asked.ProcessId, asked.UserId));
        }
    }

    [Theory]
    [InlineData("staff_u:staff_r:staff_t:s0")]
    [InlineData(null)]
    public void The_label_of_the_socket_is_the_callers(string? label)
    {
        Caller? asked = null;
        RemoteSession session = Session(new OneDomain(), new Policy(question =>
        {
            asked = question.Caller;
            return true;
        }), new RecordedPeer(label: label) { LoggedIn = true });
        Run(session, Open, one);
        Assert.Equal(label, asked!.SecurityLabel);
    }

    [Theory]
    [InlineData("user-name", 1, ErrorCode.InvalidArg, "invalid argument: invalid type 'int' for parameter 'user-name', expected 'string'")]
    [InlineData("shoe-size", 1, ErrorCode.ArgumentUnsupported, "argument unsupported: parameter 'shoe-size' not supported")]
    public void An_identity_has_the_parts_that_libvirt_knows(string name, int type, ErrorCode code, string message)
    {
        RemoteSession session = Session(new OneDomain(), null, new RecordedPeer(uid: 0) { LoggedIn = true });
        Run(session, Open, one);
        RecordedCall call = Run(session, SetIdentity, Written(a => a.Word(1).Text(name).Word(type).Word(5).Word(0)));
        Assert.Equal((code, message), (call.Error!.Code, call.Error.Message));
    }
}
