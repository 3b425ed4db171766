using Microsoft.Extensions.Logging.Abstractions;
using Vireo.Core.Errors;
using Vireo.Core.TypedParameters;
using Vireo.Driver;
using Vireo.Drivers.Test;
using Vireo.Remote;
using Vireo.Rpc.Client;
using Vireo.Rpc.Posix;
using Vireo.Rpc.Server;
using Vireo.Rpc.Xdr;
using Xunit;

namespace Vireo.Tests.Remote;

/// <summary>The programs beside the remote one: QEMU's, that of containers, and the admin program; words as stock libvirtd has them.</summary>
public class ProgramTests
{
    const int Qemu = 1, Lxc = 2;
    static readonly byte[] domain = [0, 0, 0, 4, .. "test"u8, .. new byte[15], 1, 0, 0, 0, 1];
    static readonly byte[] text = [0, 0, 0, 1, (byte)'x', 0, 0, 0];
    static readonly byte[] word = new byte[4];

    static RecordedCall Run(IRpcProgram program, RpcPeer peer, int procedure, params byte[][] arguments)
    {
        var call = new RecordedCall(peer, procedure, program.Program);
        var reader = new XdrReader(arguments.SelectMany(a => a).ToArray());
        program.Dispatch(call, ref reader);
        return call;
    }

    static (RpcPeer Peer, IReadOnlyList<IRpcProgram> Programs) Opened(bool readOnly = false)
    {
        var peer = new RecordedPeer(readOnly) { LoggedIn = true };
        IReadOnlyList<IRpcProgram> programs = RemoteSession.Programs(peer, new RemoteServices(new DriverSet(TestDriver.Create())));
        Assert.Null(Run(programs[0], peer, 1, [0, 0, 0, 1, 0, 0, 0, 15, .. "test:///default"u8, 0], word).Error);
        return (peer, programs);
    }

    [Theory]
    [InlineData(Qemu, 1, "virDomainQemuMonitorCommand")]
    [InlineData(Qemu, 3, "virDomainQemuAgentCommand")]
    [InlineData(Qemu, 7, "virDomainQemuMonitorCommandWithFiles")]
    [InlineData(Lxc, 1, "virDomainLxcOpenNamespace")]
    public void What_no_driver_has_is_not_supported_and_forbidden_to_those_who_may_only_look(int program, int procedure, string function)
    {
        var (peer, programs) = Opened();
        byte[][] arguments = (program, procedure) switch
        {
            (Lxc, _) => [domain, word],
            (_, 3) => [domain, text, word, word],
            _ => [domain, text, word],
        };
        Assert.Equal(VireoException.NoSupport(function).Error, Run(programs[program], peer, procedure, arguments).Error);
        (peer, programs) = Opened(readOnly: true);
        Assert.Equal(
            VirError.Of(ErrorCode.OperationDenied, ErrorDomain.None, $"read only access prevents {function}"),
            Run(programs[program], peer, procedure, arguments).Error);
    }

    [Fact]
    public void Registrations_for_monitor_events_need_an_open_connection_and_are_numbered()
    {
        var peer = new RecordedPeer { LoggedIn = true };
        IRpcProgram qemu = RemoteSession.Programs(peer, new RemoteServices(new DriverSet(TestDriver.Create())))[Qemu];
        Assert.Equal("internal error: hypervisor connection not open", Run(qemu, peer, 5, [0, 0, 0, 77]).Error!.Message);

        var (open, programs) = Opened();
        Assert.Equal("internal error: qemu monitor event callback 77 not registered", Run(programs[Qemu], open, 5, [0, 0, 0, 77]).Error!.Message);
        Assert.Equal(
            VireoException.NoSupport("virConnectDomainQemuMonitorEventRegister").Error, Run(programs[Qemu], open, 4, word, word, word).Error);
        Assert.Equal("unknown procedure: 8", Run(programs[Qemu], open, 8).Error!.Message);
    }

    [Fact]
    public void The_admin_program_needs_no_login_and_refuses_flags_it_does_not_know()
    {
        var peer = new RecordedPeer();
        var session = new AdminSession(peer, CapabilitySet.Of<IAdminServers>(new TwoServers()));
        Assert.Equal(
            VireoException.UnsupportedFlags(5, "adminDispatchConnectOpen", ErrorDomain.Admin).Error, Run(session, peer, 1, [0, 0, 0, 5]).Error);
        Assert.Equal([0, 0, 0, 0, 0, 0, 0, 2], Run(session, peer, 4, word, word).Answer);
        Assert.Equal(
            [0, 0, 0, 2, 0, 0, 0, 1, (byte)'a', 0, 0, 0, 0, 0, 0, 1, (byte)'b', 0, 0, 0, 0, 0, 0, 2], Run(session, peer, 4, [0, 0, 0, 1], word).Answer);
        Assert.Equal("unknown procedure: 99", Run(session, peer, 99).Error!.Message);
        Assert.Equal(ErrorCode.NoSupport, Run(session, peer, 14, word).Error!.Code);
        Assert.Empty(Run(session, peer, 2).Answer!);
        Assert.True(peer.Closing);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_client_of_the_admin_program_sees_what_the_daemon_offers(bool blocking)
    {
        var daemon = CapabilitySet.Of<IAdminServers>(new TwoServers());
        using var server = new RpcServer(new RpcServerOptions { Threads = 1 }, peer => [new AdminSession(peer, daemon)], NullLogger.Instance);
        (int ours, int theirs) = UnixSocket.Pair();
        server.Attach(theirs, readOnly: false);
        await using AdminClient client = await AdminClient.OpenAsync(
            blocking ? new BlockingRpcChannel(ours) : AsyncRpcChannel.Over(ours), TestContext.Current.CancellationToken);
        IAdminServers servers = client.Capabilities.Find<IAdminServers>()!;

        Assert.Equal([new("a"), new("b")], await servers.ListServersAsync(0, default));
        Assert.Equal([new TypedParameter("minWorkers", 5u), new TypedParameter("b", "text")], await servers.GetThreadPoolAsync(new("b"), 0, default));
        var refused = await Assert.ThrowsAsync<VireoException>(async () => await servers.LookupServerAsync("c", 0, default));
        Assert.Equal((ErrorCode.NoServer, "Server not found: No server named 'c'"), (refused.Code, refused.Message));
    }

    sealed class TwoServers : IAdminServers
    {
        public ValueTask<AdminServerRef[]> ListServersAsync(uint flags, CancellationToken cancel) => new([new("a"), new("b")]);

        public ValueTask<AdminServerRef> LookupServerAsync(string name, uint flags, CancellationToken cancel) => name is "a" or "b"
            ? new(new AdminServerRef(name))
            : throw new VireoException(ErrorCode.NoServer, ErrorDomain.Rpc, $"No server named '{name}'");

        public ValueTask<TypedParameter[]> GetThreadPoolAsync(AdminServerRef server, uint flags, CancellationToken cancel) =>
            new([new("minWorkers", 5u), new(server.Name, "text")]);

        public ValueTask SetThreadPoolAsync(AdminServerRef server, TypedParameter[] parameters, uint flags, CancellationToken cancel) => default;

        public ValueTask<TypedParameter[]> GetClientLimitsAsync(AdminServerRef server, uint flags, CancellationToken cancel) => new([]);

        public ValueTask SetClientLimitsAsync(AdminServerRef server, TypedParameter[] parameters, uint flags, CancellationToken cancel) => default;

        public ValueTask UpdateTlsFilesAsync(AdminServerRef server, uint flags, CancellationToken cancel) => default;
    }
}
