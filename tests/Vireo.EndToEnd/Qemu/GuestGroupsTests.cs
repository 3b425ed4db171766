using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.EndToEnd.Harness;
using Vireo.Host.Cgroups;
using Vireo.Host.Files;
using Vireo.Host.Processes;
using Xunit;

namespace Vireo.EndToEnd.Qemu;

/// <summary>The control groups of real guests on this host's kernel, whichever versions of them it has.</summary>
public sealed class GuestGroupsTests
{
    const string Secret = "/dev/loop-control";      // a node that no guest is given

    static readonly CancellationToken Test = TestContext.Current.CancellationToken;

    static IReadOnlyList<CgroupHierarchy> Hierarchies()
    {
        Needs.Root();
        var found = CgroupMounts.Detect(FileSystemRoot.Host);
        Assert.SkipWhen(found.Count == 0, "there are no control groups");
        return found;
    }

    static MachineCgroup GroupOf(QemuRoot root, int id, string name) =>
        MachineCgroup.Find(Hierarchies(), MachinePlace.InPartition(CgroupPartition.Default, MachineCgroup.NameOf("qemu", root.Paths.RootHash, id, name)), FileSystemRoot.Host);

    static string Tuned(string tuning, string vcpu = "<vcpu>2</vcpu><iothreads>1</iothreads>") =>
        QemuRoot.Guest("g", tuning).Replace("<vcpu>1</vcpu>", vcpu, StringComparison.Ordinal);

    static Dictionary<string, int> ThreadsOf(int pid) => Directory.GetDirectories($"/proc/{pid}/task")
        .ToDictionary(static t => File.ReadAllText(t + "/comm").Trim() is var name && Path.GetFileName(t) == Path.GetFileName(Path.GetDirectoryName(Path.GetDirectoryName(t))) ? "main" : name,
            static t => int.Parse(Path.GetFileName(t)));

    static string Field(int thread, string name) => File.ReadLines($"/proc/{thread}/status").First(l => l.StartsWith(name + ":", StringComparison.Ordinal)).Split('\t')[^1];

    static int PolicyOf(int thread) => int.Parse(File.ReadAllText($"/proc/{thread}/stat").Split(") ")[^1].Split(' ')[38]);

    [Fact]
    public async Task Threads_are_in_groups_of_their_own_with_the_limits_of_the_definition()
    {
        var hierarchies = Hierarchies();
        await using QemuRoot root = await new QemuRoot().StartAsync();
        int last = Environment.ProcessorCount - 1;
        await root.Get<IDomainPower>().CreateTransientAsync(Tuned($"""
            <cputune>
              <shares>2048</shares><period>100000</period><quota>50000</quota><global_period>100000</global_period><global_quota>80000</global_quota>
              <emulator_period>100000</emulator_period><emulator_quota>20000</emulator_quota><iothread_period>100000</iothread_period><iothread_quota>30000</iothread_quota>
              <vcpupin vcpu='0' cpuset='0'/><emulatorpin cpuset='{last}'/><iothreadpin iothread='1' cpuset='0'/>
              <vcpusched vcpus='0' scheduler='batch'/><emulatorsched scheduler='idle'/>
            </cputune>
            <memtune><soft_limit unit='MiB'>800</soft_limit></memtune>
            <numatune><memory mode='strict' nodeset='0'/></numatune>
            """), DomainCreateFlags.StartPaused, Test);
        var group = GroupOf(root, 1, "g");
        var threads = ThreadsOf(root.Pids().Single());
        var places = new Dictionary<string, int> { ["emulator"] = threads["main"], ["vcpu0"] = threads["CPU 0/TCG"], ["vcpu1"] = threads["CPU 1/TCG"], ["iothread1"] = threads["IO iothread1"] };
        foreach (var (name, thread) in places)
            foreach (string line in await File.ReadAllLinesAsync($"/proc/{thread}/cgroup", Test))
                if (hierarchies.FirstOrDefault(h => h.IsUnified ? line.StartsWith("0::", StringComparison.Ordinal) : (CgroupControllerNames.Of(line.Split(':')[1].Split(',')) & h.Controllers & CgroupControllers.OfMachines) != 0) is { } one)
                    Assert.EndsWith(one.IsUnified || (one.Controllers & CgroupControllers.OfThreads) != 0 ? $".libvirt-qemu/{name}" : ".libvirt-qemu", line, StringComparison.Ordinal);
        Assert.Contains(threads["main"], group.Members());
        Assert.Equal(["0", "0", $"{last}"], new[] { "vcpu0", "iothread1", "emulator" }.Select(one => Field(places[one], "Cpus_allowed_list")));
        Assert.NotEqual(Field(places["emulator"], "Cpus_allowed_list"), last == 0 ? "" : Field(places["vcpu1"], "Cpus_allowed_list"));      // not the emulator's, which it was born with
        Assert.Equal([3, 0, 5], new[] { "vcpu0", "vcpu1", "emulator" }.Select(one => PolicyOf(places[one])));

        if (group.Whole.Has(CgroupControllers.Cpu, out string? cpu, out bool unified))
        {
            string Quota(string below) => File.ReadAllText(Path.Join(cpu, below, unified ? "cpu.max" : "cpu.cfs_quota_us")).Trim().Split(' ')[0];
            Assert.Equal("2048", (await File.ReadAllTextAsync(Path.Join(cpu, unified ? "cpu.weight" : "cpu.shares"), Test)).Trim());
            Assert.Equal(["80000", "20000", "50000", "50000", "30000"], new[] { "", "emulator", "vcpu0", "vcpu1", "iothread1" }.Select(Quota));
        }
        if (group.Whole.Has(CgroupControllers.CpuSet, out string? sets, out unified))
        {
            Assert.Equal(["0", "0", $"{last}"], new[] { "vcpu0", "iothread1", "emulator" }.Select(one => File.ReadAllText(Path.Join(sets, one, "cpuset.cpus")).Trim()));
            Assert.All(places.Keys, one => Assert.Equal("0", File.ReadAllText(Path.Join(sets, one, "cpuset.mems")).Trim()));
            if (!unified)
                Assert.All(places.Keys, one => Assert.Equal("1", File.ReadAllText(Path.Join(sets, one, "cpuset.memory_migrate")).Trim()));
        }
        if (group.Whole.Has(CgroupControllers.Memory, out string? memory, out unified))
            Assert.Equal("838860800", (await File.ReadAllTextAsync(Path.Join(memory, unified ? "memory.high" : "memory.soft_limit_in_bytes"), Test)).Trim());
        Assert.NotEmpty(group.Folders);
        await root.Get<IDomainPower>().DestroyAsync(Assert.Single(await root.Get<IDomainListing>().ListAllAsync(ListDomainsFlags.Active, Test)), Test);
        Assert.Empty(GroupOf(root, 1, "g").Folders);
    }

    static async Task<bool> MayOpenAsync(QemuRoot root, MachineCgroup group, string node)
    {
        using var shell = await root.Processes.StartAsync(new ProcessPlan { Program = "/bin/sh", Arguments = ["-c", $"exec 3<{node}"], Cgroups = group.Folders }, Test);
        return (await shell.Exited).IsSuccess;
    }

    [Fact]
    public async Task A_guest_may_open_its_devices_and_no_others_and_a_later_daemon_can_change_that()
    {
        Hierarchies();
        Assert.SkipUnless(File.Exists(Secret), $"{Secret} is not there");
        await using QemuRoot root = await new QemuRoot().StartAsync();
        await root.Get<IDomainPower>().CreateTransientAsync(Tuned("").Replace("<memballoon",
            "<rng model='virtio'><backend model='random'>/dev/urandom</backend></rng><memballoon", StringComparison.Ordinal),
            DomainCreateFlags.StartPaused, Test);
        var group = GroupOf(root, 1, "g");
        Assert.SkipWhen(group.Devices is null, "the host keeps no rules for devices");
        Assert.Contains(DeviceRule.Terminals, group.Devices!.Allowed()!);
        Assert.Contains(DeviceRule.For("/dev/null", mayWrite: true)!.Value, group.Devices!.Allowed()!);
        Assert.True(await MayOpenAsync(root, group, "/dev/null"));
        Assert.False(await MayOpenAsync(root, group, Secret));

        await root.StopAsync();
        await root.StartAsync();
        group = GroupOf(root, 1, "g");
        DeviceRule rule = DeviceRule.For(Secret, mayWrite: false)!.Value;
        group.Devices!.Allow(rule);
        Assert.True(await MayOpenAsync(root, group, Secret));
        group.Devices!.Deny(rule);
        Assert.False(await MayOpenAsync(root, group, Secret));
        Assert.DoesNotContain(rule, group.Devices!.Allowed()!);
    }

    [Fact]
    public async Task Where_v2_takes_no_programs_the_lists_of_v1_say_which_devices_may_be_opened()
    {
        Hierarchies();
        Assert.SkipUnless(File.Exists(Secret), $"{Secret} is not there");
        await using QemuRoot root = await new QemuRoot().StartAsync();
        var legacy = CgroupMounts.Detect(FileSystemRoot.Host, ["devices"], devicePrograms: false);
        Assert.SkipWhen(legacy.Count == 0, "the host has no devices controller of v1");
        var group = MachineCgroup.Create(legacy, MachinePlace.InPartition(CgroupPartition.Default, MachineCgroup.NameOf("qemu", root.Paths.RootHash, 7, "lists")), FileSystemRoot.Host);
        try
        {
            Assert.Null(group.Devices!.Allowed());
            Assert.True(await MayOpenAsync(root, group, Secret));
            group.Devices!.AllowOnly([DeviceRule.For("/dev/null", mayWrite: true)!.Value, DeviceRule.Terminals, new(IsBlock: true, 7, 3, MayWrite: false)]);
            Assert.True(await MayOpenAsync(root, group, "/dev/null"));
            Assert.False(await MayOpenAsync(root, group, Secret));
            Assert.Equal(["b 7:3 r", "c 136:* rw", "c 1:3 rw"], group.Devices!.Allowed()!.Select(static r => r.ToString()).Order());
            group.Devices!.Allow(DeviceRule.For(Secret, mayWrite: false)!.Value);
            Assert.True(await MayOpenAsync(root, group, Secret));
        }
        finally
        {
            Assert.True(await group.RemoveAsync(TimeProvider.System));
        }
    }

    [Theory]
    [InlineData("<resource><partition>/vireo-nowhere</partition></resource>", "<vcpu>1</vcpu>", ErrorCode.SystemError)]
    [InlineData("<numatune><memory mode='strict' nodeset='77'/></numatune>", "<vcpu>1</vcpu>", ErrorCode.ConfigUnsupported)]
    [InlineData("<blkiotune><device><path>/dev/null</path><read_bytes_sec>1000</read_bytes_sec></device></blkiotune>", "<vcpu>1</vcpu>", ErrorCode.SystemError)]
    [InlineData("<cputune><emulatorsched scheduler='fifo' priority='0'/></cputune>", "<vcpu>1</vcpu>", ErrorCode.ConfigUnsupported)]
    [InlineData("<cputune><vcpupin vcpu='0' cpuset='4000'/></cputune>", "<vcpu>1</vcpu>", ErrorCode.SystemError)]
    public async Task What_the_host_cannot_give_is_refused_and_leaves_nothing(string tuning, string vcpu, ErrorCode code)
    {
        Hierarchies();
        await using QemuRoot root = await new QemuRoot().StartAsync();
        var refused = await Assert.ThrowsAsync<VireoException>(() =>
            root.Get<IDomainPower>().CreateTransientAsync(Tuned(tuning, vcpu), DomainCreateFlags.StartPaused, Test).AsTask());
        Assert.Equal(code, refused.Error.Code);
        Assert.Empty(root.Pids());
        Assert.Empty(GroupOf(root, 1, "g").Folders);
    }
}
