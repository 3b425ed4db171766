using Vireo.Driver;
using Vireo.Drivers.Test.Interfaces;
using Vireo.Drivers.Test.Networks;
using Vireo.Drivers.Test.NodeDevices;
using Vireo.Drivers.Test.Storage;

namespace Vireo.Drivers.Test.Host;

/// <summary>What a host can do besides running domains. Secrets, network filters and ports it has none of, as libvirt's test driver.</summary>
static class ObjectCapabilities
{
    public static CapabilitySet Of(TestHost host)
    {
        var networks = new NetworkReads(host);
        var pools = new PoolReads(host);
        var volumes = new VolumeReads(host);
        var devices = new NodeDeviceReads(host);
        var cards = new InterfaceChanges(host);
        return CapabilitySet
            .Of<INetworkLookup>(networks).And<INetworkListing>(networks).And<INetworkInfo>(networks).And<INetworkEvents>(networks)
            .And<INetworkLifecycle>(new NetworkChanges(host))
            .And<IStoragePoolLookup>(pools).And<IStoragePoolListing>(pools).And<IStoragePoolInfo>(pools).And<IStoragePoolEvents>(pools)
            .And<IStoragePoolLifecycle>(new PoolChanges(host)).And<IStoragePoolSources>(new SourceDiscovery())
            .And<IStorageVolumeLookup>(volumes).And<IStorageVolumeInfo>(volumes).And<IStorageVolumes>(new VolumeChanges(host))
            .And<IInterfaceListing>(new InterfaceReads(host)).And<IInterfaceLifecycle>(cards).And<IInterfaceTransactions>(cards)
            .And<INodeDeviceListing>(devices).And<INodeDeviceEvents>(devices).And<INodeDeviceLifecycle>(new NodeDeviceChanges(host));
    }
}
