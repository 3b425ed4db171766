using Vireo.Driver;
using Vireo.EndToEnd.Network;
using Vireo.Remote;
using Vireo.Rpc.Client;
using Vireo.Rpc.Posix;
using Vireo.Tests.Contracts;

namespace Vireo.EndToEnd.NwFilter;

/// <summary>The driver of network filters, in a daemon with a network of its own.</summary>
public sealed class FilterSubject : ISubject
{
    NetworkDaemon? daemon;
    BlockingRpcChannel? channel;

    public async ValueTask<IDriverConnection> OpenAsync()
    {
        daemon = await NetworkDaemon.StartAsync();
        channel = new BlockingRpcChannel(UnixSocket.Connect(daemon.Daemon.Socket));
        return await RemoteClient.OpenAsync(channel, "nwfilter:///system", false, default);
    }

    public void Hear() => channel?.DispatchEvents();

    public async ValueTask DisposeAsync()
    {
        if (daemon is not null)
            await daemon.DisposeAsync();
    }
}

/// <summary>Real filters.</summary>
public sealed class RealFilters() : NwFilterContract(new FilterSubject());
