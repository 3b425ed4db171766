using Vireo.Drivers.Qemu.Start.Helpers;
using Vireo.Drivers.Qemu.Start.Screens;
using Vireo.Model.Domain;
using Xunit;

namespace Vireo.Tests.Drivers.Qemu;

/// <summary>Programs beside guests are told what their manuals say, of what the documents say.</summary>
public class HelperArgumentsTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("<source dev='eth42'/>", "--interface eth42")]
    [InlineData("<mtu size='1400'/>", "--mtu 1400")]
    [InlineData("<ip address='172.17.2.0' family='ipv4' prefix='24'/>", "--address 172.17.2.0 --netmask 255.255.255.0")]
    [InlineData("<ip address='10.0.0.1' family='ipv4' prefix='8'/><ip address='2001:db8::feed' family='ipv6'/>", "--address 10.0.0.1 --netmask 255.0.0.0 --address 2001:db8::feed")]
    [InlineData("<portForward proto='tcp'/>", "--tcp-ports all")]
    [InlineData("<portForward proto='tcp'><range start='80'/></portForward>", "--tcp-ports 80")]
    [InlineData("<portForward proto='tcp'><range start='443' to='344'/></portForward>", "--tcp-ports 443:344")]
    [InlineData("<portForward proto='udp' address='1.2.3.4' dev='eth0'><range start='5000' end='5020' to='6000'/><range start='5010' end='5015' exclude='yes'/></portForward>",
        "--udp-ports 1.2.3.4%eth0/5000-5020:6000-6020,~5010-5015")]
    [InlineData("<portForward proto='tcp' address='2001:db8::10'><range start='22' to='2022'/><range start='1000' end='1050'/><range start='1020' exclude='yes'/></portForward>",
        "--tcp-ports 2001:db8::10/22:2022,1000-1050,~1020")]
    public void Passt_is_told_of_addresses_and_ports(string elements, string told)
    {
        DomainDef machine = Machine($"<interface type='user'><mac address='52:54:00:11:22:33'/>{elements}<backend type='passt'/></interface>");
        string all = string.Join(' ', Passt.Arguments(machine.Devices.Interfaces[0], "/s"));
        Assert.Equal($"--one-off --socket /s --mac-addr 52:54:00:11:22:33 {told}".TrimEnd(), all);
    }

    [Fact]
    public void Passt_is_told_of_its_log() => Assert.EndsWith("--log-file /l", string.Join(' ', Passt.Arguments(
        Machine("<interface type='user'><mac address='52:54:00:11:22:33'/><backend type='passt' logFile='/l'/></interface>").Devices.Interfaces[0], "/s")), StringComparison.Ordinal);

    [Theory]
    [InlineData("", "--fd=3")]
    [InlineData("<acceleration accel3d='yes'/>", "--fd=3 --virgl")]
    [InlineData("<acceleration accel3d='yes' rendernode='/dev/dri/renderD128'/>", "--fd=3 --virgl --render-node=/dev/dri/renderD128")]
    public void A_program_that_draws_is_told_how(string acceleration, string told) => Assert.Equal(told, string.Join(' ', GpuPrograms.Arguments(
        Machine($"<video><driver name='vhostuser'/><model type='virtio'>{acceleration}</model></video>").Devices.Videos[0])));

    [Theory]
    [InlineData(null, "")]
    [InlineData("no JSON", "")]
    [InlineData("[1]", "")]
    [InlineData("{\"type\": \"gpu\"}", "")]
    [InlineData("{\"type\": \"gpu\", \"features\": [\"render-node\", 1, \"virgl\"]}", "render-node virgl")]
    public void What_a_program_that_draws_says_of_itself_is_read(string? told, string features) => Assert.Equal(features, string.Join(' ', GpuPrograms.Features(told)));

    static DomainDef Machine(string devices) =>
        DomainDef.Parse($"<domain type='qemu'><name>m</name><memory>65536</memory><os><type>hvm</type></os><devices>{devices}</devices></domain>", DomainParse.Inactive);
}
