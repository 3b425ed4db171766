using Vireo.Core.Errors;
using Vireo.Hypervisor.Security;
using Xunit;

namespace Vireo.Tests.Hypervisor.Security;

public sealed class SelinuxPolicyTests : IDisposable
{
    readonly SelinuxTree host = new();

    [Fact]
    public void Its_files_say_what_guests_are()
    {
        SelinuxPolicy policy = host.Policy;
        Assert.Equal("system_u:system_r:svirt_t:s0", policy.Guests);
        Assert.Equal("system_u:system_r:svirt_tcg_t:s0", policy.EmulatedGuests);
        Assert.True(policy.TellsGuestsApart);
        Assert.Equal(new SelinuxContexts("system_u:object_r:svirt_image_t:s0", "system_u:object_r:virt_content_t:s0"), policy.Files);
        Assert.Equal(host.Root.Of("/etc/selinux/default/contexts/files/file_contexts"), policy.DefaultsFile);
        Assert.Equal(("selinux", "0"), (policy.Shown.Model, policy.Shown.Doi));
        Assert.Equal([("kvm", policy.Guests), ("qemu", policy.EmulatedGuests)], policy.Shown.BaseLabels);
    }

    [Fact]
    public void A_policy_that_does_not_tell_emulated_guests_apart_has_one_context_for_all()
    {
        host.Write("/etc/selinux/default/contexts/virtual_domain_context", "a:b:c:s0\n");
        host.Write("/etc/selinux/default/contexts/virtual_image_context", "a:b:d:s0");
        Assert.Equal("a:b:c:s0", host.Policy.EmulatedGuests);
        Assert.False(host.Policy.TellsGuestsApart);
        Assert.Equal("a:b:d:s0", host.Policy.Files.Content);
    }

    [Fact]
    public void Its_name_is_targeted_where_the_configuration_names_none()
    {
        host.Write("/etc/selinux/config", "SELINUX=permissive\n");
        host.Write("/etc/selinux/targeted/contexts/virtual_domain_context", "a:b:c:s0");
        host.Write("/etc/selinux/targeted/contexts/virtual_image_context", "a:b:d:s0");
        Assert.Equal("a:b:c:s0", host.Policy.Guests);
    }

    [Fact]
    public void The_kernel_says_how_it_is_enforced()
    {
        SelinuxPolicy policy = host.Policy;
        Assert.True(policy.IsEnforcing);
        host.Write("/sys/fs/selinux/enforce", "0");
        Assert.False(policy.IsEnforcing);
        Assert.False(policy.IsOn("virt_use_nfs"));
        host.Write("/sys/fs/selinux/booleans/virt_use_nfs", "1 1");
        Assert.True(policy.IsOn("virt_use_nfs"));
        host.Remove("/sys/fs/selinux/enforce");
        Assert.Contains("error calling security_getenforce()", Assert.Throws<VireoException>(() => policy.IsEnforcing).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_kernel_or_a_configuration_it_is_not_there()
    {
        Assert.True(SelinuxPolicy.IsThere(host.Root));
        host.Remove("/proc/self/mounts");
        Assert.True(SelinuxPolicy.IsThere(host.Root));
        host.Remove("/sys/fs/selinux/enforce");
        Assert.False(SelinuxPolicy.IsThere(host.Root));
        var error = Assert.Throws<VireoException>(() => host.Policy);
        Assert.Equal(ErrorCode.ConfigUnsupported, error.Code);
        Assert.Equal("unsupported configuration: Security driver selinux not enabled", error.Message);
        host.Write("/sys/fs/selinux/enforce", "1");
        host.Remove("/etc/selinux/config");
        Assert.False(SelinuxPolicy.IsThere(host.Root));
    }

    [Theory]
    [InlineData("virtual_domain_context", "cannot read SELinux virtual domain context file '/etc/selinux/default/contexts/virtual_domain_context': No such file or directory")]
    [InlineData("virtual_image_context", "cannot read SELinux virtual image context file /etc/selinux/default/contexts/virtual_image_context: No such file or directory")]
    public void A_policy_that_says_nothing_of_guests_is_of_no_use(string missing, string message)
    {
        host.Remove($"/etc/selinux/default/contexts/{missing}");
        var error = Assert.Throws<VireoException>(() => host.Policy);
        Assert.Equal(ErrorCode.SystemError, error.Code);
        Assert.Equal(message, error.Message);
    }

    [Fact]
    public void Processes_have_contexts()
    {
        SelinuxPolicy policy = host.Policy;
        Assert.Equal(SelinuxTree.Daemon, policy.Own.ToString());
        Assert.Equal("system_u:system_r:virtd_t:s0:c1,c2", policy.SocketToGuest("system_u:system_r:svirt_t:s0:c1,c2"));
        host.Write("/proc/77/attr/current", "system_u:system_r:svirt_t:s0:c1,c2\0");
        Assert.Equal("system_u:system_r:svirt_t:s0:c1,c2", policy.ContextOf(77));
        Assert.Equal("unable to get PID 78 security context: No such file or directory", Assert.Throws<VireoException>(() => policy.ContextOf(78)).Message);
        host.Write("/proc/thread-self/attr/current", "junk");
        Assert.Equal("Unable to parse current SELinux context 'junk': Invalid argument", Assert.Throws<VireoException>(() => policy.Own).Message);
    }

    [Fact]
    public void Sockets_are_labelled_while_they_should_be()
    {
        string setting = host.Root.Of("/proc/thread-self/attr/sockcreate");
        using (host.Policy.LabelSockets("a:b:c:s0"))
            Assert.Equal("a:b:c:s0", File.ReadAllText(setting));
        Assert.StartsWith("\n", File.ReadAllText(setting), StringComparison.Ordinal);
        host.Remove("/proc/thread-self/attr/sockcreate");
        Assert.Equal("unable to set socket security context 'a:b:c:s0': No such file or directory",
            Assert.Throws<VireoException>(() => { using (host.Policy.LabelSockets("a:b:c:s0")) { } }).Message);
        host.Write("/sys/fs/selinux/enforce", "0");
        using (host.Policy.LabelSockets("a:b:c:s0")) { }
    }

    public void Dispose() => host.Dispose();
}
