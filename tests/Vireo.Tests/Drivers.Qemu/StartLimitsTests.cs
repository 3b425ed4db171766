using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Start;
using Vireo.Model.Domain;
using Xunit;

namespace Vireo.Tests.Drivers.Qemu;

/// <summary>A guest never starts without a device that its definition has.</summary>
public class StartLimitsTests
{
    const string Secret = "<secret type='passphrase' uuid='0a81f5b2-8403-7b23-c8d6-21ccc2f80d6f'/>";

    [Fact]
    public void A_volume_that_nobody_looks_up_is_refused_by_name()
    {
        VireoException refused = Assert.Throws<VireoException>(() => StartLimits.Check(Machine("<disk type='volume'><source pool='p' volume='v'/><target dev='vda'/></disk>")));
        Assert.Equal((ErrorCode.NoSupport, "this function is not supported by the connection driver: starting a machine with a disk of type 'volume'"), (refused.Code, refused.Message));
    }

    [Fact]
    public void A_network_that_is_not_there_is_not_a_tap_to_nowhere()
    {
        VireoException refused = Assert.Throws<VireoException>(() => StartLimits.Check(Machine("<interface type='network'><source network='lan'/></interface>")));
        Assert.Equal((ErrorCode.NoNetwork, "Network not found: no network with matching name 'lan'"), (refused.Code, refused.Message));
    }

    [Theory]
    [InlineData("<disk type='file'><source file='/d'/><target dev='vda'/></disk><interface type='user'/><serial type='pty'/><rng model='virtio'><backend model='random'/></rng>")]
    [InlineData("<disk type='file'><source file='/d'><encryption format='luks'>" + Secret + "</encryption></source><target dev='vda'/></disk>")]
    [InlineData("<disk type='network'><source protocol='nbd' name='x'><host name='h'/></source><target dev='vda'/></disk>")]
    [InlineData("<filesystem type='mount'><source dir='/srv'/><target dir='srv'/></filesystem>")]
    [InlineData("<interface type='user'><backend type='passt'/></interface><video><driver name='vhostuser'/><model type='virtio'/></video>")]
    [InlineData("<disk type='file'><source file='/d'/><target dev='vda'/><transient/></disk><disk type='block'><source dev='/d'><reservations managed='yes'/></source><target dev='vdb'/></disk>")]
    [InlineData("<interface type='hostdev'><source><address type='pci' domain='0' bus='1' slot='0' function='0'/></source></interface>")]
    [InlineData("<smartcard mode='host'/><redirdev bus='usb' type='spicevmc'/>")]
    [InlineData("<shmem name='s'><model type='ivshmem-plain'/><size unit='M'>4</size></shmem>")]
    [InlineData("<memory model='dimm'><target><size unit='KiB'>524288</size><node>0</node></target></memory>")]
    public void What_is_planned_whole_passes(string devices) => StartLimits.Check(Machine(devices));

    static DomainDef Machine(string devices) =>
        DomainDef.Parse($"<domain type='qemu'><name>m</name><memory>65536</memory><os><type>hvm</type></os><devices>{devices}</devices></domain>", DomainParse.Inactive);
}
