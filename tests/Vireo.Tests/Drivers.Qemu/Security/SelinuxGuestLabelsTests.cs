using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Security;
using Vireo.Drivers.Qemu.Settings;
using Vireo.Host;
using Vireo.Host.Processes;
using Vireo.Hypervisor.Security;
using Vireo.Hypervisor.Security.AppArmor;
using Vireo.Model.Domain;
using Vireo.Tests.Hypervisor.Security;
using Xunit;

namespace Vireo.Tests.Drivers.Qemu.Security;

/// <summary>Labels of guests on a host that has SELinux.</summary>
public sealed class SelinuxGuestLabelsTests : IDisposable
{
    readonly SelinuxTree tree = new();
    readonly List<string> warnings = [];

    public SelinuxGuestLabelsTests() => Assert.SkipUnless(OwnProcess.IsRoot, "only the system's daemon has both models");

    public void Dispose() => tree.Dispose();

    QemuSecurity Security(QemuConfig? config = null) =>
        QemuSecurity.Create(config ?? new QemuConfig(), HostPaths.System(tree.Folder), TimeProvider.System, host: tree.Root, warn: warnings.Add);

    static DomainDef Guest(string labels = "", string type = "qemu", char number = '1') => DomainDef.Parse($"""
        <domain type='{type}'><name>d</name><uuid>11111111-2222-3333-4444-55555555555{number}</uuid><memory>65536</memory><os><type>hvm</type></os>{labels}</domain>
        """);

    static SecurityLabel Label(DomainDef labelled) => labelled.SecurityLabels.Single(static label => label.Model == SelinuxLabels.Model);

    static string RangeOf(string? label) => SecurityContext.Parse(label!)!.Range!;

    [Fact]
    public void The_host_shows_the_policys_contexts_and_then_owners()
    {
        var models = Security().Models;
        Assert.Equal(["selinux", "dac"], models.Select(static model => model.Model));
        Assert.Equal([("kvm", "system_u:system_r:svirt_t:s0"), ("qemu", "system_u:system_r:svirt_tcg_t:s0")], models[0].BaseLabels);
    }

    [Fact]
    public void A_guest_that_says_nothing_has_the_policys_type_and_categories_of_its_own()
    {
        QemuSecurity security = Security();
        DomainDef one = security.Label(Guest()), other = security.Label(Guest(type: "kvm", number: '2'));
        Assert.Equal(["selinux", "dac"], one.SecurityLabels.Select(static label => label.Model));
        Assert.Equal($"system_u:system_r:svirt_tcg_t:{RangeOf(Label(one).Label)}", Label(one).Label);
        Assert.Equal($"system_u:object_r:svirt_image_t:{RangeOf(Label(one).Label)}", Label(one).ImageLabel);
        Assert.StartsWith("system_u:system_r:svirt_t:s0:c", Label(other).Label, StringComparison.Ordinal);
        Assert.NotEqual(RangeOf(Label(one).Label), RangeOf(Label(other).Label));
        Assert.Equal(Label(one).Label, security.Confinement!.OfProcess(one));
        Assert.Equal(Label(one).Label, security.Confinement.OfHelper(one));
    }

    [Fact]
    public void One_that_names_only_an_owner_gets_its_context_after_that() =>
        Assert.Equal(["dac", "selinux"], Security().Label(Guest("<seclabel type='dynamic' model='dac'/>")).SecurityLabels.Select(static label => label.Model));

    [Theory]
    [InlineData("<seclabel type='none' model='selinux'/>", null, null)]
    [InlineData("<seclabel type='static' model='selinux' relabel='no'><label>a:b:c:s0:c7,c8</label></seclabel>", "a:b:c:s0:c7,c8", null)]
    [InlineData("<seclabel type='static' model='selinux' relabel='yes'><label>a:b:c:s0:c7,c8</label></seclabel>", "a:b:c:s0:c7,c8", "system_u:object_r:svirt_image_t:s0:c7,c8")]
    public void A_guest_may_have_none_or_one_of_its_own(string written, string? process, string? image)
    {
        QemuSecurity security = Security();
        security.CheckModels(Guest(written));
        DomainDef live = security.Label(Guest(written));
        Assert.Equal((process, image), (security.Confinement!.OfProcess(live), Label(live).ImageLabel));
    }

    [Theory]
    [InlineData("<seclabel type='static' model='selinux'><label>junk</label></seclabel>", "unable to allocate socket security context 'junk': Invalid argument")]
    [InlineData("<seclabel type='static' model='selinux'><label>a:b:c</label></seclabel>", "unable to get selinux context range: Success")]
    [InlineData("<seclabel type='dynamic' model='selinux'><baselabel>junk</baselabel></seclabel>", "Unable to parse base SELinux context 'junk': Invalid argument")]
    public void What_is_no_context_is_refused(string written, string why) =>
        Assert.Equal(why, Assert.Throws<VireoException>(() => Security().Label(Guest(written))).Message);

    [Fact]
    public void Categories_are_free_again_when_the_guest_is_gone_and_are_kept_for_one_that_runs_on()
    {
        tree.Write("/proc/thread-self/attr/current", "system_u:system_r:virtd_t:s0-s0:c0.c7");
        QemuSecurity security = Security();
        DomainDef[] all = [.. Enumerable.Range(0, 28).Select(n => security.Label(Guest(number: '1') with { Uuid = Core.Uuid.NewRandom() }))];
        Assert.Equal(28, all.Select(static guest => RangeOf(Label(guest).Label)).Distinct().Count());
        Assert.Equal(ErrorCode.ResourceBusy, Assert.Throws<VireoException>(() => security.Label(Guest())).Code);
        security.Confinement!.Release(all[3]);
        Assert.Equal(RangeOf(Label(all[3]).Label), RangeOf(Label(security.Label(Guest())).Label));
        security.Confinement.Release(all[3]);       // not its own any more
        Assert.Throws<VireoException>(() => security.Label(Guest(number: '2')));

        QemuSecurity next = Security();
        tree.Write("/proc/4711/attr/current", Label(all[5]).Label + '\0');
        next.Confinement!.Keep(all[5], 4711);
        DomainDef twin = all[5] with { Uuid = Core.Uuid.NewRandom() };
        Assert.Equal($"internal error: MCS level for existing domain label {Label(all[5]).Label} already reserved",
            Assert.Throws<VireoException>(() => next.Confinement.Keep(twin, 4711)).Message);
        next.Confinement.Release(twin);
        Assert.Throws<VireoException>(() => next.Confinement.Keep(twin, 4711));
        next.Confinement.Release(all[5]);
        next.Confinement.Keep(twin, 4711);
    }

    [Fact]
    public void A_start_that_is_tried_again_holds_no_more_than_one_label()
    {
        tree.Write("/proc/thread-self/attr/current", "system_u:system_r:virtd_t:s0-s0:c0.c7");
        QemuSecurity security = Security();
        for (int n = 0; n < 40; n++)
            security.Label(Guest());
    }

    [Fact]
    public void Who_asks_hears_what_the_kernel_says_of_the_process_whatever_its_label()
    {
        QemuSecurity security = Security();
        tree.Write("/proc/4711/attr/current", "system_u:system_r:other_t:s0\0");
        DomainDef live = security.Label(Guest("<seclabel type='none' model='selinux'/>"));
        var label = security.Confinement!.LabelOf(live, 4711);
        Assert.Equal(("system_u:system_r:other_t:s0", true), (label.Label, label.Enforcing));
        tree.Write("/sys/fs/selinux/enforce", "0");
        Assert.False(security.Confinement.LabelOf(live, 4711).Enforcing);
    }

    [Fact]
    public void A_policy_that_does_not_tell_emulated_guests_apart_is_worth_a_warning_unless_its_switch_is_on()
    {
        tree.Write("/etc/selinux/default/contexts/virtual_domain_context", "system_u:system_r:svirt_t:s0\n");
        Security().Label(Guest(type: "kvm"));
        Assert.Empty(warnings);
        Security().Label(Guest());
        Assert.Contains("virt_use_execmem", Assert.Single(warnings), StringComparison.Ordinal);
        tree.Write("/sys/fs/selinux/booleans/virt_use_execmem", "1 1");
        Security().Label(Guest());
        Assert.Single(warnings);
    }

    [Fact, Trait("qemu.conf", "security_driver")]
    public void The_driver_may_be_named_or_turned_off_and_what_is_not_there_is_refused()
    {
        Assert.Equal(SelinuxLabels.Model, Security(new QemuConfig { SecurityDrivers = [] }).Models[0].Model);
        Assert.Equal(SelinuxLabels.Model, Security(new QemuConfig { SecurityDrivers = ["selinux"] }).Models[0].Model);
        Assert.Null(Security(new QemuConfig { SecurityDrivers = ["none"] }).Confinement);
        Assert.Equal("unsupported configuration: Security driver apparmor not enabled",
            Assert.Throws<VireoException>(() => Security(new QemuConfig { SecurityDrivers = [AppArmorHost.Model] })).Message);
        tree.Remove("/etc/selinux/default/contexts/virtual_domain_context");
        Assert.Contains("cannot read SELinux virtual domain context file", Assert.Throws<VireoException>(() => Security()).Message, StringComparison.Ordinal);
        Assert.Null(Security(new QemuConfig { SecurityDrivers = ["none"] }).Confinement);
        tree.Remove("/etc/selinux/config");
        Assert.Null(Security().Confinement);
        Assert.Equal("unsupported configuration: Security driver selinux not enabled",
            Assert.Throws<VireoException>(() => Security(new QemuConfig { SecurityDrivers = ["selinux"] })).Message);
    }

    [Fact, Trait("qemu.conf", "security_default_confined"), Trait("qemu.conf", "security_require_confined")]
    public void Guests_that_say_nothing_may_be_left_alone_and_those_that_nothing_would_confine_refused()
    {
        Assert.Empty(Security(new QemuConfig { SecurityDefaultConfined = false }).Label(Guest()).SecurityLabels);
        QemuSecurity strict = Security(new QemuConfig { SecurityRequireConfined = true });
        strict.CheckModels(Guest());
        Assert.Equal("unsupported configuration: Unconfined guests are not allowed on this host",
            Assert.Throws<VireoException>(() => strict.CheckModels(Guest("<seclabel type='none' model='selinux'/>"))).Message);
    }

    [Fact]
    public void A_users_guests_have_a_context_too_and_no_owner()
    {
        QemuSecurity security = QemuSecurity.Create(
            new QemuConfig(), HostPaths.Session("/home/u", static _ => null, tree.Folder), TimeProvider.System, host: tree.Root);
        Assert.Equal(["selinux"], security.Models.Select(static model => model.Model));
        Assert.Equal(["selinux"], security.Label(Guest()).SecurityLabels.Select(static label => label.Model));
    }
}
