using Microsoft.Extensions.Logging.Abstractions;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Remote;
using Vireo.Rpc.Client;
using Vireo.Rpc.Posix;
using Vireo.Rpc.Server;
using Xunit;

namespace Vireo.Tests.Contracts;

/// <summary>
/// What whoever offers a capability keeps, whichever driver it is. A class that derives from a contract names a driver; its tests run against the driver
/// itself, or against the driver behind a server and a socket, where the same must hold.
/// </summary>
public abstract class Contract : IDisposable
{
    readonly IDriver driver;
    readonly string uri;
    readonly RpcServer? server;
    readonly Lazy<IDriverConnection> connection;
    BlockingRpcChannel? channel;

    /// <param name="driver">A driver that nobody else uses.</param>
    /// <param name="uri">What it is opened by.</param>
    /// <param name="remote">Whether it is asked through a server.</param>
    protected Contract(IDriver driver, string uri, bool remote)
    {
        this.driver = driver;
        this.uri = uri;
        if (remote)
        {
            var services = new RemoteServices(new DriverSet(driver));
            server = new RpcServer(new RpcServerOptions(), peer => [new RemoteSession(peer, services)], NullLogger.Instance);
        }
        connection = new Lazy<IDriverConnection>(Open);
    }

    IDriverConnection Open()
    {
        if (server is null)
            return Now(driver.OpenAsync(ConnectionUri.Parse(uri), Caller.Self, default))!;
        (int ours, int theirs) = UnixSocket.Pair();
        server.Attach(theirs, readOnly: false);
        channel = new BlockingRpcChannel(ours);
        return Now(RemoteClient.OpenAsync(channel, uri, false, default));
    }

    /// <summary>A capability of the connection.</summary>
    protected T On<T>() where T : class => connection.Value.Capabilities.Find<T>() ?? throw new InvalidOperationException($"{typeof(T).Name} is not offered");

    /// <summary>Hears what was told before the last answer.</summary>
    protected void Hear() => channel?.DispatchEvents();

    /// <summary>The answer of a call that is done when it returns, as a C function needs it.</summary>
    protected static T Now<T>(ValueTask<T> call)
    {
        Assert.True(call.IsCompleted, "the call did not complete synchronously");
        return call.GetAwaiter().GetResult();
    }

    /// <summary>A call without an answer.</summary>
    protected static void Now(ValueTask call)
    {
        Assert.True(call.IsCompleted, "the call did not complete synchronously");
        call.GetAwaiter().GetResult();
    }

    /// <summary>The call fails with this code.</summary>
    protected static void Refuses<T>(ErrorCode code, Func<ValueTask<T>> call) => Assert.Equal(code, Assert.Throws<VireoException>(() => Now(call())).Code);

    /// <summary>The call fails with this code.</summary>
    protected static void Refuses(ErrorCode code, Func<ValueTask> call) => Assert.Equal(code, Assert.Throws<VireoException>(() => Now(call())).Code);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (connection.IsValueCreated)
            Now(connection.Value.DisposeAsync());
        server?.Dispose();
        GC.SuppressFinalize(this);
    }
}
