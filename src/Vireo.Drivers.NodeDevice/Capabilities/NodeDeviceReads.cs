using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Driver.Contracts;
using Vireo.Model.NodeDevice;

namespace Vireo.Drivers.NodeDevice.Capabilities;

/// <summary>Looks at devices.</summary>
sealed class NodeDeviceReads(NodeDeviceKeeper keeper) : INodeDeviceListing, INodeDeviceWwn, INodeDeviceEvents
{
    const ListNodeDevicesFlags Kinds = (ListNodeDevicesFlags)0x3fffff, Known = Kinds | ListNodeDevicesFlags.Active | ListNodeDevicesFlags.Inactive;

    public async ValueTask<NodeDeviceRef[]> ListAllAsync(ListNodeDevicesFlags flags, CancellationToken cancel)
    {
        NodeDeviceErrors.Only((uint)flags, (uint)Known, "nodeConnectListAllNodeDevices");
        await keeper.Ready.WaitAsync(cancel).ConfigureAwait(false);
        return [.. keeper.Table.All.Where(device => flags.Pair(ListNodeDevicesFlags.Active, ListNodeDevicesFlags.Inactive, device.IsActive)
            && ((flags & Kinds) == 0 || NodeDeviceKinds.AllOf(device.Def).Any(kind => flags.HasFlag(kind.Flag)))).Select(static device => device.Ref)];
    }

    public async ValueTask<int> CountAsync(string? capability, uint flags, CancellationToken cancel)
    {
        NodeDeviceErrors.Only(flags, 0, "nodeNumOfDevices");
        await keeper.Ready.WaitAsync(cancel).ConfigureAwait(false);
        return With(capability).Count();
    }

    public async ValueTask<string[]> ListNamesAsync(string? capability, uint flags, CancellationToken cancel)
    {
        NodeDeviceErrors.Only(flags, 0, "nodeListDevices");
        await keeper.Ready.WaitAsync(cancel).ConfigureAwait(false);
        return [.. With(capability).Select(static device => device.Name)];
    }

    IEnumerable<KnownDevice> With(string? capability) =>
        keeper.Table.All.Where(device => capability is null || NodeDeviceKinds.AllOf(device.Def).Any(kind => kind.Name == capability));

    public async ValueTask<NodeDeviceRef> LookupByNameAsync(string name, CancellationToken cancel) => (await GetAsync(name, cancel).ConfigureAwait(false)).Ref;

    public async ValueTask<NodeDeviceRef> LookupByWwnAsync(string nodeName, string portName, uint flags, CancellationToken cancel)
    {
        NodeDeviceErrors.Only(flags, 0, "nodeDeviceLookupSCSIHostByWWN");
        await keeper.Ready.WaitAsync(cancel).ConfigureAwait(false);
        return (keeper.Table.All.FirstOrDefault(device => Adapters.VirtualAdapters.FibreChannel(device.Def) is { } names && names.Wwnn == nodeName && names.Wwpn == portName)
            ?? throw NodeDeviceErrors.NoAdapter(nodeName, portName)).Ref;
    }

    public async ValueTask<string> GetXmlAsync(string name, uint flags, CancellationToken cancel)
    {
        NodeDeviceErrors.Only(flags, 0, "nodeDeviceGetXMLDesc");
        return keeper.Table.Whole(await GetAsync(name, cancel).ConfigureAwait(false)).ToXml();
    }

    public async ValueTask<string?> GetParentAsync(string name, CancellationToken cancel) => keeper.Table.ParentOf(await GetAsync(name, cancel).ConfigureAwait(false));

    public async ValueTask<int> CountCapabilitiesAsync(string name, CancellationToken cancel) => NodeDeviceKinds.AllOf((await GetAsync(name, cancel).ConfigureAwait(false)).Def).Count();

    public async ValueTask<string[]> ListCapabilitiesAsync(string name, CancellationToken cancel) =>
        [.. NodeDeviceKinds.AllOf((await GetAsync(name, cancel).ConfigureAwait(false)).Def).Select(static kind => kind.Name)];

    public ValueTask<IAsyncDisposable> SubscribeAsync(NodeDeviceEventId kind, NodeDeviceRef? only, Action<NodeDeviceEvent> sink, CancellationToken cancel) =>
        new(keeper.Events.Subscribe(kind, only, sink));

    async ValueTask<KnownDevice> GetAsync(string name, CancellationToken cancel)
    {
        await keeper.Ready.WaitAsync(cancel).ConfigureAwait(false);
        return keeper.Table.Get(name);
    }
}
