using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.NodeDevice.Capabilities;
using Vireo.Host;
using Vireo.Host.Files;
using Vireo.Hypervisor.Capabilities;

namespace Vireo.Drivers.NodeDevice;

/// <summary>The driver of the host's devices: <c>nodedev:///system</c> for the system's daemon, <c>nodedev:///session</c> for a user's.</summary>
public sealed class NodeDeviceDriver : IDriver, IAsyncDisposable
{
    readonly HostPaths paths;
    readonly NodeDeviceKeeper keeper;
    FileLock? driverLock;

    NodeDeviceDriver(NodeDeviceDriverOptions options)
    {
        paths = options.Paths;
        keeper = new NodeDeviceKeeper(options);
        var reads = new NodeDeviceReads(keeper);
        var changes = new NodeDeviceChanges(keeper, options.SystemRoot + "/dev");
        Capabilities = CapabilitySet.Of<INodeDeviceListing>(reads).And<INodeDeviceWwn>(reads).And<INodeDeviceEvents>(reads)
            .And<INodeDeviceLifecycle>(changes).And<INodeDeviceDefinitions>(changes);
    }

    /// <summary>Makes the driver; nothing is read yet.</summary>
    public static NodeDeviceDriver Create(NodeDeviceDriverOptions options) => new(options);

    /// <inheritdoc/>
    public string Type => "nodedev";

    /// <summary>What every connection of the daemon offers by it.</summary>
    public CapabilitySet Capabilities { get; }

    internal NodeDeviceKeeper Keeper => keeper;

    string Mode => paths.Privileged ? "/system" : "/session";

    /// <summary>Looks at the devices in the background; who asks meanwhile waits.</summary>
    /// <exception cref="VireoException">Another daemon has them.</exception>
    public void Start()
    {
        string folder = Path.Join(paths.RunDir, "nodedev"), file = Path.Join(folder, "driver.pid");
        AtomicFile.MakeFolder(folder, 0x1c0);
        driverLock = FileLock.TryTake(file) ?? throw VireoException.Internal(ErrorDomain.Nodedev, $"Failed to acquire pid file '{file}': another daemon uses it");
        keeper.Start();
    }

    /// <summary>Looks at all of them again.</summary>
    public Task ReloadAsync() => keeper.ReloadAsync();

    /// <summary>Stops listening.</summary>
    public async ValueTask DisposeAsync()
    {
        await keeper.StopAsync().ConfigureAwait(false);
        driverLock?.Dispose();
    }

    /// <inheritdoc/>
    public ValueTask<IDriverConnection?> OpenAsync(ConnectionUri? uri, Caller caller, CancellationToken cancel)
    {
        if (uri is not { Driver: "nodedev", Host: null })
            return default;
        if (uri.Path != Mode)
            throw VireoException.Internal(ErrorDomain.None, $"unexpected nodedev URI path '{uri.Path}', try nodedev://{Mode}");
        return new(new Connection($"nodedev://{Mode}", Capabilities));
    }

    sealed class Connection(string uri, CapabilitySet shared) : IDriverConnection
    {
        public string Uri => uri;

        public CapabilitySet Capabilities { get; } = CapabilitySet.Of<IConnectionInfo>(new SecondaryConnectionInfo("nodedev", uri)).Over(shared);

        public ValueTask DisposeAsync() => default;
    }
}
