using Vireo.Core.Errors;
using Vireo.Core.TypedParameters;
using Vireo.Drivers.Qemu.Tuning;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;
using Xunit;

namespace Vireo.Tests.Drivers.Qemu.Tuning;

public sealed class IoTuneRulesTests
{
    static DomainDef Machine(string one = "", string other = "") => DomainDef.Parse($"""
        <domain type='qemu'><name>g</name><memory>1</memory><os><type>hvm</type></os><devices>
          <disk type='file'><source file='/a'/><target dev='vda' bus='virtio'/>{one}</disk><disk type='file'><source file='/b'/><target dev='vdb' bus='virtio'/>{other}</disk>
        </devices></domain>
        """);

    static DiskIoTune? Set(DomainDef machine, string disk, string seen, params TypedParameter[] parameters) =>
        IoTuneRules.With(machine, machine.Devices.Disks.First(d => d.Target.Device == disk), parameters).Devices.Disks.First(d => d.Target.Device == seen).IoTune;

    [Fact]
    public void Who_sets_one_of_a_family_sets_all_of_it_and_no_other()
    {
        DomainDef machine = Machine("<iotune><total_bytes_sec>5</total_bytes_sec><read_iops_sec>7</read_iops_sec><size_iops_sec>9</size_iops_sec></iotune>");
        DiskIoTune now = Set(machine, "vda", "vda", new TypedParameter("read_bytes_sec", 6ul))!;
        Assert.Equal((null, 6ul, 7ul, 9ul), (now.TotalBytes, now.ReadBytes, now.ReadIops, now.SizeIops));
    }

    [Fact]
    public void A_burst_that_has_a_rate_lasts_a_second_when_the_length_of_another_is_set()
    {
        DomainDef machine = Machine("<iotune><read_bytes_sec>5</read_bytes_sec><read_bytes_sec_max>6</read_bytes_sec_max><read_bytes_sec_max_length>4</read_bytes_sec_max_length></iotune>");
        DiskIoTune now = Set(machine, "vda", "vda", new TypedParameter("write_bytes_sec_max_length", 3ul))!;
        Assert.Equal((null, 1ul, 3ul), (now.TotalBytesMaxLength, now.ReadBytesMaxLength, now.WriteBytesMaxLength));
    }

    [Fact]
    public void Who_joins_a_group_takes_its_limits_and_who_changes_them_changes_all()
    {
        DomainDef machine = Machine("<iotune><total_bytes_sec>5</total_bytes_sec></iotune>", "<iotune><total_iops_sec>7</total_iops_sec><group_name>a</group_name></iotune>");
        TypedParameter join = new("group_name", "a");
        Assert.Equal(new DiskIoTune { TotalIops = 7, GroupName = "a" }, Set(machine, "vda", "vda", join));
        DomainDef joined = IoTuneRules.With(machine, machine.Devices.Disks[0], [join]);
        Assert.Equal(8ul, Set(joined, "vda", "vdb", new TypedParameter("total_iops_sec", 8ul))!.TotalIops);
    }

    [Fact]
    public void A_group_without_limits_is_none_and_the_last_limit_takes_the_group_along()
    {
        DomainDef machine = Machine("<iotune><total_bytes_sec>5</total_bytes_sec><group_name>a</group_name></iotune>");
        Assert.Null(Set(machine, "vda", "vda", new TypedParameter("total_bytes_sec", 0ul)));
        Assert.Equal(ErrorCode.ConfigUnsupported, Assert.Throws<VireoException>(() => Set(machine, "vdb", "vdb", new TypedParameter("group_name", "b"))).Code);
    }

    [Fact]
    public void What_no_disk_can_do_is_refused()
    {
        Assert.Equal(ErrorCode.InvalidArg, Assert.Throws<VireoException>(() => IoTuneRules.CheckParts([new("total_iops_sec", 1ul), new("write_iops_sec", 1ul)])).Code);
        Assert.Equal(ErrorCode.ArgumentUnsupported, Assert.Throws<VireoException>(() => IoTuneRules.CheckLargest([new("total_iops_sec", 1_000_000_000_000_001ul)])).Code);
        Assert.Equal(ErrorCode.ConfigUnsupported, Assert.Throws<VireoException>(() => IoTuneRules.CheckLargest([new("total_iops_sec", 5ul), new("total_iops_sec_max", 4ul)])).Code);
    }
}
