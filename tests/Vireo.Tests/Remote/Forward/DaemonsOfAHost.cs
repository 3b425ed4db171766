using Microsoft.Extensions.Logging.Abstractions;
using Vireo.Driver;
using Vireo.Remote;
using Vireo.Remote.Forward;
using Vireo.Rpc.Posix;
using Vireo.Rpc.Server;

namespace Vireo.Tests.Remote.Forward;

/// <summary>
/// The daemons of a host, one for each driver, all of which have the same driver, and in front of them what hands connections on: itself a driver, for
/// <c>qemu:///system</c> and all that its daemons are asked for.
/// </summary>
sealed class DaemonsOfAHost : IDriver, IDisposable
{
    public static readonly string[] All = ["virtqemud", "virtnetworkd", "virtstoraged", "virtnodedevd", "virtinterfaced", "virtsecretd", "virtnwfilterd"];

    readonly Dictionary<string, RpcServer> servers = [];
    readonly RemoteServices services;
    readonly ForwardDriver forward;

    public DaemonsOfAHost(IDriver driver, string uri, params string[] daemons) : this(driver, uri, null, daemons)
    {
    }

    public DaemonsOfAHost(IDriver driver, string uri, IAccessPolicy? policy, string[] daemons)
    {
        services = new RemoteServices(new DriverSet(new Renamed(driver, ConnectionUri.Parse(uri)))) { OwnUser = Vireo.Daemon.Native.geteuid(), Access = policy };
        foreach (string daemon in daemons is [] ? All : daemons)
            Start(daemon);
        forward = new ForwardDriver(Forwarder("virtproxyd"), probes: true);
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("vfw").FullName;

    /// <summary>How many connections of clients a daemon has.</summary>
    public int Clients(string daemon) => servers[daemon].ClientCount;

    public Forwarder Forwarder(string self) => new(new RemotePlaces(Folder, Folder, IsRoot: true, File.Exists), self);

    public void Start(string daemon)
    {
        RpcServer server = servers[daemon] = new RpcServer(
            new RpcServerOptions { Threads = 1 }, peer => RemoteSession.Programs(peer, services), NullLogger.Instance);
        server.Listen(UnixSocket.Listen(Path.Join(Folder, daemon + "-sock"), 10, 0x1c0), new RpcService());
        server.Listen(UnixSocket.Listen(Path.Join(Folder, daemon + "-sock-ro"), 10, 0x1c0), new RpcService { ReadOnly = true });
    }

    public void Stop(string daemon)
    {
        servers.Remove(daemon, out RpcServer? server);
        server!.Dispose();
        File.Delete(Path.Join(Folder, daemon + "-sock"));
        File.Delete(Path.Join(Folder, daemon + "-sock-ro"));
    }

    public string Type => "remote";

    public ValueTask<IDriverConnection?> OpenAsync(ConnectionUri? uri, Caller caller, CancellationToken cancel) => forward.OpenAsync(uri, caller, cancel);

    public void Dispose()
    {
        foreach (RpcServer server in servers.Values)
            server.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>Opens its driver whatever it is asked for.</summary>
    sealed class Renamed(IDriver driver, ConnectionUri uri) : IDriver
    {
        public string Type => driver.Type;

        public ValueTask<IDriverConnection?> OpenAsync(ConnectionUri? asked, Caller caller, CancellationToken cancel) => driver.OpenAsync(uri, caller, cancel);
    }
}
