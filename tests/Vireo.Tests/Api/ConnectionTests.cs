using Microsoft.Extensions.Logging.Abstractions;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Test;
using Vireo.Remote;
using Vireo.Rpc.Client;
using Vireo.Rpc.Posix;
using Vireo.Rpc.Server;
using Xunit;

namespace Vireo.Tests.Api;

/// <summary>The public API against the test driver: in this process, and through a server over a real socket.</summary>
public class ConnectionTests
{
    public enum Way { InProcess, Asynchronous, Blocking }

    internal static async Task<(Connection, IDisposable?)> OpenAsync(Way way, bool readOnly = false)
    {
        if (way is Way.InProcess)
            return (await Connection.OpenAsync("test:///default", readOnly), null);
        var services = new RemoteServices(new DriverSet(TestDriver.Create()));
        var server = new RpcServer(new RpcServerOptions(), peer => [new RemoteSession(peer, services)], NullLogger.Instance);
        (int ours, int theirs) = UnixSocket.Pair();
        server.Attach(theirs, readOnly);
        IRpcChannel channel = way is Way.Blocking ? new BlockingRpcChannel(ours) : AsyncRpcChannel.Over(ours);
        return (Connection.Of(await RemoteClient.OpenAsync(channel, "test:///default", readOnly, default)), server);
    }

    [Theory]
    [InlineData(Way.InProcess)]
    [InlineData(Way.Asynchronous)]
    [InlineData(Way.Blocking)]
    public async Task The_default_host_has_its_domain_network_and_pool(Way way)
    {
        (Connection connection, IDisposable? server) = await OpenAsync(way);
        using (server)
        await using (connection)
        {
            Assert.Equal("test:///default", connection.Uri);
            Domain domain = Assert.Single(await connection.ListDomainsAsync());
            Assert.Equal(("test", 1), (domain.Name, domain.Id));
            Assert.Contains("<name>test</name>", await domain.GetXmlAsync(), StringComparison.Ordinal);
            Assert.Equal(DomainState.Running, (await domain.GetStateAsync()).State);
            Assert.Equal("i686", (await connection.GetNodeInfoAsync()).Model);
            Assert.Equal("default", Assert.Single(await connection.ListNetworksAsync()).Name);
            Assert.Equal("default-pool", Assert.Single(await connection.ListStoragePoolsAsync()).Name);
        }
    }

    [Theory]
    [InlineData(Way.InProcess)]
    [InlineData(Way.Asynchronous)]
    [InlineData(Way.Blocking)]
    public async Task A_domain_that_is_not_there_is_libvirts_error(Way way)
    {
        (Connection connection, IDisposable? server) = await OpenAsync(way);
        using (server)
        await using (connection)
        {
            VireoException e = await Assert.ThrowsAsync<VireoException>(() => connection.GetDomainAsync("absent"));
            Assert.Equal((ErrorCode.NoDomain, ErrorDomain.Test, ErrorLevel.Error), (e.Code, e.Domain, e.Error.Level));
        }
    }

    [Theory]
    [InlineData(Way.InProcess)]
    [InlineData(Way.Asynchronous)]
    public async Task Events_come_as_an_async_enumerable(Way way)
    {
        (Connection connection, IDisposable? server) = await OpenAsync(way);
        using (server)
        await using (connection)
        {
            Domain domain = await connection.GetDomainAsync("test");
            await using IAsyncEnumerator<Observed<DomainEvent>> events = domain.WatchAsync().GetAsyncEnumerator();
            ValueTask<bool> first = events.MoveNextAsync();
            for (int i = 0; i < 1_000 && !first.IsCompleted; i++)
            {
                // The registration may still be under way: pause until an event is heard.
                await domain.SuspendAsync();
                await domain.ResumeAsync();
            }
            Assert.True(await first);
            var heard = Assert.IsType<DomainLifecycleEvent>(events.Current.Event);
            Assert.Equal("test", heard.Domain.Name);
            Assert.Contains(heard.Type, new[] { DomainEventType.Suspended, DomainEventType.Resumed });
        }
    }

    [Fact]
    public async Task A_read_only_connection_is_refused_changes_by_the_daemon()
    {
        (Connection connection, IDisposable? server) = await OpenAsync(Way.Asynchronous, readOnly: true);
        using (server)
        await using (connection)
        {
            Domain domain = await connection.GetDomainAsync("test");
            VireoException e = await Assert.ThrowsAsync<VireoException>(() => domain.SuspendAsync());
            Assert.Equal("operation forbidden: read only access prevents virDomainSuspend", e.Message);
        }
    }
}
