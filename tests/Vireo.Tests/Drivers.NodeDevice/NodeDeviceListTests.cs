using Vireo.Driver;
using Xunit;

namespace Vireo.Tests.Drivers.NodeDevice;

/// <summary>What is told of devices, held to what libvirt's own daemon said of the same tree (<c>data/stock.txt</c>).</summary>
public sealed class NodeDeviceListTests(NodeDeviceRoot root) : IClassFixture<NodeDeviceRoot>
{
    static Dictionary<string, string> Stock() => File.ReadAllText(Path.Join(FakeDevices.Data, "stock.txt")).Split("=== ", StringSplitOptions.RemoveEmptyEntries)
        .Select(static part => part.Split('\n', 2)).ToDictionary(static part => part[0], static part => part[1].TrimEnd('\n') + "\n");

    [Fact]
    public async Task Every_device_is_told_as_libvirt_tells_it()
    {
        Dictionary<string, string> stock = Stock();
        Dictionary<string, string> own = [];
        foreach (string name in await root.NamesAsync())
            own[name] = await root.Lists.GetXmlAsync(name, 0, default);
        // A USB device of which udev has no record is none for libvirt; here it tells of itself.
        Assert.True(own.Remove("usb_1_1"));
        Assert.Equal(stock.Keys.Order(StringComparer.Ordinal), own.Keys.Order(StringComparer.Ordinal));
        foreach (var (name, document) in own.Where(static one => one.Key is not "usb_1_1_1_0"))
            Assert.Equal(stock[name], document);
        Assert.Contains("<parent>usb_1_1</parent>", own["usb_1_1_1_0"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("scsi_host5", "scsi_host fc_host vports", "pci_0000_00_03_0")]
    [InlineData("pci_0000_00_02_0", "pci mdev_types", "computer")]
    [InlineData("pci_0000_01_00_0", "pci vpd", "pci_0000_00_01_0")]
    [InlineData("css_0_0_0052", "css mdev_types", "computer")]
    [InlineData("ap_matrix", "ap_matrix mdev_types", "computer")]
    [InlineData("computer", "system", null)]
    [InlineData("net_eth8", "net", "pci_0000_00_06_0")]
    public async Task Capabilities_and_parents_are_libvirts(string name, string capabilities, string? parent)
    {
        Assert.Equal(capabilities.Split(' '), await root.Lists.ListCapabilitiesAsync(name, default));
        Assert.Equal(capabilities.Split(' ').Length, await root.Lists.CountCapabilitiesAsync(name, default));
        Assert.Equal(parent, await root.Lists.GetParentAsync(name, default));
        Assert.True(await root.On<INodeDeviceDefinitions>().IsActiveAsync(name, default));
        Assert.Equal(name is "computer", await root.On<INodeDeviceDefinitions>().IsPersistentAsync(name, default));
        foreach (string capability in capabilities.Split(' '))
            Assert.Contains(name, await root.Lists.ListNamesAsync(capability, 0, default));
    }

    [Theory]
    [InlineData(ListNodeDevicesFlags.CapVports, "scsi_host5")]
    [InlineData(ListNodeDevicesFlags.CapFcHost, "scsi_host5")]
    [InlineData(ListNodeDevicesFlags.CapVpd, "pci_0000_01_00_0")]
    [InlineData(ListNodeDevicesFlags.CapApCard | ListNodeDevicesFlags.CapApQueue, "ap_04_0009 ap_card04")]
    [InlineData(ListNodeDevicesFlags.CapMdevTypes, "ap_matrix css_0_0_0052 pci_0000_00_02_0")]
    [InlineData(ListNodeDevicesFlags.CapNet | ListNodeDevicesFlags.Inactive, "")]
    [InlineData(ListNodeDevicesFlags.CapVdpa | ListNodeDevicesFlags.Active, "vdpa_vdpa0")]
    public async Task Lists_keep_to_their_flags(ListNodeDevicesFlags flags, string names) =>
        Assert.Equal(names.Split(' ', StringSplitOptions.RemoveEmptyEntries), await root.NamesAsync(flags));
}
