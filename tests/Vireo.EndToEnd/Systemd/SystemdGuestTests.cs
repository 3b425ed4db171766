using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.Systemd;

/// <summary>
/// vireod as a service of a real systemd, on a host that has cgroup v2 alone: this machine's own files, booted as a guest with Debian's kernel.
/// What must be there is what stock libvirtd 9.0.0 makes in the same guest.
/// </summary>
public sealed class SystemdGuestTests
{
    [Fact]
    public async Task Guests_of_a_service_are_in_scopes_of_systemds_or_without_its_register_in_groups_of_their_own()
    {
        Needs.Program("/lib/systemd/systemd-machined");
        using var guest = new KernelGuest();
        Furnish(guest.Share);

        string said = await guest.BootAsync("systemd.show_status=0 systemd.unit=vireo-test.target");
        var parts = KernelGuest.Parts(said);
        Assert.True(parts.ContainsKey("end"), said);
        Assert.Equal("cgroup2fs\ninactive", parts["host"]);
        Assert.Equal("qemu:///system\nactive\nType=notify\nNotifyAccess=main\nStatusText=", parts["activated"]);
        Assert.Equal(" Id   Name\n----------------\n 0    admin\n 1    libvirtd", parts["administered"]);
        Assert.Equal("", parts["start"]);
        const string scope = @"machine.slice/machine-qemu\x2d1\x2dtuned.scope";
        var groups = parts["groups"].Split('\n');
        Assert.Contains($"{scope} cpu.weight=2048", groups);
        Assert.Contains($"{scope} cgroup.subtree_control=cpuset cpu io memory", groups);
        Assert.DoesNotContain(groups, line => line.StartsWith($"{scope} holds=", StringComparison.Ordinal));
        AssertGuest(groups, scope + "/libvirt");
        Assert.Equal("qemu-1-tuned vm libvirt-qemu - - -", parts["register"].Trim());
        Assert.Equal("/dev/null opens\n/dev/kmsg refused", parts["devices"]);
        Assert.Equal(" 1   tuned   paused\n/dev/kmsg refused", parts["restarted"]);
        Assert.Equal("", parts["stopped"]);
        Assert.Equal("", parts["unregistered"]);
        groups = parts["own"].Split('\n');
        Assert.Contains("machine/qemu-2-tuned.libvirt-qemu cpu.weight=2048", groups);
        AssertGuest(groups, "machine/qemu-2-tuned.libvirt-qemu");
        Assert.Contains("/dev/kmsg refused", groups);
        Assert.Equal("", parts["left"]);
        Assert.Equal("inactive\ninactive\ntuned\ntuned\n Id   Name\n-----------------\n 0    admin\n 1    virtqemud\n Id   Name\n------------------\n 0    admin\n 1    virtproxyd\nactive\nactive",
            parts["modular"]);
    }

    static void AssertGuest(string[] groups, string at)
    {
        foreach (string line in (string[])
            [
                "cgroup.type=domain threaded", "cgroup.subtree_control=cpuset cpu", "cpu.max=80000 100000", "memory.max=943718400", "memory.high=838860800",
                "memory.swap.max=1048576000",
            ])
            Assert.Contains($"{at} {line}", groups);
        foreach (var (name, quota, processors, thread) in ((string, int, string, string)[])
            [
                ("emulator", 20000, "1", "qemu-system-x86"), ("vcpu0", 50000, "0", "CPU 0/TCG"), ("vcpu1", 50000, "", "CPU 1/TCG"), ("iothread1", 30000, "0", "IO iothread1"),
            ])
            foreach (string line in (string[])["cgroup.type=threaded", $"cpu.max={quota} 100000", $"cpuset.cpus={processors}", "cpuset.mems=0", $"holds={thread}"])
                Assert.Contains($"{at}/{name} {line}", groups);
    }

    static void Furnish(string share)
    {
        string data = Path.Join(AppContext.BaseDirectory, "Systemd"), units = Path.Join(share, "units");
        Directory.CreateDirectory(units);
        foreach (string name in (string[])["guest.sh", "tuned.xml"])
            File.Copy(Path.Join(data, name), Path.Join(share, name));
        foreach (string unit in Directory.GetFiles(Path.Join(data, "units")).Concat(Directory.GetFiles(data, "vireo-test.*")))
            File.WriteAllText(Path.Join(units, Path.GetFileName(unit)), File.ReadAllText(unit).Replace("/usr/sbin/vireod", "/mnt/vireod", StringComparison.Ordinal));
        foreach (string slow in (string[])["systemd-tmpfiles-setup", "systemd-journal-flush", "systemd-udevd", "systemd-udev-trigger", "systemd-timesyncd"])
            File.CreateSymbolicLink(Path.Join(units, slow + ".service"), "/dev/null");
    }
}
