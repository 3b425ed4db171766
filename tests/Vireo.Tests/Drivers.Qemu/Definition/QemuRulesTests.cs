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
        "vfio-pci", "usb-hub", "query-hotpluggable-cpus", "usb-redir", "tpm-crb", "tpm-tis", "vhost-user-fs",
    ];

    [Theory]
    [InlineData("<watchdog model='diag288'/>", "diag288 model of watchdog is allowed for s390 and s390x only")]
    [InlineData("<watchdog model='ib700'><address type='pci' slot='5'/></watchdog>", "ib700 model of watchdog does not support configuring the address")]
    [InlineData("<watchdog model='i6300esb'><address type='isa' iobase='0x5'/></watchdog>", "i6300esb model of watchdog can go only on PCI bus")]
    [InlineData("<panic model='s390'/>", "only S390 guests support panic device of model 's390'")]
    [InlineData("<panic model='pseries'/>", "only pSeries guests support panic device of model 'pseries'")]
    [InlineData("<panic model='hyperv'><address type='isa'/></panic>", "setting the panic device address is not supported for model 'hyperv'")]
    [InlineData("<panic model='isa'><address type='pci' slot='5'/></panic>", "panic is supported only with ISA address type")]
    [InlineData("<panic model='pvpanic'><address type='isa'/></panic>", "panic is supported only with PCI address type")]
    [InlineData("<nvram/>", "nvram device is only supported for PPC64")]
    [InlineData("<iommu model='smmuv3'/>", "IOMMU device: 'smmuv3' is only supported with ARM Virt machines")]
    [InlineData("<iommu model='virtio'/>", "IOMMU device: 'virtio' requires ACPI")]
    [InlineData("<iommu model='intel'><driver eim='on'/></iommu>", "IOMMU eim requires interrupt remapping to be enabled")]
    [InlineData("<input type='mouse' bus='virtio' model='virtio-transitional'/>", "virtio (non-)transitional models are not supported for input type=mouse")]
    [InlineData("<video><model type='ramfb'/><address type='pci' slot='5'/></video>", "address not supported for video type ramfb")]
    [InlineData("<memballoon model='xen'/>", "Memory balloon device type 'xen' is not supported by this version of qemu")]
    [InlineData("<graphics type='egl-headless'/><graphics type='spice'><listen type='none'/><gl enable='yes'/></graphics>", "multiple OpenGL displays are not supported by QEMU")]
    [InlineData("<graphics type='rdp'/>", "rdp graphics are not supported with this QEMU")]
    [InlineData("<controller type='scsi' model='ncr53c90' index='0'/>", "ncr53c90 SCSI controller is not a built-in for this machine")]
    [InlineData("<controller type='scsi' model='lsilogic' index='0'><driver queues='4'/></controller>", "'queues' is only supported by virtio-scsi controller")]
    [InlineData("<controller type='scsi' model='virtio-scsi' index='0'><driver iothread='5'/></controller>", "controller iothread '5' not defined in iothreadid")]
    [InlineData("<controller type='usb' model='qemu-xhci' ports='16' index='0'/>", "'qemu-xhci' controller only supports up to '15' ports")]
    [InlineData("<controller type='ide' index='0'/>", "IDE controllers are unsupported for this QEMU binary or machine type")]
    [InlineData("<controller type='pci' index='1' model='pci-expander-bus'/>", "pci-expander-bus controllers are only supported on 440fx-based machinetypes")]
    [InlineData("<controller type='usb' model='none' index='0'/><input type='tablet' bus='usb'/>", "Can't add USB input device. USB bus is disabled")]
    [InlineData("<controller type='usb' model='none' index='0'/><hub type='usb'/>", "USB is disabled for this domain, but USB devices are present in the domain XML")]
    [InlineData("<interface type='user'><model type='virtio'/><driver rx_queue_size='300'/></interface>", "rx_queue_size has to be a power of two")]
    [InlineData("<interface type='user'><model type='virtio'/><mtu size='900'/></interface>", "setting MTU on interface type user is not supported yet")]
    [InlineData("<interface type='user'><model type='e1000'/><driver iommu='on'/></interface>", "iommu driver option is only supported for virtio devices")]
    [InlineData("<serial type='pty'><target type='sclp-serial'><model name='sclpconsole'/></target></serial>", "Serial device with target type 'sclp-serial' and target model 'sclpconsole' not compatible with guest architecture or machine type")]
    [InlineData("<console type='pty'><target type='xen'/></console>", "unsupported console target type xen")]
    [InlineData("<tpm model='tpm-spapr'><backend type='emulator' version='2.0'/></tpm>", "The QEMU executable /usr/bin/qemu-system-x86_64 does not support TPM model tpm-spapr")]
    [InlineData("<tpm model='tpm-crb'><backend type='emulator' version='1.2'/></tpm>", "Unsupported interface 'tpm-crb' for TPM 1.2")]
    [InlineData("<filesystem type='mount' accessmode='passthrough'><driver type='virtiofs'/><source dir='/a'/><target dir='b'/></filesystem>", "'virtiofs' requires shared memory")]
    [InlineData("<filesystem type='file'><source file='/a'/><target dir='b'/></filesystem>", "only supports mount filesystem type")]
    [InlineData("<redirdev bus='usb' type='spicevmc'/>", "chardev 'spicevmc' not supported without spice graphics")]
    [InlineData("<audio id='1' type='spice'/>", "Spice audio is not supported without spice graphics")]
    [InlineData("<audio id='1' type='file'><input fixedSettings='yes'/></audio>", "fixed audio settings requires mixing engine")]
    [InlineData("<audio id='1' type='file'><output mixingEngine='yes'><settings channels='2'/></output></audio>", "audio settings specified without fixed settings flag")]
    [InlineData("<video><model type='vbox'/></video>", "domain configuration does not support video model 'vbox'")]
    [InlineData("<video><model type='vga' primary='yes'><acceleration accel3d='yes'/></model></video>", "3d acceleration is supported only with 'virtio' video device")]
    [InlineData("<video><model type='vga' primary='yes' heads='3'/></video>", "video type 'vga' doesn't support multiple 'heads'")]
    [InlineData("<video><model type='cirrus'/></video>", "video type 'cirrus' is only valid as primary video device")]
    [InlineData("<hostdev mode='subsystem' type='mdev' model='vfio-ap'><source><address uuid='90c6c135-ad44-41d0-b1b7-bae47de48627'/></source></hostdev>", "VFIO AP device assignment is not supported by this version of QEMU")]
    [InlineData("<vsock model='virtio'><cid auto='no' address='2'/></vsock>", "guest CIDs must be >= 3")]
    [InlineData("<disk type='file'><driver name='qemu' type='raw' iothread='1'/><source file='/a'/><target dev='vda' bus='virtio'/></disk>", "Disk iothread '1' not defined in iothreadid")]
    [InlineData("<disk type='file'><driver name='qemu' type='raw' iothread='1'/><source file='/a'/><target dev='sda' bus='sata'/></disk>", "IOThreads not available for bus sata target sda")]
    [InlineData("<disk type='file'><driver name='tap' type='raw'/><source file='/a'/><target dev='vda' bus='virtio'/></disk>", "unsupported driver name 'tap' for disk 'vda'")]
    [InlineData("<disk type='file'><driver name='qemu' type='raw' io='native'/><source file='/a'/><target dev='vda' bus='virtio'/></disk>", "io='native' needs either no disk cache or directsync cache mode")]
    [InlineData("<disk type='file'><driver name='qemu' type='raw' queues='4'/><source file='/a'/><target dev='sda' bus='sata'/></disk>", "queues attribute in disk driver element is only supported by virtio-blk")]
    [InlineData("<disk type='file'><driver name='qemu' type='raw' copy_on_read='on'/><source file='/a'/><target dev='vda' bus='virtio'/><readonly/></disk>", "copy_on_read is not compatible with read-only disk 'vda'")]
    [InlineData("<disk type='file'><source file='/a'/><target dev='sda' bus='sata'/><readonly/></disk>", "readonly sata disks are not supported")]
    [InlineData("<disk type='file'><source file='/a'/><target dev='vda' bus='virtio'/><wwn>5000c50015ea71ad</wwn></disk>", "Only ide and scsi disk support wwn")]
    [InlineData("<disk type='file'><source file='/a'/><target dev='vda' bus='virtio'/><vendor>A</vendor></disk>", "Only scsi disk supports vendor and product")]
    [InlineData("<disk type='file' device='lun'><source file='/a'/><target dev='sda' bus='scsi'/></disk>", "disk device='lun' is only valid for block type disk source")]
    [InlineData("<disk type='file'><driver name='qemu' type='dir'/><source file='/a'/><target dev='vda' bus='virtio'/></disk>", "'directory' storage format is not directly supported by QEMU, use 'dir' disk type instead")]
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
    [InlineData("<on_reboot>preserve</on_reboot>", "pc-q35-7.2", "qemu driver doesn't support the 'preserve' action for 'on_reboot'/'on_poweroff'")]
    [InlineData("<on_poweroff>restart</on_poweroff><on_reboot>destroy</on_reboot>", "pc-q35-7.2",
        "qemu driver doesn't support 'onReboot' set to 'destroy and 'onPoweroff' set to 'reboot'")]
    [InlineData("<on_crash>rename-restart</on_crash>", "pc-q35-7.2", "qemu driver doesn't support the 'rename-restart' action for 'on_reboot'/'on_poweroff'/'on_crash'")]
    [InlineData("<vcpu>3</vcpu><cpu mode='maximum'><topology sockets='1' dies='1' cores='2' threads='1'/></cpu>", "pc-q35-7.2", "CPU topology doesn't match maximum vcpu count")]
    [InlineData("<launchSecurity type='s390-pv'/>", "pc-q35-7.2", "S390 PV launch security is not supported with this QEMU binary")]
    [InlineData("<features><tcg><tb-cache unit='KiB'>5</tb-cache></tcg></features>", "pc-q35-7.2", "tb-cache size must be an integer multiple of MiB")]
    [InlineData("<cpu mode='host-model'><cache mode='emulate' level='2'/></cpu>", "pc-q35-7.2", "CPU cache mode 'emulate' can only be used with level='3'")]
    [InlineData("<cpu mode='host-model'><cache mode='emulate'/></cpu>", "pc-q35-7.2", "CPU cache mode 'emulate' can only be used with level='3'")]
    [InlineData("<cpu mode='host-model'><cache mode='disable' level='3'/></cpu>", "pc-q35-7.2", "unsupported CPU cache level for mode 'disable'")]
    [InlineData("<cpu mode='host-model'><maxphysaddr mode='emulate'/></cpu>", "pc-q35-7.2", "if using CPU maximum physical address mode='emulate', bits= must be specified too")]
    [InlineData("<cpu mode='host-model'><maxphysaddr mode='passthrough' bits='40'/></cpu>", "pc-q35-7.2", "CPU maximum physical address bits number specification cannot be used with mode='passthrough'")]
    [InlineData("<cpu mode='host-model'><cache mode='passthrough'/></cpu>", "pc-q35-7.2", "CPU cache mode 'passthrough' can only be used with 'host-passthrough' / 'maximum' CPUs")]
    [InlineData("<clock offset='utc'><timer name='pit' tickpolicy='merge'/></clock>", "pc-q35-7.2", "unsupported pit tickpolicy 'merge'")]
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
