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
        Put("/proc/self/mountinfo", """
            31 23 0:28 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755
            32 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw,relatime shared:9 - cgroup cgroup rw,cpu,cpuacct
            34 31 0:31 / /sys/fs/cgroup/cpuset rw,relatime - cgroup cgroup rw,cpuset
            35 31 0:32 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory
            39 31 0:36 / /sys/fs/cgroup/pids rw,relatime - cgroup cgroup rw,pids
            40 31 0:37 / /sys/fs/cgroup/systemd rw,relatime - cgroup cgroup rw,name=systemd
            41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw
            """);
        Put("/proc/self/cgroup", "9:name=systemd:/\n8:pids:/\n4:memory:/some/where\n3:cpuset:/\n2:cpu,cpuacct:/\n0::/\n");
        Put("/sys/fs/cgroup/cpuset/cpuset.cpus", "0-3\n");
        Put("/sys/fs/cgroup/cpuset/cpuset.mems", "0\n");
        Put("/sys/fs/cgroup/unified/cgroup.controllers", "\n");
        foreach (string one in (string[])["cpu,cpuacct", "memory", "pids", "systemd"])
            Directory.CreateDirectory(root.Of("/sys/fs/cgroup/" + one));
    }

    [Fact]
    public void The_hierarchies_of_a_hybrid_host_are_found()
    {
        Hybrid();
        var found = CgroupMounts.Detect(root);
        Assert.Equal(["cpu,cpuacct", "cpuset", "memory", "pids", "unified"], found.Select(h => Path.GetFileName(h.MountPoint)));
        Assert.Equal(["cpu", "cpuacct"], found[0].Controllers.Order());
        Assert.Equal("/some/where", found[2].Own);
        Assert.True(found[4].IsUnified);
    }

    [Fact]
    public void A_machine_gets_a_group_in_each_and_leaves_none()
    {
        Hybrid();
        var hierarchies = CgroupMounts.Detect(root);
        string name = MachineCgroup.NameOf("qemu", "", 1, "a");
        var group = MachineCgroup.Create(hierarchies, name, "/machine", root);
        Assert.Equal(["cpu,cpuacct", "cpuset", "memory", "unified"],
            group.Folders.Select(f => Path.GetRelativePath(root.Of("/sys/fs/cgroup"), f)).Select(f => f.Replace("/machine/qemu-1-a.libvirt-qemu", "")));
        Assert.Equal("0-3", File.ReadAllText(root.Of("/sys/fs/cgroup/cpuset/machine/qemu-1-a.libvirt-qemu/cpuset.cpus")));
        Put("/sys/fs/cgroup/cpu,cpuacct/machine/qemu-1-a.libvirt-qemu/cpuacct.usage", "123456789\n");
        Put("/sys/fs/cgroup/cpu,cpuacct/machine/qemu-1-a.libvirt-qemu/cpuacct.stat", "user 5\nsystem 7\n");
        Put("/sys/fs/cgroup/memory/machine/qemu-1-a.libvirt-qemu/memory.usage_in_bytes", "4096\n");
        Assert.Equal(new CgroupUsage(123456789, 50_000_000, 70_000_000, 4096), group.Usage());
        foreach (string file in Directory.GetFiles(root.Of("/sys/fs/cgroup"), "*", SearchOption.AllDirectories))
            File.Delete(file);                  // the kernel's files go with their folder
        Assert.True(MachineCgroup.Find(hierarchies, name, "machine", root).Remove());
        Assert.Empty(Directory.GetDirectories(root.Of("/sys/fs/cgroup"), "qemu-*", SearchOption.AllDirectories));
    }

    [Fact]
    public void A_unified_host_hands_its_controllers_down()
    {
        Put("/proc/self/mountinfo", "30 23 0:26 / /sys/fs/cgroup rw shared:4 - cgroup2 cgroup2 rw,nsdelegate\n");
        Put("/proc/self/cgroup", "0::/user.slice\n");
        Put("/sys/fs/cgroup/cgroup.controllers", "cpuset cpu io memory pids\n");
        var group = MachineCgroup.Create(CgroupMounts.Detect(root), "qemu-1-a.libvirt-qemu", "machine", root);
        Assert.Equal("+memory", File.ReadAllText(root.Of("/sys/fs/cgroup/cgroup.subtree_control")));        // the last that was written
        Put("/sys/fs/cgroup/machine/qemu-1-a.libvirt-qemu/cpu.stat", "usage_usec 3\nuser_usec 2\nsystem_usec 1\n");
        Put("/sys/fs/cgroup/machine/qemu-1-a.libvirt-qemu/cgroup.procs", "17\n18\n");
        Assert.Equal(new CgroupUsage(3000, 2000, 1000, null), group.Usage());
        Assert.Equal([17, 18], group.Members().Order());
    }

    [Fact]
    public void Where_there_are_no_groups_a_machine_runs_without()
    {
        var group = MachineCgroup.Create(CgroupMounts.Detect(root), "x", "machine", root);
        Assert.Empty(group.Folders);
        Assert.Equal(default, group.Usage());
        Assert.True(group.Remove());
        var denied = new CgroupHierarchy("/proc/self", "/", ["cpu"], false);
        Assert.Empty(MachineCgroup.Create([denied], "x", "machine", FileSystemRoot.Host).Folders);
    }

    [Theory]
    [InlineData("", "zażółć gęślą jaźń x y z", "qemu-2-zagljaxyz.libvirt-qemu")]
    [InlineData("", "a-very-long-name-for-a-domain-ééé", "qemu-2-a-very-long-name-for-a-domain.libvirt-qemu")]
    [InlineData("0badcafe", "a", "qemu-0badcafe-2-a.libvirt-qemu")]
    public void A_group_is_named_as_libvirt_names_it(string hash, string name, string expected) =>
        Assert.Equal(expected, MachineCgroup.NameOf("qemu", hash, 2, name));
}
