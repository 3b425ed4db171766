using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Test;
using Vireo.Remote;
using Vireo.Rpc.Xdr;
using Xunit;

namespace Vireo.Tests.Remote;

/// <summary>What the server says at the borders of a session, in libvirt's wording.</summary>
public class SessionTests
{
    const string Default = "test:///default";

    static RemoteSession Session(RecordedPeer peer, IAccessPolicy? access = null) =>
        new(peer, new RemoteServices(new DriverSet(TestDriver.Create())) { Access = access });

    static RecordedCall Run(RemoteSession session, int procedure, Action<Buffer>? arguments = null)
    {
        var buffer = new Buffer();
        arguments?.Invoke(buffer);
        var call = new RecordedCall(session.Peer, procedure);
        var reader = new XdrReader(buffer.Bytes.ToArray());
        session.Dispatch(call, ref reader);
        return call;
    }

    /// <summary>Arguments in the making.</summary>
    sealed class Buffer
    {
        public List<byte> Bytes { get; } = [];

        public Buffer Word(int value)
        {
            var writer = new XdrWriter(4);
            writer.WriteInt(value);
            Bytes.AddRange(writer.Written);
            writer.Dispose();
            return this;
        }

        public Buffer Text(string value)
        {
            var writer = new XdrWriter(256);
            writer.WriteString(value, 1000);
            Bytes.AddRange(writer.Written);
            writer.Dispose();
            return this;
        }
    }

    static void Open(RemoteSession session) => Assert.Null(Run(session, 1, a => a.Word(1).Text(Default).Word(0)).Error);

    [Fact]
    public void Before_login_only_the_login_procedures_answer()
    {
        var peer = new RecordedPeer();
        RemoteSession session = Session(peer);
        Assert.Equal((ErrorCode.Rpc, "authentication required"), Said(Run(session, 3)));
        Assert.Equal([0, 0, 0, 1, 0, 0, 0, 0], Run(session, 66).Answer);
        Assert.True(peer.LoggedIn);
    }

    [Fact]
    public void Before_open_there_is_no_connection_but_features_of_the_transport()
    {
        var peer = new RecordedPeer { LoggedIn = true };
        RemoteSession session = Session(peer);
        Assert.Equal((ErrorCode.InternalError, "internal error: hypervisor connection not open"), Said(Run(session, 3)));
        Assert.Equal([0, 0, 0, 1], Run(session, 60, a => a.Word(10)).Answer);
        Assert.True(peer.Keepalive);
    }

    [Fact]
    public void A_second_open_is_an_error_and_drops_the_first()
    {
        RemoteSession session = Session(new RecordedPeer { LoggedIn = true });
        Open(session);
        Assert.Equal((ErrorCode.InternalError, "internal error: connection already open"),
            Said(Run(session, 1, a => a.Word(1).Text(Default).Word(0))));
        Assert.Equal((ErrorCode.InternalError, "internal error: hypervisor connection not open"), Said(Run(session, 3)));
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public void A_read_only_connection_looks_and_does_not_change(bool readOnlySocket, int openFlags)
    {
        RemoteSession session = Session(new RecordedPeer(readOnlySocket) { LoggedIn = true });
        Assert.Null(Run(session, 1, a => a.Word(1).Text(Default).Word(openFlags)).Error);
        Assert.NotNull(Run(session, 3).Answer);
        RecordedCall define = Run(session, 11, a => a.Text("<domain/>"));
        Assert.Equal((ErrorCode.OperationDenied, "operation forbidden: read only access prevents virDomainDefineXML"), Said(define));
        Assert.Equal(ErrorDomain.Domain, define.Error!.Domain);
        RecordedCall secret = Run(session, 14, a => a.Text("test").Word(0).Word(0).Word(0).Word(0).Word(1).Word((int)DomainXmlFlags.Secure));
        Assert.Equal((ErrorCode.OperationDenied, "operation forbidden: virDomainGetXMLDesc with secure flag"), Said(secret));
    }

    [Theory]
    [InlineData(9999, "unknown procedure: 9999")]
    [InlineData(-1, "unknown procedure: -1")]
    public void An_unknown_procedure_is_named(int procedure, string message) =>
        Assert.Equal((ErrorCode.Rpc, message), Said(Run(Session(new RecordedPeer { LoggedIn = true }), procedure)));

    [Fact]
    public void Arguments_that_are_cut_off_are_refused_and_the_session_goes_on()
    {
        RemoteSession session = Session(new RecordedPeer { LoggedIn = true });
        Open(session);
        Assert.Equal((ErrorCode.Rpc, "Unable to decode message payload"), Said(Run(session, 23, a => a.Word(1_000))));
        Assert.NotNull(Run(session, 3).Answer);
    }

    [Fact]
    public void An_operation_that_the_driver_lacks_is_not_supported_by_name()
    {
        RemoteSession session = Session(new RecordedPeer { LoggedIn = true });
        Open(session);
        RecordedCall call = Run(session, 296, a => a.Text("test").Word(0).Word(0).Word(0).Word(0).Word(1).Word(0).Word(0));
        Assert.Equal((ErrorCode.NoSupport, "this function is not supported by the connection driver: virDomainOpenChannel"), Said(call));
    }

    [Fact]
    public void Closing_answers_first_and_then_ends_the_connection()
    {
        var peer = new RecordedPeer { LoggedIn = true };
        RemoteSession session = Session(peer);
        Open(session);
        Assert.Empty(Run(session, 2).Answer!);
        Assert.True(peer.Closing);
    }

    [Fact]
    public void A_policy_refuses_rights_and_hides_what_must_not_be_seen()
    {
        RemoteSession session = Session(new RecordedPeer { LoggedIn = true }, new NoDomains());
        Open(session);
        Assert.Equal([0, 0, 0, 0, 0, 0, 0, 0], Run(session, 273, a => a.Word(1).Word(0)).Answer);
        Assert.Equal((ErrorCode.AccessDenied, "access denied: 'TEST' denied access"), Said(Run(session, 23, a => a.Text("test"))));
    }

    [Fact]
    public void Callbacks_are_numbered_from_zero_and_forgotten_once()
    {
        RemoteSession session = Session(new RecordedPeer { LoggedIn = true });
        Open(session);
        Assert.Equal([0, 0, 0, 0], Run(session, 316, a => a.Word(0).Word(0)).Answer);
        Assert.Equal([0, 0, 0, 1], Run(session, 316, a => a.Word(1).Word(0)).Answer);
        Assert.Empty(Run(session, 317, a => a.Word(0)).Answer!);
        Assert.Equal(ErrorCode.InternalError, Run(session, 317, a => a.Word(0)).Error!.Code);
        Assert.Equal((ErrorCode.InternalError, "internal error: unsupported domain event ID 99"),
            Said(Run(session, 316, a => a.Word(99).Word(0))));
    }

    static (ErrorCode, string) Said(RecordedCall call) => (call.Error!.Code, call.Error.Message);

    sealed class NoDomains : IAccessPolicy
    {
        public string Name => "none of it";

        public bool MayWait => false;

        public bool Allows(in AccessQuestion question) => question.Right.Object is not AccessObject.Domain;
    }
}
