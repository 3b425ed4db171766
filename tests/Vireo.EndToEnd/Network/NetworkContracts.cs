using Vireo.Driver;
using Vireo.Remote;
using Vireo.Rpc.Client;
using Vireo.Rpc.Posix;
using Vireo.Tests.Contracts;

namespace Vireo.EndToEnd.Network;

/// <summary>The network driver, in a daemon with a network of its own.</summary>
public sealed class NetworkSubject : ISubject
{
    NetworkDaemon? daemon;
    BlockingRpcChannel? channel;

    public async ValueTask<IDriverConnection> OpenAsync()
    {
        daemon = await NetworkDaemon.StartAsync();
        channel = new BlockingRpcChannel(UnixSocket.Connect(daemon.Daemon.Socket));
        return await RemoteClient.OpenAsync(channel, "network:///system", false, default);
    }

    public void Hear() => channel?.DispatchEvents();

    public async ValueTask DisposeAsync()
    {
        if (daemon is not null)
            await daemon.DisposeAsync();
    }
}

/// <summary>What holds for the test driver's networks holds for real ones.</summary>
public sealed class RealNetworks() : NetworkContract(new NetworkSubject());
