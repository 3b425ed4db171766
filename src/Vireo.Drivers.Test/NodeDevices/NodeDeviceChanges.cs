using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Test.Host;
using Vireo.Model.Documents;
using Vireo.Model.NodeDevice;

namespace Vireo.Drivers.Test.NodeDevices;

/// <summary>Makes and removes virtual fibre channel adapters.</summary>
sealed class NodeDeviceChanges(TestHost host) : ReadsUnderGate(host), INodeDeviceLifecycle
{
    public ValueTask<NodeDeviceRef> CreateAsync(string xml, NodeDeviceCreateFlags flags, CancellationToken cancel)
    {
        flags.Only(NodeDeviceCreateFlags.Validate, "testNodeDeviceCreateXML");
        if (flags.HasFlag(NodeDeviceCreateFlags.Validate))
            DocumentKinds.NodeDevice.Validate(xml);
        NodeDeviceDef wanted = NodeDeviceDef.Parse(xml, create: true);
        NodeDeviceRules.Check(wanted, "new device").ThrowFirst();
        ScsiHostFunction.OfFibreChannel port = TestNodeDevices.FibreChannel(wanted)
            ?? throw VireoException.Internal(ErrorDomain.Nodedev, "Device is not a fibre channel HBA");
        string wwnn = port.Wwnn ?? throw NotGiven("WWNN"), wwpn = port.Wwpn ?? throw NotGiven("WWPN");
        return Read(known =>
        {
            known.NodeDevices.ParentFor(wanted.Parent);
            return known.NodeDevices.MakeVirtualAdapter(wwnn, wwpn);
        });
    }

    static VireoException NotGiven(string name) =>
        VireoException.Internal(ErrorDomain.Nodedev, $"no {name} supplied for 'new device', and auto-generation failed");

    /// <summary>What is no fibre channel adapter, or hangs on nothing, stays; libvirt's test driver calls that a success.</summary>
    public ValueTask DestroyAsync(string name, CancellationToken cancel) => Change(known =>
    {
        NodeDeviceDef device = known.NodeDevices.Get(name);
        if (TestNodeDevices.FibreChannel(device) is not null && device.Parent?.Name is { } parent && known.NodeDevices.Find(parent) is not null)
            known.NodeDevices.Remove(device);
    });
}
