using Vireo.Core.Errors;
using Vireo.Host.Cgroups;
using Vireo.Host.Files;
using Xunit;

namespace Vireo.Tests.Host;

public sealed class CgroupTests : IDisposable
{
    readonly TempFolder folder = new("/tmp", "vireo-");
    readonly FileSystemRoot root;

    public CgroupTests() => root = new FileSystemRoot(folder.Path);

    public void Dispose() => folder.Dispose();

    void Put(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(root.Of(path))!);
        File.WriteAllText(root.Of(path), text);
    }

    void Hybrid()
    {
        Put("/proc/self/mounts", """
            tmpfs /sys/fs/cgroup tmpfs rw,relatime,mode=755 0 0
            cgroup /sys/fs/cgroup/cpu,cpuacct cgroup rw,relatime,cpu,cpuacct 0 0
            cgroup /sys/fs/cgroup/cpuset cgroup rw,relatime,cpuset 0 0
            cgroup /sys/fs/cgroup/memory cgroup rw,relatime,memory 0 0
            cgroup /elsewhere cgroup rw,relatime,memory 0 0
            cgroup /sys/fs/cgroup/devices cgroup rw,relatime,devices 0 0
            cgroup /sys/fs/cgroup/blkio cgroup rw,relatime,blkio 0 0
            cgroup /sys/fs/cgroup/pids cgroup rw,relatime,pids 0 0
            cgroup2 /sys/fs/cgroup/unified/hidden cgroup2 rw,relatime 0 0
            cgroup /sys/fs/cgroup/systemd cgroup rw,relatime,name=systemd 0 0
            cgroup2 /sys/fs/cgroup/unified cgroup2 rw,relatime 0 0
            """);
        Put("/proc/self/cgroup", "9:name=systemd:/\n8:pids:/\n7:blkio:/\n5:devices:/\n4:memory:/some/where\n3:cpuset:/\n2:cpu,cpuacct:/\n0::/\n");
        Put("/sys/fs/cgroup/cpuset/cpuset.cpus", "0-3\n");
        Put("/sys/fs/cgroup/cpuset/cpuset.mems", "0\n");
        Put("/sys/fs/cgroup/unified/cgroup.controllers", "\n");
        foreach (string one in (string[])["cpu,cpuacct", "memory", "devices", "blkio", "pids", "systemd"])
            Directory.CreateDirectory(root.Of("/sys/fs/cgroup/" + one));
    }

    IReadOnlyList<CgroupHierarchy> Found(bool devicePrograms = false, params string[]? wanted) =>
        CgroupMounts.Detect(root, wanted is { Length: 0 } ? null : wanted, devicePrograms);

    string Read(string path) => File.ReadAllText(root.Of("/sys/fs/cgroup/" + path)).Trim();

    [Fact]
    public void The_hierarchies_of_a_hybrid_host_are_found()
    {
        Hybrid();
        var found = Found();
        Assert.Equal(["unified", "cpu,cpuacct", "cpuset", "memory", "devices", "blkio", "systemd"], found.Select(h => Path.GetFileName(h.MountPoint)));
        Assert.True(found[0].IsUnified);
        Assert.Equal(CgroupControllers.CpuAccounting, found[0].Controllers);      // v2 counts whatever it controls, so v1 need not
        Assert.Equal(CgroupControllers.Cpu, found[1].Controllers);
        Assert.Equal("/some/where", found[3].Own);
    }

    [Fact]
    public void Rules_for_devices_are_kept_where_v2_can_run_programs_and_in_the_lists_of_v1_otherwise()
    {
        Hybrid();
        Assert.Contains(Found(devicePrograms: true), h => h.IsUnified && h.Controllers == (CgroupControllers.CpuAccounting | CgroupControllers.Devices));
        Assert.DoesNotContain(Found(devicePrograms: true), h => h.MountPoint.EndsWith("devices", StringComparison.Ordinal));
        Assert.Contains(Found(), h => h.MountPoint.EndsWith("devices", StringComparison.Ordinal));
    }

    [Fact]
    public void Only_controllers_that_are_wanted_are_used()
    {
        Hybrid();
        Assert.Equal([CgroupControllers.Cpu, CgroupControllers.Memory], Found(false, "cpu", "memory", "nonsense").Select(h => h.Controllers));
        Assert.Empty(CgroupMounts.Detect(root, [], devicePrograms: false));
    }

    [Fact]
    public async Task A_machine_and_its_emulator_get_groups_and_leave_none()
    {
        Hybrid();
        var hierarchies = Found();
        string name = MachineCgroup.NameOf("qemu", "", 1, "a");
        var group = MachineCgroup.Create(hierarchies, MachinePlace.InPartition("/machine", name), root);
        Assert.Equal(["unified*/emulator", "cpu,cpuacct*/emulator", "cpuset*/emulator", "memory*", "devices*", "blkio*"],
            group.Folders.Select(f => Path.GetRelativePath(root.Of("/sys/fs/cgroup"), f).Replace("/machine/qemu-1-a.libvirt-qemu", "*")));
        foreach (string one in (string[])["", "/emulator"])
        {
            Assert.Equal("0-3", Read($"cpuset/machine/{name}{one}/cpuset.cpus"));
            Assert.Equal("0", Read($"cpuset/machine/{name}{one}/cpuset.mems"));
            Assert.Equal("1", Read($"cpuset/machine/{name}{one}/cpuset.memory_migrate"));
        }
        Assert.Equal("threaded", Read($"unified/machine/{name}/emulator/cgroup.type"));
        Assert.Equal(0, group.Threads("vcpu0").AddThread(77));
        Assert.Equal("77", Read($"cpu,cpuacct/machine/{name}/vcpu0/tasks"));
        Assert.Equal("77", Read($"unified/machine/{name}/vcpu0/cgroup.threads"));
        Assert.False(Directory.Exists(root.Of($"/sys/fs/cgroup/memory/machine/{name}/vcpu0")));

        Put($"/sys/fs/cgroup/unified/machine/{name}/cpu.stat", "usage_usec 3\nuser_usec 2\nsystem_usec 1\n");
        Put($"/sys/fs/cgroup/memory/machine/{name}/memory.usage_in_bytes", "4096\n");
        Assert.Equal(new CgroupUsage(3000, 2000, 1000, 4096), group.Usage());
        Put($"/sys/fs/cgroup/cpu,cpuacct/machine/{name}/vcpu0/cgroup.procs", "18\n");
        Put($"/sys/fs/cgroup/memory/machine/{name}/cgroup.procs", "17\n18\n");
        Assert.Equal([17, 18], MachineCgroup.Find(hierarchies, MachinePlace.InPartition("machine", name), root).Members().Order());
        foreach (string file in Directory.GetFiles(root.Of("/sys/fs/cgroup"), "*", SearchOption.AllDirectories))
            File.Delete(file);                  // the kernel's files go with their folder
        Assert.True(await MachineCgroup.Find(hierarchies, MachinePlace.InPartition("machine", name), root).RemoveAsync(TimeProvider.System));
        Assert.Empty(Directory.GetDirectories(root.Of("/sys/fs/cgroup"), "qemu-*", SearchOption.AllDirectories));
    }

    [Fact]
    public void A_v1_host_counts_in_ticks()
    {
        Put("/proc/self/mounts", "cgroup /sys/fs/cgroup/acct cgroup rw,cpuacct 0 0\n");
        Directory.CreateDirectory(root.Of("/sys/fs/cgroup/acct"));
        var group = MachineCgroup.Create(Found(), MachinePlace.InPartition("machine", "a"), root);
        Put("/sys/fs/cgroup/acct/machine/a/cpuacct.usage", "123456789\n");
        Put("/sys/fs/cgroup/acct/machine/a/cpuacct.stat", "user 5\nsystem 7\n");
        Assert.Equal(new CgroupUsage(123456789, 50_000_000, 70_000_000, null), group.Usage());
    }

    void Unified()
    {
        Put("/proc/self/mounts", "cgroup2 /sys/fs/cgroup cgroup2 rw,nsdelegate 0 0\n");
        Put("/proc/self/cgroup", "0::/user.slice\n");
        Put("/sys/fs/cgroup/cgroup.controllers", "cpuset cpu io memory hugetlb pids\n");
    }

    [Fact]
    public void A_unified_host_hands_its_controllers_down_and_to_threads_only_those_that_can_tell_them_apart()
    {
        Unified();
        var group = MachineCgroup.Create(Found(), MachinePlace.InPartition("machine", "qemu-1-a.libvirt-qemu"), root);
        Assert.Equal("+cpu +cpuset +memory +io", Read("cgroup.subtree_control"));
        Assert.Equal("+cpu +cpuset +memory +io", Read("machine/cgroup.subtree_control"));
        Assert.Equal("+cpu +cpuset", Read("machine/qemu-1-a.libvirt-qemu/cgroup.subtree_control"));
        Assert.Equal([root.Of("/sys/fs/cgroup/machine/qemu-1-a.libvirt-qemu/emulator")], group.Folders);
        Put("/sys/fs/cgroup/machine/qemu-1-a.libvirt-qemu/memory.current", "4096\n");
        Put("/sys/fs/cgroup/machine/qemu-1-a.libvirt-qemu/cgroup.procs", "17\n18\n");
        Assert.Equal(new CgroupUsage(null, null, null, 4096), group.Usage());
        Assert.Equal([17, 18], group.Members().Order());
    }

    [Fact]
    public void Limits_are_written_as_v2_has_them()
    {
        Unified();
        var group = MachineCgroup.Create(Found(), MachinePlace.InPartition("machine", "a"), root);
        group.Whole.SetShares(2048);
        group.Whole.SetMemory(1024, 512, (1ul << 53) - 1);
        group.Whole.SetBandwidth(50000, null);
        Assert.Equal("2048", Read("machine/a/cpu.weight"));
        Assert.Equal("1048576", Read("machine/a/memory.max"));
        Assert.Equal("524288", Read("machine/a/memory.high"));
        Assert.Equal("max", Read("machine/a/memory.swap.max"));
        Assert.Equal("max 50000", Read("machine/a/cpu.max"));
        group.Whole.SetBandwidth(null, 20000);
        Assert.Equal("20000", Read("machine/a/cpu.max"));                     // the kernel keeps the period
        Put("/sys/fs/cgroup/machine/a/cpu.max", "20000 50000\n");
        group.Whole.SetBandwidth(1000, null);
        Assert.Equal("20000 1000", Read("machine/a/cpu.max"));
        group.Threads("vcpu0").SetPlaces("0-1", "0");
        Assert.Equal("0-1", Read("machine/a/vcpu0/cpuset.cpus"));
        Put("/sys/fs/cgroup/machine/a/io.weight", "default 100\n");
        group.Whole.SetBlockWeight(500);
        Assert.Equal("default 500", Read("machine/a/io.weight"));
        Assert.Equal("shares '20000' must be in range [1, 10000]", Assert.Throws<VireoException>(() => group.Whole.SetShares(20000)).Error.Message.Split(": ")[^1]);
    }

    [Fact]
    public void Limits_are_written_as_v1_has_them()
    {
        Hybrid();
        var group = MachineCgroup.Create(Found(), MachinePlace.InPartition("machine", "a"), root);
        group.Whole.SetShares(2048);
        group.Whole.SetMemory(1024, 512, (1ul << 53) - 1);
        group.Whole.SetBandwidth(50000, -5);
        Assert.Equal("2048", Read("cpu,cpuacct/machine/a/cpu.shares"));
        Assert.Equal("1048576", Read("memory/machine/a/memory.limit_in_bytes"));
        Assert.Equal("524288", Read("memory/machine/a/memory.soft_limit_in_bytes"));
        Assert.Equal("-1", Read("memory/machine/a/memory.memsw.limit_in_bytes"));
        Assert.Equal("50000", Read("cpu,cpuacct/machine/a/cpu.cfs_period_us"));
        Assert.Equal("-1", Read("cpu,cpuacct/machine/a/cpu.cfs_quota_us"));
        var missing = Assert.Throws<VireoException>(() => group.Whole.SetBlockWeight(500));
        Assert.Equal(ErrorCode.OperationInvalid, missing.Error.Code);
        Put("/sys/fs/cgroup/blkio/machine/a/blkio.bfq.weight", "100\n");
        group.Whole.SetBlockWeight(500);
        Assert.Equal("500", Read("blkio/machine/a/blkio.bfq.weight"));
        Assert.Equal("Path '/dev/null' must be a block device: Invalid argument", Assert.Throws<VireoException>(() => group.Whole.SetBlock("/dev/null", BlockLimit.ReadBytes, 1)).Error.Message);
        Assert.Equal(ErrorCode.SystemError, Assert.Throws<VireoException>(() => group.Whole.SetBlock("/nowhere", BlockLimit.ReadBytes, 1)).Error.Code);
    }

    [Fact]
    public void A_list_of_devices_is_written_and_read_as_v1_has_it()
    {
        Hybrid();
        var devices = MachineCgroup.Create(Found(), MachinePlace.InPartition("machine", "a"), root).Devices!;
        devices.AllowOnly([DeviceRule.Terminals]);
        Assert.Equal("a", Read("devices/machine/a/devices.deny"));
        Assert.Equal("c 136:* rw", Read("devices/machine/a/devices.allow"));
        devices.Deny(new(IsBlock: true, 8, 1, MayWrite: false));
        Assert.Equal("b 8:1 rw", Read("devices/machine/a/devices.deny"));
        Put("/sys/fs/cgroup/devices/machine/a/devices.list", "c 136:* rw\nb 8:1 r\n");
        Assert.Equal([DeviceRule.Terminals, new(IsBlock: true, 8, 1, MayWrite: false)], devices.Allowed());
        Put("/sys/fs/cgroup/devices/machine/a/devices.list", "a *:* rwm\n");
        Assert.Null(devices.Allowed());
    }

    [Fact]
    public async Task Where_there_are_no_groups_a_machine_runs_without()
    {
        var group = MachineCgroup.Create(Found(), MachinePlace.InPartition("machine", "x"), root);
        Assert.Empty(group.Folders);
        Assert.Equal(default, group.Usage());
        Assert.True(await group.RemoveAsync(TimeProvider.System));
        var denied = new CgroupHierarchy("/proc/self", "/", CgroupControllers.Cpu, false);
        Assert.Empty(MachineCgroup.Create([denied], MachinePlace.InPartition("machine", "x"), FileSystemRoot.Host).Folders);
    }

    [Fact]
    public void A_partition_of_the_administrator_must_be_there()
    {
        Unified();
        Assert.Equal(ErrorCode.SystemError, Assert.Throws<VireoException>(() => MachineCgroup.Create(Found(), MachinePlace.InPartition("/fast", "a"), root)).Error.Code);
        Directory.CreateDirectory(root.Of("/sys/fs/cgroup/fast.partition"));
        Assert.Equal([root.Of("/sys/fs/cgroup/fast.partition/a/emulator")], MachineCgroup.Create(Found(), MachinePlace.InPartition("/fast", "a"), root).Folders);
    }

    [Fact]
    public void In_a_scope_of_systemds_a_machine_has_a_folder_and_its_first_process_is_in_it()
    {
        Unified();
        var place = MachinePlace.InScope("/machine/fast", "qemu-1-a");
        string scope = @"machine.slice/machine-fast.slice/machine-qemu\x2d1\x2da.scope";
        Directory.CreateDirectory(root.Of("/sys/fs/cgroup/" + scope));
        var group = MachineCgroup.Create(Found(), place, root, leader: 77);
        Assert.Equal("77", Read(scope + "/libvirt/cgroup.procs"));
        Assert.Equal("+cpu +cpuset +memory +io", Read(scope + "/cgroup.subtree_control"));
        Assert.Equal([root.Of($"/sys/fs/cgroup/{scope}/libvirt/emulator")], group.Folders);
        Assert.Equal(group.Folders, MachineCgroup.Find(Found(), place, root).Folders);
        group.AddHelper(78);
        Assert.Equal("78", Read(scope + "/libvirt/emulator/cgroup.procs"));
    }

    [Fact]
    public void In_v1_a_scope_is_made_beside_systemds_own_hierarchy()
    {
        Hybrid();
        var group = MachineCgroup.Create(Found(false, "cpuset", "memory"), MachinePlace.InScope("/machine", "qemu-1-a"), root, leader: 77);
        Assert.Equal([@"cpuset/machine.slice/machine-qemu\x2d1\x2da.scope/emulator", @"memory/machine.slice/machine-qemu\x2d1\x2da.scope"],
            group.Folders.Select(f => Path.GetRelativePath(root.Of("/sys/fs/cgroup"), f)));
        Assert.Equal("0-3", Read(@"cpuset/machine.slice/machine-qemu\x2d1\x2da.scope/cpuset.cpus"));
    }

    [Theory]
    [InlineData("qemu-1-gr2", @"machine-qemu\x2d1\x2dgr2.scope"), InlineData("qemu-1-a.b", @"machine-qemu\x2d1\x2da.b.scope")]
    public void A_scope_is_named_as_systemd_writes_it(string machine, string unit) => Assert.Equal(unit, ScopeNames.ScopeOf(machine));

    [Theory]
    [InlineData("/machine", "machine.slice", "machine.slice"), InlineData("/a/b", "a-b.slice", "a.slice/a-b.slice"), InlineData("/a-x.slice", @"a\x2dx.slice", @"a\x2dx.slice")]
    public void A_partition_is_a_slice(string partition, string slice, string folder) =>
        Assert.Equal((slice, folder), (ScopeNames.SliceOf(partition), ScopeNames.FolderOf(partition)));

    [Theory]
    [InlineData("/machine", "machine"), InlineData("/virtualmachines", "virtualmachines.partition"), InlineData("/a/b.slice", "a.partition/b.slice")]
    [InlineData("/user/berrange.user/production", "user/berrange.user/production.partition"), InlineData("/../cgroup.x", "_../_cgroup.x")]
    public void A_partition_is_a_folder_with_suffixes(string partition, string expected) => Assert.Equal(expected, CgroupPartition.PathOf(partition));

    [Theory]
    [InlineData("", "zażółć gęślą jaźń x y z", "qemu-2-zagljaxyz.libvirt-qemu")]
    [InlineData("", "a-very-long-name-for-a-domain-ééé", "qemu-2-a-very-long-name-for-a-domain.libvirt-qemu")]
    [InlineData("0badcafe", "a", "qemu-0badcafe-2-a.libvirt-qemu")]
    public void A_group_is_named_as_libvirt_names_it(string hash, string name, string expected) =>
        Assert.Equal(expected, MachineCgroup.NameOf("qemu", hash, 2, name));
}
