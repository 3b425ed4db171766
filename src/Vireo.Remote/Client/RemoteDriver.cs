using Vireo.Driver;
using Vireo.Rpc.Client;

namespace Vireo.Remote;

/// <summary>
/// The driver of clients: hands every operation to a daemon. It takes every URI, so it stands last in a
/// <see cref="DriverSet"/>. <paramref name="connect"/> chooses the transport's kind; both stand behind the same channel.
/// </summary>
public sealed class RemoteDriver(RemotePlaces places, Func<string, IRpcChannel> connect) : IDriver
{
    /// <inheritdoc/>
    public string Type => "remote";

    /// <summary>The driver for .NET programs: asynchronous, with the sockets of this host.</summary>
    public static RemoteDriver Asynchronous() => new(RemotePlaces.OfThisProcess(), AsyncRpcChannel.Connect);

    /// <summary>The driver that always completes before it returns and never touches the thread pool.</summary>
    public static RemoteDriver Blocking() => new(RemotePlaces.OfThisProcess(), BlockingRpcChannel.Connect);

    /// <inheritdoc/>
    public async ValueTask<IDriverConnection?> OpenAsync(ConnectionUri? uri, Caller caller, CancellationToken cancel)
    {
        RemoteAddress address = RemoteAddress.Of(uri, caller.ReadOnly, places);
        return await RemoteClient.OpenAsync(connect(address.Socket), address.Name, caller.ReadOnly, cancel).ConfigureAwait(false);
    }
}
