using Vireo.Core.Errors;
using Vireo.Drivers.NodeDevice.Mediated;
using Vireo.Model.NodeDevice;
using Xunit;

namespace Vireo.Tests.Drivers.NodeDevice;

/// <summary>What is asked of mdevctl, and what it tells.</summary>
public class MdevctlTests
{
    const string Listed = """
        [{"0000:00:02.0":[
           {"200f228a-c80a-4d50-bfb7-f5a0e4e34045":{"mdev_type":"i915-GVTg_V5_4","start":"manual"}},
           {"de807ffc-1923-4d5f-b6c9-b20ecebc6d4b":{"mdev_type":"i915-GVTg_V5_4","start":"auto","attrs":[{"b":"2"},{"a":"1"}]}}],
         "matrix":[{"783e6dbb-ea0e-411f-94e2-717eaad438bf":{"mdev_type":"vfio_ap-passthrough","start":"manual"}}]}]
        """;

    static IReadOnlyList<KnownMdev> Read(string json) => MdevctlList.Parse(json, static address => address == "0000:00:02.0" ? "pci_0000_00_02_0" : null);

    [Fact]
    public void Every_device_of_every_parent_is_read()
    {
        IReadOnlyList<KnownMdev> devices = Read(Listed);
        Assert.Equal(["mdev_200f228a_c80a_4d50_bfb7_f5a0e4e34045_0000_00_02_0", "mdev_de807ffc_1923_4d5f_b6c9_b20ecebc6d4b_0000_00_02_0", "mdev_783e6dbb_ea0e_411f_94e2_717eaad438bf_matrix"],
            devices.Select(static d => d.Device.Name));
        Assert.Equal(["pci_0000_00_02_0", "pci_0000_00_02_0", "computer"], devices.Select(static d => d.Device.Parent!.Name));
        Assert.Equal([false, true, false], devices.Select(static d => d.Autostart));
        Assert.Equal("""
            <device>
              <name>mdev_de807ffc_1923_4d5f_b6c9_b20ecebc6d4b_0000_00_02_0</name>
              <parent>pci_0000_00_02_0</parent>
              <capability type='mdev'>
                <type id='i915-GVTg_V5_4'/>
                <uuid>de807ffc-1923-4d5f-b6c9-b20ecebc6d4b</uuid>
                <parent_addr>0000:00:02.0</parent_addr>
                <attr name='b' value='2'/>
                <attr name='a' value='1'/>
              </capability>
            </device>

            """, devices[1].Device.ToXml());
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("[{}]")]
    public void Nothing_is_an_empty_list(string json) => Assert.Empty(Read(json));

    [Theory]
    [InlineData("{")]
    [InlineData("[1]")]
    [InlineData("[{\"p\":{}}]")]
    [InlineData("[{\"p\":[{\"no-uuid\":{\"mdev_type\":\"t\"}}]}]")]
    [InlineData("[{\"p\":[{\"783e6dbb-ea0e-411f-94e2-717eaad438bf\":{}}]}]")]
    public void Anything_else_is_refused(string json) => Assert.Equal(ErrorCode.InternalError, Assert.Throws<VireoException>(() => Read(json)).Code);

    [Fact]
    public void Only_a_mediated_device_is_made()
    {
        NodeDeviceDef scsi = NodeDeviceDef.Define("<device><name>h</name><capability type='scsi_host'><host>1</host></capability></device>");
        Assert.Equal(ErrorCode.XmlError, Assert.Throws<VireoException>(() => MdevctlCommands.Create(scsi, "p")).Code);
    }
}
