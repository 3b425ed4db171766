using Vireo.Driver;
using Vireo.Drivers.NodeDevice;
using Vireo.Host;
using Vireo.Host.Network;
using Vireo.Host.Processes;
using Vireo.Tests.Contracts;

namespace Vireo.Tests.Drivers.NodeDevice;

/// <summary>The driver of node devices over devices that are not there.</summary>
public sealed class NodeDeviceRoot : IAsyncDisposable
{
    readonly Lazy<ProcessHost> processes = new(static () => new ProcessHost(Launcher.Find(null, AppContext.BaseDirectory)));

    public NodeDeviceRoot() : this(udev: true) { }

    internal NodeDeviceRoot(bool udev)
    {
        Devices = new FakeDevices(udev);
        Driver = NodeDeviceDriver.Create(new NodeDeviceDriverOptions
        {
            Paths = HostPaths.System(Devices.Root),
            Processes = processes,
            SystemRoot = Devices.Root,
            PciNames = [Path.Join(FakeDevices.Data, "pci.ids")],
            CardFeatures = static card => card is "lo" ? (CardFeatures)0x3f : CardFeatures.None,
            Mdevctl = Devices.Mdevctl(),
            MdevctlFolder = Devices.Root + "/nowhere",
            Patience = TimeSpan.FromSeconds(5),
        });
        Driver.Start();
    }

    internal FakeDevices Devices { get; }

    internal NodeDeviceDriver Driver { get; }

    internal T On<T>() where T : class => Driver.Capabilities.Find<T>()!;

    internal INodeDeviceListing Lists => On<INodeDeviceListing>();

    internal async Task<string[]> NamesAsync(ListNodeDevicesFlags flags = 0) => [.. (await Lists.ListAllAsync(flags, default)).Select(static device => device.Name)];

    public async ValueTask DisposeAsync()
    {
        await Driver.DisposeAsync();
        if (processes.IsValueCreated)
            processes.Value.Dispose();
        Devices.Dispose();
    }
}
