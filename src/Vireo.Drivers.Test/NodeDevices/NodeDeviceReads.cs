using Vireo.Driver;
using Vireo.Driver.Contracts;
using Vireo.Drivers.Test.Host;

namespace Vireo.Drivers.Test.NodeDevices;

/// <summary>Looks at devices.</summary>
sealed class NodeDeviceReads(TestHost host) : ReadsUnderGate(host), INodeDeviceListing, INodeDeviceEvents
{
    /// <summary>All kinds; whether a device is active is not asked for here.</summary>
    const ListNodeDevicesFlags Kinds = (ListNodeDevicesFlags)0x3fffff;

    public ValueTask<NodeDeviceRef[]> ListAllAsync(ListNodeDevicesFlags flags, CancellationToken cancel)
    {
        flags.Only(Kinds, "testConnectListAllNodeDevices");
        return Read<NodeDeviceRef[]>(known => [.. known.NodeDevices.All
            .Where(device => flags is 0 || NodeDeviceKinds.AllOf(device).Any(kind => flags.HasFlag(kind.Flag))).Select(device => new NodeDeviceRef(device.Name!))]);
    }

    public ValueTask<int> CountAsync(string? capability, uint flags, CancellationToken cancel)
    {
        flags.None("testNodeNumOfDevices");
        return Read(known => Named(known, capability).Count());
    }

    public ValueTask<string[]> ListNamesAsync(string? capability, uint flags, CancellationToken cancel)
    {
        flags.None("testNodeListDevices");
        return Read<string[]>(known => [.. Named(known, capability)]);
    }

    static IEnumerable<string> Named(TestHost known, string? capability) => known.NodeDevices.All
        .Where(device => capability is null || NodeDeviceKinds.AllOf(device).Any(kind => kind.Name == capability)).Select(device => device.Name!);

    public ValueTask<NodeDeviceRef> LookupByNameAsync(string name, CancellationToken cancel) =>
        Read(known => new NodeDeviceRef(known.NodeDevices.Get(name).Name!));

    public ValueTask<string> GetXmlAsync(string name, uint flags, CancellationToken cancel)
    {
        flags.None("testNodeDeviceGetXMLDesc");
        return Read(known => known.NodeDevices.Get(name).ToXml());
    }

    public ValueTask<string?> GetParentAsync(string name, CancellationToken cancel) => Read(known => known.NodeDevices.Get(name).Parent?.Name);

    public ValueTask<int> CountCapabilitiesAsync(string name, CancellationToken cancel) =>
        Read(known => known.NodeDevices.Get(name).Capabilities.Count);

    public ValueTask<string[]> ListCapabilitiesAsync(string name, CancellationToken cancel) =>
        Read<string[]>(known => [.. known.NodeDevices.Get(name).Capabilities.Select(capability => NodeDeviceKinds.Of(capability).Name)]);

    public ValueTask<IAsyncDisposable> SubscribeAsync(
        NodeDeviceEventId kind, NodeDeviceRef? only, Action<NodeDeviceEvent> sink, CancellationToken cancel) =>
        new(Host.NodeDevices.Events.Subscribe(kind, only, sink));
}
