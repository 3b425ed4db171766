using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Security;
using Vireo.Drivers.Qemu.Settings;
using Vireo.Host;
using Vireo.Host.Namespaces;
using Vireo.Host.Processes;
using Xunit;

namespace Vireo.Tests.Drivers.Qemu.Settings;

/// <summary>Settings that end the daemon's start, since guests would run without what they ask for.</summary>
public class RefusedSettingsTests
{
    static readonly HostPaths User = HostPaths.Session("/home/u", static _ => null, "/tmp/nowhere");

    static VireoException Refused(Action start) => Assert.Throws<VireoException>(start);

    [Fact, Trait("qemu.conf", "namespaces")]
    public void A_namespace_that_nobody_knows_is_refused_and_so_is_any_in_a_session()
    {
        var unknown = Refused(() => QemuSecurity.Create(new QemuConfig { Namespaces = ["frob"] }, User, TimeProvider.System));
        Assert.Equal(ErrorCode.ConfSyntax, unknown.Code);
        Assert.EndsWith("Unknown namespace: frob", unknown.Message, StringComparison.Ordinal);
        var session = Refused(() => QemuSecurity.Create(new QemuConfig { Namespaces = ["mount"] }, User, TimeProvider.System));
        Assert.Equal((ErrorCode.ConfigUnsupported, "unsupported configuration: cannot use namespaces in session mode"), (session.Code, session.Message));
    }

    [Fact]
    public void A_session_has_none_and_the_systems_daemon_has_one_where_it_may_unless_the_list_is_empty()
    {
        Assert.False(QemuSecurity.Create(new QemuConfig(), User, TimeProvider.System).OwnDev);
        Assert.False(QemuSecurity.Create(new QemuConfig { Namespaces = [] }, HostPaths.System("/tmp/nowhere"), TimeProvider.System).OwnDev);
        Assert.Equal(OwnProcess.IsRoot && MountNamespaces.AreAvailable(), QemuSecurity.Create(new QemuConfig(), HostPaths.System("/tmp/nowhere"), TimeProvider.System).OwnDev);
    }

    // As stock refuses them where the host has neither SELinux nor AppArmor.
    [Theory, Trait("qemu.conf", "security_driver"), Trait("qemu.conf", "security_require_confined")]
    [InlineData("none none", false, ErrorCode.ConfSyntax, "configuration file syntax error: Duplicate security driver none")]
    [InlineData("selinux", false, ErrorCode.ConfigUnsupported, "unsupported configuration: Security driver selinux not enabled")]
    [InlineData("dac", false, ErrorCode.InternalError, "internal error: Security driver dac not found")]
    [InlineData("none", true, ErrorCode.ConfigUnsupported, "unsupported configuration: Security driver \"none\" cannot create confined guests")]
    public void Labels_that_the_host_does_not_have_are_refused(string drivers, bool confined, ErrorCode code, string why)
    {
        var refused = Refused(() => QemuSecurity.Create(new QemuConfig { SecurityDrivers = drivers.Split(' '), SecurityRequireConfined = confined }, User, TimeProvider.System));
        Assert.Equal((code, why), (refused.Code, refused.Message));
    }

    [Fact, Trait("qemu.conf", "lock_manager")]
    public void A_lock_manager_that_is_not_there_is_refused_by_name() =>
        Assert.Contains("lock_manager = \"sanlock\"", Refused(() => HostSettings.Check(new QemuConfig { LockManager = "sanlock" })).Message, StringComparison.Ordinal);

    [Fact, Trait("qemu.conf", "sched_core"), Trait("qemu.conf", "slirp_helper")]
    public void Core_scheduling_and_a_helper_that_is_there_are_refused_by_name()
    {
        var cores = Refused(() => HostSettings.Check(new QemuConfig { SchedCore = "full" }));
        Assert.Equal(ErrorCode.ConfigUnsupported, cores.Code);
        Assert.Contains("sched_core", cores.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("slirp_helper", Refused(() => HostSettings.Check(new QemuConfig { SlirpHelper = "/bin/sh" })).Message, StringComparison.Ordinal);
        HostSettings.Check(new QemuConfig { SlirpHelper = "/not/there" });
    }
}
