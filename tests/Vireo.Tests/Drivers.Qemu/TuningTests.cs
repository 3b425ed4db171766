using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Settings;
using Vireo.Drivers.Qemu.Devices;
using Vireo.Drivers.Qemu.Start.Groups;
using Vireo.Host.Cgroups;
using Vireo.Host.Processes;
using Vireo.Host.Topology;
using Vireo.Model.Domain;
using Xunit;

namespace Vireo.Tests.Drivers.Qemu;

/// <summary>What a definition means for the threads and the devices of its guest.</summary>
public class TuningTests
{
    static DomainDef Machine(string tuning, string devices = "", string vcpu = "<vcpu>4</vcpu>") => DomainDef.Parse(
        $"<domain type='qemu'><name>a</name><memory>1024</memory>{vcpu}{tuning}<os><type arch='x86_64'>hvm</type></os><devices>{devices}</devices></domain>");

    [Theory]
    [InlineData("<memtune><soft_limit unit='MiB'>800</soft_limit></memtune>", "Memory tuning is not available in session mode")]
    [InlineData("<blkiotune><weight>500</weight></blkiotune>", "Block I/O tuning is not available in session mode")]
    [InlineData("<cputune><shares>200</shares></cputune>", "CPU tuning is not available in session mode")]
    [InlineData("<cputune><emulator_quota>2000</emulator_quota></cputune>", "CPU tuning is not available in session mode")]
    public void A_session_has_no_shares_and_limits_to_give(string tuning, string text)
    {
        var refused = Assert.Throws<VireoException>(() => TuningChecks.Check(Machine(tuning), privileged: false, new HostTree()));
        Assert.Equal((ErrorCode.ConfigUnsupported, "unsupported configuration: " + text), (refused.Code, refused.Message));
        TuningChecks.Check(Machine(tuning), privileged: true, new HostTree());
    }

    [Theory]
    [InlineData("<cputune><vcpupin vcpu='0' cpuset='0'/></cputune>"), InlineData("<cputune><quota>0</quota></cputune>")]
    [InlineData("<memtune><hard_limit>9007199254740991</hard_limit></memtune>"), InlineData("<numatune><memory mode='strict' nodeset='0'/></numatune>")]
    public void A_session_pins_threads_and_needs_no_groups_for_no_limit(string tuning) => TuningChecks.Check(Machine(tuning), privileged: false, new HostTree());

    [Theory]
    [InlineData("<numatune><memory mode='preferred' nodeset='0-1000'/></numatune>"), InlineData("<numatune><memnode cellid='0' mode='strict' nodeset='1000'/></numatune>")]
    public void Memory_can_only_be_where_the_host_has_a_node(string tuning) =>
        Assert.Equal(ErrorCode.ConfigUnsupported, Assert.Throws<VireoException>(() => TuningChecks.Check(Machine(tuning), privileged: true, new HostTree())).Code);

    [Fact]
    public void A_thread_is_where_its_pin_says_or_else_where_the_guest_is()
    {
        var machine = Machine("""
            <cputune>
              <quota>-1</quota><emulator_period>5000</emulator_period>
              <vcpupin vcpu='1' cpuset='3'/><emulatorpin cpuset='2'/>
              <vcpusched vcpus='1-2' scheduler='rr' priority='7'/><emulatorsched scheduler='idle'/>
            </cputune>
            <numatune><memory mode='restrictive' nodeset='0'/></numatune>
            """, vcpu: "<vcpu cpuset='0-1'>4</vcpu>");
        Assert.Equal(("0-1", "3", "2", "0-1"), (At(ThreadTuning.OfVcpu(machine, 0)), At(ThreadTuning.OfVcpu(machine, 1)), At(ThreadTuning.OfEmulator(machine)), At(ThreadTuning.OfIoThread(machine, 1))));
        Assert.Equal((SchedulingPolicy.RoundRobin, 7), (ThreadTuning.OfVcpu(machine, 2).Policy, ThreadTuning.OfVcpu(machine, 2).Priority));
        Assert.Equal((SchedulingPolicy.Idle, 0), (ThreadTuning.OfEmulator(machine).Policy, ThreadTuning.OfEmulator(machine).Priority));
        Assert.Null(ThreadTuning.OfVcpu(machine, 0).Policy);
        Assert.Equal(((ulong?)null, (long?)-1), (ThreadTuning.OfVcpu(machine, 0).Period, ThreadTuning.OfVcpu(machine, 0).Quota));
        Assert.Equal(((ulong?)5000, (long?)null), (ThreadTuning.OfEmulator(machine).Period, ThreadTuning.OfEmulator(machine).Quota));
        Assert.Equal("0", ThreadTuning.OfVcpu(machine, 0).Nodes?.ToString());
        Assert.Null(ThreadTuning.OfVcpu(Machine("<numatune><memory mode='preferred' nodeset='0'/></numatune>"), 0).Nodes);

        static string? At(ThreadTuning tuning) => tuning.Processors?.ToString();
    }

    [Fact]
    public void A_guest_may_open_what_every_QEMU_needs_and_what_its_devices_are()
    {
        DeviceRule nothing = DeviceRule.For("/dev/null", mayWrite: true)!.Value, zero = DeviceRule.For("/dev/zero", mayWrite: false)!.Value;
        var rules = Rules(GuestNodes.Of(Machine(""), new QemuConfig(), []));
        Assert.Contains(nothing, rules);
        Assert.Contains(DeviceRule.Terminals, rules);
        Assert.DoesNotContain(rules, r => r is { Major: 116 });
        rules = Rules(GuestNodes.Of(Machine("", "<sound model='ich6'/><graphics type='sdl'/>"), new QemuConfig { CgroupDevices = ["/dev/null", "/dev/nowhere"] },
            [new HostStep.Allow("/dev/zero", ReadOnly: true), new HostStep.Allow("/etc/passwd"), new HostStep.MakeFolder("/dev/full")]));
        Assert.Equal(new HashSet<DeviceRule> { nothing, zero, DeviceRule.Terminals, new(IsBlock: false, 116, null, MayWrite: true) }, rules);

        static HashSet<DeviceRule> Rules(IReadOnlyList<GuestNode> nodes) => [.. nodes.Select(static node => node.Rule)];
    }
}
