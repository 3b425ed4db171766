using System.Collections.Frozen;
using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Definition.Rules;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Model.Domain;
using Vireo.Model.Rules;
using Xunit;

namespace Vireo.Tests.Drivers.Qemu.Definition;

public class QemuRulesTests
{
    static Findings Check(string devices, string rest = "", string arch = "x86_64", string machine = "pc-q35-7.2", params string[] flags) => QemuRules.Check(
        DomainDef.Parse($"""
            <domain type='qemu'><name>guest</name><memory>1024</memory>
            <os><type arch='{arch}' machine='{machine}'>hvm</type></os>{rest}<devices>{devices}</devices></domain>
            """), TestFacts.Modern with { Arch = arch, Flags = TestFacts.Modern.Flags.Concat(flags).ToFrozenSet() });

    static readonly string[] Everything =
    [
        "pvpanic", "intel-iommu", "virtio-iommu-pci", "machine.virt.iommu", "vhost-vsock", "nvram", "mch.extended-tseg-mbytes",
        "piix4.acpi-root-pci-hotplug", "blockdev.nbd.tls-hostname", "virtio-iommu.boot-bypass",
    ];

    [Theory]
    [InlineData("<watchdog model='diag288'/>", "diag288 model of watchdog is allowed for s390 and s390x only")]
    [InlineData("<watchdog model='ib700'><address type='pci' slot='5'/></watchdog>", "ib700 model of watchdog can go only on ISA bus")]
    [InlineData("<watchdog model='i6300esb'><address type='isa' iobase='0x5'/></watchdog>", "i6300esb model of watchdog can go only on PCI bus")]
    [InlineData("<panic model='s390'/>", "only S390 guests support panic device of model 's390'")]
    [InlineData("<panic model='pseries'/>", "only pSeries guests support panic device of model 'pseries'")]
    [InlineData("<panic model='hyperv'><address type='isa'/></panic>", "setting the panic device address is not supported for model 'hyperv'")]
    [InlineData("<panic model='isa'><address type='pci' slot='5'/></panic>", "panic is supported only with ISA address type")]
    [InlineData("<nvram/>", "nvram device is only supported for PPC64")]
    [InlineData("<iommu model='smmuv3'/>", "IOMMU device: 'smmuv3' is only supported with ARM Virt machines")]
    [InlineData("<iommu model='virtio'/>", "IOMMU device: 'virtio' requires ACPI")]
    [InlineData("<iommu model='intel'><driver eim='on'/></iommu>", "IOMMU eim requires interrupt remapping to be enabled")]
    [InlineData("<input type='mouse' bus='virtio' model='virtio-transitional'/>", "virtio (non-)transitional models are not supported for input type=mouse")]
    [InlineData("<video><model type='ramfb'/><address type='pci' slot='5'/></video>", "address not supported for video type ramfb")]
    [InlineData("<memballoon model='xen'/>", "Memory balloon device type 'xen' is not supported by this version of qemu")]
    [InlineData("<graphics type='egl-headless'/><graphics type='spice'><listen type='none'/><gl enable='yes'/></graphics>", "multiple OpenGL displays are not supported by QEMU")]
    [InlineData("<graphics type='vnc'/><graphics type='vnc'/>", "only 1 graphics device of each type (sdl, vnc, spice, headless, dbus) is supported")]
    [InlineData("<disk type='file'><driver name='qemu' type='iso'/><source file='/a'/><target dev='vda' bus='virtio'/></disk>", "storage format 'iso' is not directly supported by QEMU, use 'raw' instead")]
    [InlineData("<disk type='file' device='cdrom'><source file='/a'/><target dev='vda' bus='virtio'/></disk>", "disk type of 'vda' does not support ejectable media")]
    [InlineData("<disk type='file'><source file='/a'/><target dev='sda' bus='sata'/><address type='pci' slot='5'/></disk>", "Invalid address type 'pci' for the disk 'sda' with the bus type 'sata'")]
    public void A_device_that_cannot_be_is_refused(string devices, string text)
    {
        Finding first = Check(devices, flags: Everything).All[0];
        Assert.Equal((ErrorCode.ConfigUnsupported, text), (first.Code, first.Text));
    }

    [Theory]
    [InlineData("<iommu model='intel'/>", "IOMMU device: 'intel' is not supported with this QEMU binary")]
    [InlineData("<vsock model='virtio'><cid auto='yes'/></vsock>", "vsock device is not supported with this QEMU binary")]
    [InlineData("<panic model='isa'/>", "the QEMU binary does not support the ISA panic device")]
    [InlineData("<disk type='network'><source protocol='nbd' name='a' tlsHostname='h'><host name='h'/></source><target dev='vda' bus='virtio'/></disk>", "'tlsHostname' field is not supported by this QEMU")]
    public void What_the_binary_lacks_is_refused_and_accepted_from_one_that_has_it(string devices, string text)
    {
        Assert.Contains(Check(devices).All, f => f.Text == text);
        Assert.DoesNotContain(Check(devices, flags: Everything).All, f => f.Text == text);
    }

    [Theory]
    [InlineData("<features><smm state='on'><tseg unit='MiB'>48</tseg></smm></features>", "pc-i440fx-7.2", "SMM TSEG is only supported with q35 machine type")]
    [InlineData("<features><smm state='on'><tseg unit='KiB'>5</tseg></smm></features>", "pc-q35-7.2", "SMM TSEG size must be divisible by 1 MiB")]
    [InlineData("<features><gic version='3'/></features>", "pc-q35-7.2", "The 'gic' feature is not supported for architecture 'x86_64' or machine type 'pc-q35-7.2'")]
    [InlineData("<features><htm state='on'/></features>", "pc-q35-7.2", "The 'htm' feature is not supported for architecture 'x86_64' or machine type 'pc-q35-7.2'")]
    [InlineData("<clock offset='utc'><timer name='platform'/></clock>", "pc-q35-7.2", "unsupported timer type (name) 'platform'")]
    [InlineData("<clock offset='utc'><timer name='armvtimer'/></clock>", "pc-q35-7.2", "Configuring the 'armvtimer' timer is not supported for virtType=qemu arch=x86_64 machine=pc-q35-7.2 guests")]
    public void A_feature_that_the_machine_cannot_have_is_refused(string rest, string machine, string text) =>
        Assert.Equal(text, Check("", rest, machine: machine, flags: Everything).All[0].Text);

    [Fact]
    public void All_faults_are_told_not_only_the_first()
    {
        Findings found = Check("<watchdog model='diag288'/><panic model='s390'/><nvram/>", flags: Everything);
        Assert.Equal(3, found.All.Count);
    }

    [Fact]
    public void A_binary_runs_its_own_architecture_and_its_smaller_kin()
    {
        static Findings Of(string binary, string arch) => QemuRules.CheckBinary(
            DomainDef.Parse($"<domain type='qemu'><name>a</name><memory>1</memory><os><type arch='{arch}'>hvm</type></os><devices/></domain>"),
            TestFacts.Modern with { Arch = binary });
        Assert.Empty(Of("x86_64", "i686").All);
        Assert.Empty(Of("ppc64", "ppc64le").All);
        Assert.Equal("Emulator '/usr/bin/qemu-system-x86_64' does not support arch 'alpha'", Of("x86_64", "alpha").All[0].Text);
    }
}
