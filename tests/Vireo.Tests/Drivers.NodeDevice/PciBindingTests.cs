using Vireo.Core.Errors;
using Vireo.Host.Pci;
using Xunit;

namespace Vireo.Tests.Drivers.NodeDevice;

/// <summary>What the kernel is told when a PCI function changes hands. The tree does not act on it, so a driver that was asked does not come.</summary>
public sealed class PciBindingTests : IDisposable
{
    const string Address = "0000:01:10.0", Lent = "0000:01:10.1";

    readonly FakeDevices devices = new();
    readonly PciBinding binding;

    public PciBindingTests()
    {
        binding = new PciBinding(devices.Root);
        foreach (string address in (string[])[Address, Lent])
            File.WriteAllText(At(address, "driver_override"), "");
        File.WriteAllText(devices.Sys + "/bus/pci/drivers_probe", "");
    }

    public void Dispose() => devices.Dispose();

    string At(string address, string file) => $"{devices.Sys}/bus/pci/devices/{address}/{file}";

    string Told(string address, string file) => File.ReadAllText(At(address, file));

    [Theory]
    [InlineData("pci_0000_01_10_0", Address)]
    [InlineData("pci_0000_01_11_0", null)]
    [InlineData("computer", null)]
    [InlineData("", null)]
    public void A_function_is_found_by_libvirts_name(string name, string? address) => Assert.Equal(address, binding.AddressOf(name));

    [Fact]
    public void A_function_that_is_not_taken_goes_back_to_its_driver()
    {
        Assert.Equal("igbvf", binding.DriverOf(Address));
        var fault = Assert.Throws<VireoException>(() => binding.Detach(Address));
        Assert.Contains("driver 'vfio-pci' did not take PCI device '0000:01:10.0'", fault.Message, StringComparison.Ordinal);
        Assert.Equal("\n", Told(Address, "driver_override"));
        Assert.Equal(Address, Told(Address, "driver/unbind"));
        Assert.Equal(Address, File.ReadAllText(devices.Sys + "/bus/pci/drivers_probe"));
    }

    [Fact]
    public void A_function_that_is_lent_is_left_alone_until_it_is_given_back()
    {
        binding.Detach(Lent);
        binding.Reset(Lent);
        Assert.Equal("", Told(Lent, "driver_override"));
        binding.Reattach(Lent);
        Assert.Equal("\n", Told(Lent, "driver_override"));
        Assert.Equal(Lent, Told(Lent, "driver/unbind"));
    }

    [Fact]
    public void A_reset_is_the_kernels()
    {
        var fault = Assert.Throws<VireoException>(() => binding.Reset(Address));
        Assert.Contains("Unable to reset PCI device 0000:01:10.0: no FLR, PM reset or bus reset available", fault.Message, StringComparison.Ordinal);
        File.WriteAllText(At(Address, "reset"), "");
        binding.Reset(Address);
        Assert.Equal("1", Told(Address, "reset"));
    }

    [Fact]
    public void A_kernel_without_overrides_refuses()
    {
        File.Delete(At(Address, "driver_override"));
        Assert.Equal(ErrorCode.SystemError, Assert.Throws<VireoException>(() => binding.Reattach(Address)).Error.Code);
    }
}
