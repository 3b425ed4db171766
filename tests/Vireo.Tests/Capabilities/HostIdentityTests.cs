using Vireo.Core;
using Vireo.Hypervisor.Capabilities;
using Vireo.Tests.Topology;
using Xunit;

namespace Vireo.Tests.Capabilities;

public sealed class HostIdentityTests : IDisposable
{
    const string Firmware = "4c4c4544-0044-4810-8031-b4c04f4a5831", Machine = "3d1219c7c4c5404aaa1f6d2a48adfda4";
    readonly TreeFolder host = new();

    [Fact]
    public void The_configuration_decides() =>
        Assert.Equal(Of("8510b1a1-0afa-4da6-8111-785fae202c1e"), HostIdentity.Find(host.Tree, "8510b1a1-0afa-4da6-8111-785fae202c1e"));

    [Fact]
    public void Otherwise_it_is_the_firmwares_unless_the_machine_id_is_wanted()
    {
        host.Add("sys/class/dmi/id/product_uuid", Firmware + "\n");
        host.Add("etc/machine-id", Machine + "\n");
        Assert.Equal(Of(Firmware), HostIdentity.Find(host.Tree));
        Assert.Equal(Of(Machine), HostIdentity.Find(host.Tree, source: "machine-id"));
    }

    [Fact]
    public void A_firmware_that_was_never_told_gives_way_to_the_machine_id()
    {
        host.Add("sys/class/dmi/id/product_uuid", "ffffffff-ffff-ffff-ffff-ffffffffffff\n");
        host.Add("etc/machine-id", Machine + "\n");
        Assert.Equal(Of(Machine), HostIdentity.Find(host.Tree));
    }

    [Fact]
    public void A_host_without_any_gets_one() => Assert.False(HostIdentity.Find(host.Tree).IsZero);

    static Uuid Of(string text) => Uuid.TryParse(text, out Uuid uuid) ? uuid : throw new ArgumentException("not a uuid", nameof(text));

    public void Dispose() => host.Dispose();
}
