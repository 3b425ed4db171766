using Vireo.Host.Cgroups;
using Vireo.Host.Files;
using Xunit;

namespace Vireo.Tests.Host;

public sealed class CgroupReadingsTests : IDisposable
{
    readonly TempFolder folder = new(Path.GetTempPath(), "groups");

    public void Dispose() => folder.Dispose();

    ControlGroup Group(bool unified, CgroupControllers controllers, params (string File, string Text)[] files)
    {
        string at = Path.Join(folder.Path, "machine/g");
        Directory.CreateDirectory(at);
        foreach (var (file, text) in files)
            File.WriteAllText(Path.Join(at, file), text);
        return MachineCgroup.Find([new CgroupHierarchy("/", "/", controllers, unified)], MachinePlace.InPartition("/machine", "g"), new FileSystemRoot(folder.Path)).Whole;
    }

    [Fact]
    public void A_limit_that_is_none_is_not_a_number()
    {
        Assert.Equal((null, 4ul, null), Group(unified: true, CgroupControllers.Memory, ("memory.max", "max\n"), ("memory.high", "4096\n"), ("memory.swap.max", "max\n")).Memory());
        Assert.Equal((2ul, null, null), Group(unified: false, CgroupControllers.Memory, ("memory.limit_in_bytes", "2048\n"), ("memory.soft_limit_in_bytes", "9223372036854771712\n")).Memory());
    }

    [Theory]
    [InlineData(true, "max 100000\n", -1)]
    [InlineData(true, "50000 100000\n", 50000)]
    [InlineData(false, "-1\n", -1)]
    [InlineData(false, "50000\n", 50000)]
    public void Time_in_each_period_is_read_in_either_version(bool unified, string text, long quota) => Assert.Equal((100000ul, quota), Group(unified, CgroupControllers.Cpu,
        unified ? ("cpu.max", text) : ("cpu.cfs_quota_us", text), ("cpu.cfs_period_us", "100000\n")).Bandwidth());

    [Fact]
    public void The_weight_of_disks_is_read_whatever_scheduler_has_it()
    {
        Assert.Equal(300u, Group(unified: true, CgroupControllers.BlockIo, ("io.weight", "default 300\n8:0 200\n")).BlockWeight());
        Assert.Equal(200u, Group(unified: false, CgroupControllers.BlockIo, ("blkio.bfq.weight", "200\n")).BlockWeight());
        Assert.Null(Group(unified: false, CgroupControllers.Cpu).BlockWeight());
    }

    [Fact]
    public void Only_v1_tells_processors_apart()
    {
        Assert.Equal([5ul, 7ul], Group(unified: false, CgroupControllers.CpuAccounting, ("cpuacct.usage_percpu", "5 7 \n")).ProcessorTimes());
        Assert.Null(Group(unified: true, CgroupControllers.CpuAccounting, ("cpu.stat", "usage_usec 5\n")).ProcessorTimes());
    }
}
