using Microsoft.Extensions.Logging;
using Vireo.Core;
using Vireo.Host.Audit;
using Vireo.Hypervisor.Audit;
using Xunit;

namespace Vireo.Tests.Hypervisor.Audit;

/// <summary>The layouts, as a daemon of libvirt 9.0.0 wrote them on a real machine.</summary>
public sealed class GuestAuditTests
{
    readonly Lines log = new();
    readonly GuestAudit audit;

    public GuestAuditTests()
    {
        AuditTrail trail = AuditTrail.Open(level: 0, logged: true, log);
        audit = new GuestAudit(trail, "qemu", "au d\"it", Uuid.TryParse("11111111-2222-3333-4444-555555555555", out Uuid uuid) ? uuid : default);
    }

    const string Who = "vm=61752064226974 uuid=11111111-2222-3333-4444-555555555555";

    void Wrote(LogLevel level, string line) => Assert.Equal((level, line), Assert.Single(log.All));

    [Fact]
    public void A_start_that_failed_is_a_warning()
    {
        audit.Lifecycle("start", "booted", 0, success: false);
        Wrote(LogLevel.Warning, $"success=no virt=qemu op=start reason=booted {Who} vm-pid=0");
    }

    [Fact]
    public void A_disk()
    {
        audit.Exchange("disk", "start", null, "/var/lib/libvirt/images/ro.img", success: true);
        Wrote(LogLevel.Information, $"success=yes virt=qemu resrc=disk reason=start {Who} old-disk=\"?\" new-disk=\"/var/lib/libvirt/images/ro.img\"");
    }

    [Fact]
    public void Processors()
    {
        audit.Amount("vcpu", "update", 1, 2, success: true);
        Wrote(LogLevel.Information, $"success=yes virt=qemu resrc=vcpu reason=update {Who} old-vcpu=1 new-vcpu=2");
    }

    [Fact]
    public void A_label()
    {
        audit.Label("dac", "+64055:+64055", "+64055:+64055", success: true);
        Wrote(LogLevel.Information, $"success=yes virt=qemu {Who} vm-ctx=+64055:+64055 img-ctx=+64055:+64055 model=dac");
    }

    [Fact]
    public void A_device_by_its_place()
    {
        audit.HostDevice("attach", "usb", "USB redirdev", success: true);
        Wrote(LogLevel.Information, $"success=yes virt=qemu resrc=dev reason=attach {Who} bus=usb device=555342207265646972646576");
    }

    [Fact]
    public void Shared_memory_whose_path_is_written_as_it_is()
    {
        audit.SharedMemory("attach", 1048576, "/dev/shm/sh 1", success: true);
        Wrote(LogLevel.Information, $"success=yes virt=qemu resrc=shmem reason=attach {Who} size=1048576 path=/dev/shm/sh 1");
    }

    [Fact]
    public void A_group_that_may_open_a_node()
    {
        audit.Node("/sys/fs/cgroup/machine/g", "allow", "/dev/null", "rw", success: true);
        Wrote(LogLevel.Information,
            $"success=yes virt=qemu resrc=cgroup reason=allow {Who} cgroup=\"/sys/fs/cgroup/machine/g/\" class=path path=\"/dev/null\" rdev=01:03 acl=rw");
    }

    [Fact]
    public void A_group_that_may_open_all_terminals()
    {
        audit.Driver("/sys/fs/cgroup/machine/g", "pty", 136, "rw", success: true);
        Wrote(LogLevel.Information, $"success=yes virt=qemu resrc=cgroup reason=allow {Who} cgroup=\"/sys/fs/cgroup/machine/g/\" class=major category=pty maj=88 acl=rw");
    }

    [Fact]
    public void Nobody_reads_and_nothing_is_written()
    {
        AuditTrail silent = AuditTrail.Open(level: 0, logged: false, log);
        Assert.False(silent.IsOn);
        silent.Write(AuditKind.Control, "x", success: true);
        Assert.Empty(log.All);
    }

    sealed class Lines : ILogger
    {
        public List<(LogLevel, string)> All { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel level) => true;

        public void Log<TState>(LogLevel level, EventId id, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            All.Add((level, formatter(state, exception)));
    }
}
