using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Test;
using Vireo.Tests.Remote.Forward;
using Xunit;

namespace Vireo.Tests.Contracts;

/// <summary>What a driver that knows the host's devices keeps.</summary>
[Holds(typeof(INodeDeviceListing), typeof(INodeDeviceLifecycle), typeof(INodeDeviceEvents))]
public abstract class NodeDeviceContract(IDriver driver, string uri, bool remote) : Contract(new InProcessSubject(driver, uri, remote))
{
    const string Adapter = """
        <device><parent>scsi_host1</parent>
          <capability type='scsi_host'><capability type='fc_host'><wwnn>20000000c9831b4b</wwnn><wwpn>10000000c9831b4b</wwpn></capability></capability></device>
        """;

    INodeDeviceListing Lists => On<INodeDeviceListing>();

    [Fact]
    public void Lists_and_counts_agree_and_every_device_tells_of_itself()
    {
        string[] names = Now(Lists.ListNamesAsync(null, 0, default));
        Assert.Equal(names.Order(StringComparer.Ordinal), Now(Lists.ListAllAsync(ListNodeDevicesFlags.None, default)).Select(device => device.Name).Order(StringComparer.Ordinal));
        Assert.Equal(names.Length, Now(Lists.CountAsync(null, 0, default)));
        foreach (string name in names)
        {
            Assert.Equal(name, Now(Lists.LookupByNameAsync(name, default)).Name);
            Assert.Contains($"<name>{name}</name>", Now(Lists.GetXmlAsync(name, 0, default)), StringComparison.Ordinal);
            string[] capabilities = Now(Lists.ListCapabilitiesAsync(name, default));
            Assert.Equal(capabilities.Length, Now(Lists.CountCapabilitiesAsync(name, default)));
            Assert.All(capabilities, capability => Assert.Contains(name, Now(Lists.ListNamesAsync(capability, 0, default))));
            if (Now(Lists.GetParentAsync(name, default)) is { } parent)
                Assert.Contains(parent, names);
        }
    }

    [Fact]
    public void A_virtual_adapter_comes_and_goes_and_who_listens_is_told()
    {
        var heard = new List<(string, NodeDeviceEventType)>();
        IAsyncDisposable subscription = Now(On<INodeDeviceEvents>().SubscribeAsync(
            NodeDeviceEventId.Lifecycle, null, e => heard.Add((e.Device.Name, ((NodeDeviceLifecycleEvent)e).Type)), default));
        NodeDeviceRef made = Now(On<INodeDeviceLifecycle>().CreateAsync(Adapter, NodeDeviceCreateFlags.None, default));
        Assert.Contains("<wwpn>10000000c9831b4b</wwpn>", Now(Lists.GetXmlAsync(made.Name, 0, default)), StringComparison.Ordinal);
        Assert.Contains(made, Now(Lists.ListAllAsync(ListNodeDevicesFlags.CapFcHost, default)));
        Now(On<INodeDeviceLifecycle>().DestroyAsync(made.Name, default));
        Refuses(ErrorCode.NoNodeDevice, () => Lists.LookupByNameAsync(made.Name, default));
        Hear();
        Assert.Equal([(made.Name, NodeDeviceEventType.Created), (made.Name, NodeDeviceEventType.Deleted)], heard);
        Now(subscription.DisposeAsync());
    }

    [Fact]
    public void Bad_input_is_refused()
    {
        INodeDeviceLifecycle make = On<INodeDeviceLifecycle>();
        Refuses(ErrorCode.XmlDetail, () => make.CreateAsync("<device", NodeDeviceCreateFlags.None, default));
        Refuses(ErrorCode.XmlError, () => make.CreateAsync("<network/>", NodeDeviceCreateFlags.None, default));
        Refuses(ErrorCode.InternalError, () => make.CreateAsync(Adapter.Replace("scsi_host1<", "nobody<", StringComparison.Ordinal), NodeDeviceCreateFlags.None, default));
        Refuses(ErrorCode.XmlError, () => make.CreateAsync(Adapter.Replace("<parent>", "<parent wwnn='1'>", StringComparison.Ordinal), NodeDeviceCreateFlags.None, default));
        Refuses(ErrorCode.InvalidArg, () => make.CreateAsync(Adapter, (NodeDeviceCreateFlags)0x80, default));
        Refuses(ErrorCode.NoNodeDevice, () => make.DestroyAsync("nobody", default));
        Refuses(ErrorCode.InvalidArg, () => Lists.CountAsync(null, 1, default));
    }
}

public sealed class TestDriverNodeDevices() : NodeDeviceContract(TestDriver.Create(), "test:///default", remote: false);

public sealed class TestDriverNodeDevicesBehindAServer() : NodeDeviceContract(TestDriver.Create(), "test:///default", remote: true);

public sealed class TestDriverNodeDevicesInADaemonOfTheirOwn() : NodeDeviceContract(new DaemonsOfAHost(TestDriver.Create(), "test:///default"), "qemu:///system", remote: true);
