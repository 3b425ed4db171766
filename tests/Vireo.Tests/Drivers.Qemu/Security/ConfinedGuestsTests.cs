using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Security;
using Vireo.Drivers.Qemu.Settings;
using Vireo.Host;
using Vireo.Host.Processes;
using Vireo.Hypervisor.Security.AppArmor;
using Vireo.Model.Domain;
using Vireo.Tests.Hypervisor.Security.AppArmor;
using Xunit;

namespace Vireo.Tests.Drivers.Qemu.Security;

/// <summary>Labels of guests on a host that has AppArmor.</summary>
public sealed class ConfinedGuestsTests : IDisposable
{
    const string Name = "libvirt-11111111-2222-3333-4444-555555555555";

    readonly AppArmorTree tree = new();
    readonly ProcessHost processes = new(Launcher.Find(null, AppContext.BaseDirectory));

    public ConfinedGuestsTests()
    {
        Assert.SkipUnless(OwnProcess.IsRoot, "only the system's daemon confines guests");
        Assert.SkipUnless(ProgramOutput.Find("apparmor_parser") is not null, "apparmor_parser is not installed");
    }

    public void Dispose()
    {
        processes.Dispose();
        tree.Dispose();
    }

    QemuSecurity Security(QemuConfig? config = null) =>
        QemuSecurity.Create(config ?? new QemuConfig(), HostPaths.System(tree.Folder), TimeProvider.System, processes, tree.Root);

    static DomainDef Guest(string labels = "") => DomainDef.Parse($"""
        <domain type='qemu'><name>d</name><uuid>11111111-2222-3333-4444-555555555555</uuid><memory>65536</memory><os><type>hvm</type></os>{labels}</domain>
        """);

    static SecurityLabel? Label(DomainDef labelled) => labelled.SecurityLabels.FirstOrDefault(static label => label.Model == AppArmorHost.Model);

    [Fact]
    public void A_guest_that_says_nothing_is_confined_by_a_profile_of_its_own()
    {
        QemuSecurity security = Security();
        Assert.Equal(["apparmor", "dac"], security.Models.Select(static model => model.Model));
        DomainDef live = security.Label(Guest());
        Assert.Equal(["apparmor", "dac"], live.SecurityLabels.Select(static label => label.Model));
        Assert.Equal((SecurityLabelType.Dynamic, true, Name, Name), (Label(live)!.Type, Label(live)!.Relabel, Label(live)!.Label, Label(live)!.ImageLabel));
        Assert.Equal($"exec {Name}", security.Confinement!.OfProcess(live));
    }

    [Theory]
    [InlineData("<seclabel type='none' model='apparmor'/>", null)]
    [InlineData("<seclabel type='static' model='apparmor'><label>mine</label></seclabel>", "exec mine")]
    public void A_guest_that_says_so_is_not_or_by_a_profile_that_is_there(string written, string? process)
    {
        QemuSecurity security = Security();
        security.CheckModels(Guest(written));
        Assert.Equal(process, security.Confinement!.OfProcess(security.Label(Guest(written))));
    }

    [Fact]
    public void A_base_label_is_refused() => Assert.Equal("unsupported configuration: Cannot set a base label with AppArmour", Assert.Throws<VireoException>(
        () => Security().Label(Guest("<seclabel type='dynamic' model='apparmor'><baselabel>x</baselabel></seclabel>"))).Message);

    [Fact]
    public void Another_model_is_refused() => Assert.Equal("unsupported configuration: Security driver model 'selinux' is not available", Assert.Throws<VireoException>(
        () => Security().CheckModels(Guest("<seclabel type='dynamic' model='selinux'/>"))).Message);

    [Fact, Trait("qemu.conf", "security_driver")]
    public void Without_the_driver_nothing_confines_guests()
    {
        QemuSecurity security = Security(new QemuConfig { SecurityDrivers = ["none"] });
        Assert.Equal(["none", "dac"], security.Models.Select(static model => model.Model));
        Assert.Null(Label(security.Label(Guest())));
        Assert.NotNull(Label(Security(new QemuConfig { SecurityDrivers = ["apparmor"] }).Label(Guest())));
        Assert.NotNull(Label(Security(new QemuConfig { SecurityDrivers = [], SecurityRequireConfined = true }).Label(Guest())));
        File.Delete(tree.Root.Of("/sys/module/apparmor/parameters/enabled"));
        Assert.Equal("unsupported configuration: Security driver apparmor not enabled",
            Assert.Throws<VireoException>(() => Security(new QemuConfig { SecurityDrivers = ["apparmor"] })).Message);
    }

    [Fact, Trait("qemu.conf", "security_default_confined")]
    public void Guests_that_say_nothing_may_be_left_alone() => Assert.Null(Label(Security(new QemuConfig { SecurityDefaultConfined = false }).Label(Guest())));

    [Fact, Trait("qemu.conf", "security_require_confined")]
    public void Guests_that_nothing_would_confine_may_be_refused()
    {
        QemuSecurity security = Security(new QemuConfig { SecurityRequireConfined = true });
        security.CheckModels(Guest());
        Assert.Equal("unsupported configuration: Unconfined guests are not allowed on this host",
            Assert.Throws<VireoException>(() => security.CheckModels(Guest("<seclabel type='none' model='apparmor'/>"))).Message);
    }
}
