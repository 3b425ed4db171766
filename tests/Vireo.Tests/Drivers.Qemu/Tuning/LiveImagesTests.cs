using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Blocks;
using Vireo.Drivers.Qemu.Definition;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;
using Xunit;

namespace Vireo.Tests.Drivers.Qemu.Tuning;

public sealed class LiveImagesTests
{
    static readonly DomainDef machine = ImageIndexes.Apply(DomainDef.Parse("""
        <domain type='qemu'><name>g</name><memory>1</memory><os><type>hvm</type></os><devices>
          <disk type='file'><source file='/a'/><backingStore type='file'><format type='raw'/><source file='/below'/><backingStore/></backingStore><target dev='vda' bus='virtio'/></disk>
        </devices></domain>
        """));

    [Theory]
    [InlineData("vda", 1u, "/a")]
    [InlineData("vda[0]", 1u, "/a")]
    [InlineData("vda[1]", 1u, "/a")]
    [InlineData("vda[2]", 2u, "/below")]
    public void An_image_is_found_by_its_disk_and_number(string name, uint index, string path)
    {
        var found = LiveImages.Find(machine, name);
        Assert.Equal((index, path), (found.Index, Assert.IsType<DiskSource.OfFile>(found.Source).Path));
    }

    [Theory, InlineData("vda[4]"), InlineData("vdb"), InlineData("vda[x]"), InlineData("vda[99999999999]"), InlineData("[2]")]
    public void What_is_not_there_is_an_argument_that_is_wrong(string name) =>
        Assert.Equal(ErrorCode.InvalidArg, Assert.Throws<VireoException>(() => LiveImages.Find(machine, name)).Code);

    [Fact]
    public void A_node_is_the_image_that_has_its_number()
    {
        Assert.Equal(2u, LiveImages.OfNode(machine, "libvirt-2-storage")!.Value.Index);
        Assert.Null(LiveImages.OfNode(machine, "libvirt-22-format"));
    }
}
