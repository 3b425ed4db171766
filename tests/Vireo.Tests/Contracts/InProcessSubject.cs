using Microsoft.Extensions.Logging.Abstractions;
using Vireo.Driver;
using Vireo.Remote;
using Vireo.Rpc.Client;
using Vireo.Rpc.Posix;
using Vireo.Rpc.Server;

namespace Vireo.Tests.Contracts;

/// <summary>A driver in this process: called directly, or behind a server and a socket.</summary>
/// <param name="driver">A driver that nobody else uses.</param>
/// <param name="uri">What it is opened by.</param>
/// <param name="remote">Whether it is asked through a server.</param>
public class InProcessSubject(IDriver driver, string uri, bool remote) : ISubject
{
    RpcServer? server;
    BlockingRpcChannel? channel;

    public async ValueTask<IDriverConnection> OpenAsync()
    {
        if (!remote)
            return (await driver.OpenAsync(ConnectionUri.Parse(uri), Caller.Self, default))!;
        var services = new RemoteServices(new DriverSet(driver));
        server = new RpcServer(new RpcServerOptions(), peer => [new RemoteSession(peer, services)], NullLogger.Instance);
        (int ours, int theirs) = UnixSocket.Pair();
        server.Attach(theirs, readOnly: false);
        channel = new BlockingRpcChannel(ours);
        return await RemoteClient.OpenAsync(channel, uri, false, default);
    }

    public void Hear() => channel?.DispatchEvents();

    public ValueTask DisposeAsync()
    {
        server?.Dispose();
        (driver as IDisposable)?.Dispose();
        GC.SuppressFinalize(this);
        return default;
    }
}
