using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Start;
using Vireo.Model.Domain;
using Xunit;

namespace Vireo.Tests.Drivers.Qemu;

/// <summary>A guest never starts without a device that its definition has.</summary>
public class StartLimitsTests
{
    [Theory]
    [InlineData("<hostdev mode='subsystem' type='pci' managed='yes'><source><address domain='0' bus='1' slot='0' function='0'/></source></hostdev>", "hostdev")]
    [InlineData("<filesystem type='mount'><source dir='/srv'/><target dir='srv'/></filesystem>", "filesystem")]
    [InlineData("<smartcard mode='host'/>", "smartcard")]
    [InlineData("<redirdev bus='usb' type='spicevmc'/>", "redirdev")]
    [InlineData("<shmem name='s'><model type='ivshmem-plain'/><size unit='M'>4</size></shmem>", "shmem")]
    [InlineData("<memory model='dimm'><target><size unit='KiB'>524288</size><node>0</node></target></memory>", "memory")]
    public void A_device_without_a_planner_is_refused_by_name(string device, string element)
    {
        VireoException refused = Assert.Throws<VireoException>(() => StartLimits.Check(Machine(device)));
        Assert.Equal((ErrorCode.NoSupport, $"this function is not supported by the connection driver: starting a machine with <{element}>"), (refused.Code, refused.Message));
    }

    [Fact]
    public void A_network_that_is_not_there_is_not_a_tap_to_nowhere()
    {
        VireoException refused = Assert.Throws<VireoException>(() => StartLimits.Check(Machine("<interface type='network'><source network='lan'/></interface>")));
        Assert.Equal((ErrorCode.NoNetwork, "Network not found: no network with matching name 'lan'"), (refused.Code, refused.Message));
    }

    [Fact]
    public void An_ordinary_machine_passes() =>
        StartLimits.Check(Machine("<disk type='file'><source file='/d'/><target dev='vda'/></disk><interface type='user'/><serial type='pty'/><rng model='virtio'><backend model='random'/></rng>"));

    static DomainDef Machine(string devices) =>
        DomainDef.Parse($"<domain type='qemu'><name>m</name><memory>65536</memory><os><type>hvm</type></os><devices>{devices}</devices></domain>", DomainParse.Inactive);
}
