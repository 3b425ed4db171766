using Vireo.Core.Errors;
using Vireo.Model.Domain;
using Vireo.Model.Rules;
using Xunit;

namespace Vireo.Tests.Model;

public class DomainDocumentRulesTests
{
    static Findings Check(string os = "<os><type>hvm</type></os>", string devices = "", string rest = "") =>
        DomainRules.Check(DomainDef.Parse($"<domain type='qemu'><name>a</name><memory>1024</memory>{os}{rest}<devices>{devices}</devices></domain>"));

    [Theory]
    [InlineData("<os firmware='efi'><type>hvm</type><loader>/a</loader></os>", "loader attribute 'type' cannot be specified when firmware autoselection is enabled")]
    [InlineData("<os firmware='efi'><type>hvm</type><loader secure='no'/></os>", "loader attribute 'secure' cannot be specified when firmware autoselection is enabled")]
    [InlineData("<os firmware='efi'><type>hvm</type><loader readonly='yes'/></os>", "loader attribute 'readonly' cannot be specified when firmware autoselection is enabled")]
    [InlineData("<os firmware='bios'><type>hvm</type><loader stateless='no'/></os>", "Only EFI firmware permits NVRAM")]
    [InlineData("<os firmware='bios'><type>hvm</type><nvram>/a</nvram></os>", "firmware type 'bios' does not support nvram")]
    [InlineData("<os firmware='efi'><type>hvm</type><loader stateless='yes'/><nvram>/a</nvram></os>", "NVRAM is not permitted when loader is stateless")]
    [InlineData("<os firmware='efi'><type>hvm</type><firmware><feature enabled='yes' name='enrolled-keys'/><feature enabled='no' name='secure-boot'/></firmware></os>",
        "firmware feature 'enrolled-keys' cannot be enabled when firmware feature 'secure-boot' is disabled")]
    public void Firmware_is_chosen_or_named_not_both(string os, string text)
    {
        Finding first = Check(os).All[0];
        Assert.Equal((ErrorCode.XmlDetail, text), (first.Code, first.Text));
    }

    [Theory]
    [InlineData("<os><type>hvm</type><bootmenu enable='yes' timeout='65536'/></os>", "invalid value for boot menu timeout, must be in range [0,65535]")]
    [InlineData("<os><type>hvm</type><bios rebootTimeout='65536'/></os>", "invalid value for rebootTimeout, must be in range [-1,65535]")]
    public void Waits_of_the_firmware_have_limits(string os, string text) => Assert.Equal(text, Check(os).All[0].Text);

    [Theory]
    [InlineData("<os><type>hvm</type><loader readonly='yes'/></os>", "no loader path specified and firmware auto selection disabled")]
    [InlineData("<os><type>hvm</type><nvram>/a</nvram></os>", "no loader path specified and firmware auto selection disabled")]
    [InlineData("<os firmware='efi'><type>hvm</type><nvram template='/x'/></os>", "nvram attribute 'template' cannot be specified when firmware autoselection is enabled")]
    [InlineData("<os><type>hvm</type><loader type='pflash' stateless='yes'>/a</loader><nvram template='/b'/></os>", "NVRAM template is not permitted when loader is stateless")]
    [InlineData("<os><type>hvm</type><loader type='rom' stateless='no'>/a</loader></os>", "Only pflash loader type permits NVRAM")]
    public void A_loaders_parts_fit_together(string os, string text) => Assert.Equal(text, Check(os).All[0].Text);

    [Theory]
    [InlineData("<cputune><period>500</period></cputune>", "Value of cputune 'period' must be in range [1000, 1000000]")]
    [InlineData("<cputune><shares>1</shares></cputune>", "Value of cputune 'shares' must be in range [2, 262144]")]
    [InlineData("<cputune><emulator_quota>17592186044416</emulator_quota></cputune>", "Value of cputune 'emulator_quota' must be in range [1000, 17592186044415]")]
    [InlineData("<memoryBacking><hugepages/><allocation mode='ondemand'/></memoryBacking>", "hugepages are not allowed with memory allocation ondemand")]
    [InlineData("<features><kvm><dirty-ring state='on' size='500'/></kvm></features>", "dirty ring must be power of 2 and ranges [1024, 65536]")]
    public void Numbers_have_their_ranges(string rest, string text) => Assert.Equal(text, Check(rest: rest).All[0].Text);

    [Fact]
    public void Limits_are_for_all_traffic_or_for_each_direction() =>
        Assert.Equal("total and read/write bytes_sec cannot be set at the same time", Check(devices:
            "<disk type='file'><source file='/a'/><target dev='vda' bus='virtio'/><iotune><total_bytes_sec>5</total_bytes_sec><read_bytes_sec>5</read_bytes_sec></iotune></disk>").All[0].Text);

    [Fact]
    public void Huge_pages_are_for_nodes_that_are_there()
    {
        Assert.Equal("hugepages: node 1 not found", Check(rest: "<memoryBacking><hugepages><page size='2048' nodeset='1'/></hugepages></memoryBacking>").All[0].Text);
        Assert.Empty(Check(rest: "<memoryBacking><hugepages><page size='2048' nodeset='0'/></hugepages></memoryBacking>").All);
    }

    [Fact]
    public void Two_drives_at_one_place_collide()
    {
        const string place = "<address type='drive' controller='0' bus='0' target='0' unit='0'/>";
        string disk = $"<disk type='file'><source file='/a'/><target dev='sda' bus='scsi'/>{place}</disk>";
        const string lun = "<hostdev mode='subsystem' type='scsi'><source><adapter name='scsi_host0'/><address bus='0' target='0' unit='0'/></source>";
        Assert.Contains("duplicate drive address", Check(devices: disk + disk.Replace("sda", "sdb", StringComparison.Ordinal)).All[0].Text, StringComparison.Ordinal);
        Assert.Contains("conflicts with SCSI host device address", Check(devices: $"{disk}{lun}{place}</hostdev>").All[0].Text, StringComparison.Ordinal);
        Assert.Contains("in use by another SCSI host device", Check(devices: $"{lun}{place}</hostdev>{lun}{place}</hostdev>").All[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_is_of_the_servers_kind_and_written_once()
    {
        const string auth = "<auth username='u'><secret type='{0}' usage='x'/></auth>";
        string Disk(string outside, string inside) => "<disk type='network'>" + outside
            + $"<source protocol='iscsi' name='iqn.2000-01.a:b/1'><host name='h'/>{inside}</source><target dev='vda' bus='virtio'/></disk>";
        string right = auth.Replace("{0}", "iscsi", StringComparison.Ordinal), wrong = auth.Replace("{0}", "ceph", StringComparison.Ordinal);
        Assert.Empty(Check(devices: Disk(right, "")).All);
        Assert.Equal("invalid secret type 'ceph'", Check(devices: Disk(wrong, "")).All[0].Text);
        Assert.Equal("an <auth> definition already found for disk source", Check(devices: Disk(right, right)).All[0].Text);
    }

    [Theory]
    [InlineData("<model type='e1000'/>")]
    [InlineData("")]
    public void Only_virtio_cards_have_options_of_virtio(string model) =>
        Assert.Equal("iommu driver option is only supported for virtio devices", Check(devices: $"<interface type='user'>{model}<driver iommu='on'/></interface>").All[0].Text);
}
