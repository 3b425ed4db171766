using Vireo.Drivers.Lxc.Definition;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;
using Xunit;

namespace Vireo.Tests.Drivers.Lxc;

/// <summary>What a user may leave out of a container's definition.</summary>
public class LxcDefinitionTests
{
    static DomainDef Complete(string devices = "", string os = "<type>exe</type>") => LxcDefinition.Complete(
        DomainDef.Parse($"<domain type='lxc'><name>c</name><memory>65536</memory><os>{os}</os><devices>{devices}</devices></domain>", DomainParse.Inactive),
        new LxcContext());

    [Fact]
    public void A_container_runs_init_unless_it_names_a_program()
    {
        Assert.Equal("/sbin/init", Complete().Os.Init);
        Assert.Equal("/bin/sh", Complete(os: "<type>exe</type><init>/bin/sh</init>").Os.Init);
    }

    [Fact]
    public void Consoles_are_the_containers_own_and_no_serial_port_appears()
    {
        DeviceSet devices = Complete("<console type='pty'/><console type='pty'/>").Devices;
        Assert.Equal([(ConsoleTarget.Lxc, 0), (ConsoleTarget.Lxc, 1)], devices.Consoles.Select(static c => (c.TargetType!.Value, c.Port!.Value)));
        Assert.True(devices.Serials.IsEmpty);
    }

    [Fact]
    public void Identity_emulator_and_addresses_are_filled_in()
    {
        DomainDef container = Complete("<interface type='network'><source network='default'/></interface>");
        Assert.NotNull(container.Uuid);
        Assert.Equal("/usr/lib/libvirt/libvirt_lxc", container.Devices.Emulator);
        Assert.StartsWith("00:16:3e:", container.Devices.Interfaces[0].Mac!.Address.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void File_systems_in_memory_are_told_in_KiB() =>
        Assert.Equal((1025UL, "KiB"), Complete("<filesystem type='ram'><source usage='1049000' units='bytes'/><target dir='/tmp'/></filesystem>").Devices.Filesystems[0].Source is { } source
            ? (source.Usage!.Value, source.Units) : default);
}
