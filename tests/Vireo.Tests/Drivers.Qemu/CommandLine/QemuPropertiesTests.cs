using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Drivers.Qemu.Facts;
using Xunit;

namespace Vireo.Tests.Drivers.Qemu.CommandLine;

public class QemuPropertiesTests
{
    static readonly QemuDevice Device = new("virtio-rng-pci") { { "rng", "objrng0" }, { "id", null }, { "max-bytes", (uint?)10 }, { "on", true } };

    [Fact]
    public void Null_leaves_a_property_out() => Assert.DoesNotContain("id", Device.ToJson());

    [Fact]
    public void A_modern_binary_gets_json()
    {
        var arguments = new List<string>();
        Device.ToArguments(TestFacts.Modern, arguments);
        Assert.Equal(["-device", """{"driver":"virtio-rng-pci","rng":"objrng0","max-bytes":10,"on":true}"""], arguments);
    }

    [Fact]
    public void An_old_binary_gets_option_text()
    {
        var arguments = new List<string>();
        Device.ToArguments(TestFacts.Modern with { Flags = System.Collections.Frozen.FrozenSet<string>.Empty }, arguments);
        Assert.Equal(["-device", "virtio-rng-pci,rng=objrng0,max-bytes=10,on=on"], arguments);
    }

    [Fact]
    public void Commas_in_values_are_doubled() =>
        Assert.Equal("file,path=/a,,b", new OptionText("file").Add("path", "/a,b").ToString());
}
