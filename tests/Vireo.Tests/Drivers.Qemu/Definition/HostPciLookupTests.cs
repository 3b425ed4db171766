using Vireo.Drivers.Qemu.Definition;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Model.Domain.Devices;
using Xunit;

namespace Vireo.Tests.Drivers.Qemu.Definition;

public sealed class HostPciLookupTests : IDisposable
{
    readonly string root = Directory.CreateTempSubdirectory("vireo-pci-").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Theory]
    [InlineData(4096, true)]
    [InlineData(256, false)]
    public void A_devices_group_and_kind_are_read_from_sysfs(int config, bool express)
    {
        string device = Directory.CreateDirectory(Path.Join(root, "0001:0a:1f.7")).FullName;
        Directory.CreateDirectory(Path.Join(root, "groups/42"));
        Directory.CreateSymbolicLink(Path.Join(device, "iommu_group"), "../groups/42");
        File.WriteAllBytes(Path.Join(device, "config"), new byte[config]);
        var lookup = new HostPciLookup(root);
        Assert.Equal(new HostPciFacts(42, express), lookup.Find(new HostPciAddress { Domain = 1, Bus = 10, Slot = 31, Function = 7 }));
        Assert.Null(lookup.Find(new HostPciAddress()));
    }

    [Fact]
    public void A_device_of_a_host_without_an_iommu_has_no_group()
    {
        string device = Directory.CreateDirectory(Path.Join(root, "0000:00:00.0")).FullName;
        File.WriteAllBytes(Path.Join(device, "config"), new byte[64]);
        Assert.Equal(new HostPciFacts(null, false), new HostPciLookup(root).Find(new HostPciAddress()));
    }
}
