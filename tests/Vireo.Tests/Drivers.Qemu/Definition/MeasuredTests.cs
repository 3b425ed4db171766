using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Definition;
using Vireo.Drivers.Qemu.Definition.Rules;
using Vireo.Model.Domain;
using Xunit;

namespace Vireo.Tests.Drivers.Qemu.Definition;

/// <summary>What stock libvirtd 9.0.0 makes of definitions, measured with <c>virsh define</c> and <c>dumpxml --inactive</c>.</summary>
public class MeasuredTests
{
    static string Machine(string devices, string top = "") => $"""
        <domain type='qemu'><name>m</name><uuid>78e12a5f-53df-40f7-9b10-917b4b0ee34f</uuid><memory>219136</memory><vcpu>2</vcpu>
        <os><type arch='x86_64' machine='pc'>hvm</type></os>{top}<devices>{devices}</devices></domain>
        """;

    static string Define(string devices, string top)
    {
        DomainDef written = DomainDef.Parse(Machine(devices, top));
        QemuRules.CheckBinary(written, TestFacts.Modern).ThrowFirst();
        DomainDef complete = DefinitionPasses.Complete(written, new DefinitionContext { Facts = TestFacts.Modern });
        QemuRules.Check(complete, TestFacts.Modern).ThrowFirst();
        return complete.ToXml(DomainFormat.Inactive | DomainFormat.Secure);
    }

    [Theory]
    [InlineData("<filesystem accessmode='mapped' model='virtio-transitional' fmode='0644' dmode='0755' multidevs='remap'><source dir='/a'/><target dir='b'/></filesystem>",
        "<filesystem type='mount' accessmode='mapped' model='virtio-transitional' multidevs='remap' fmode='0644' dmode='0755'>")]
    [InlineData("<memballoon model='none' autodeflate='on'><stats period='5'/><address type='pci' domain='0' bus='0' slot='9'/></memballoon>",
        "<memballoon model='none' autodeflate='on'>\n      <stats period='5'/>\n    </memballoon>")]
    [InlineData("<disk type='volume'><source pool='a' volume='b'/><target dev='vda'/></disk>", "<driver name='qemu'/>")]
    [InlineData("<disk type='block' device='cdrom'><target dev='hda'/></disk>", "<disk type='file' device='cdrom'>")]
    [InlineData("<disk type='block' device='cdrom'><source/><target dev='hda'/></disk>", "<disk type='block' device='cdrom'>")]
    [InlineData("<disk device='cdrom' snapshot='no'><target dev='hda'/></disk>", "<disk type='file' device='cdrom'>")]
    [InlineData("<serial type='pty'><target port='3'/><address type='isa' iobase='0x3f8'/></serial>", "<target type='serial' port='3'/>\n      <address type='isa' iobase='0x3f8'/>\n    </console>")]
    [InlineData("<hostdev mode='subsystem' type='scsi_host' ramfb='on' display='on'><source protocol='vhost' wwpn='naa.5123456789abcde0'/></hostdev>",
        "<hostdev mode='subsystem' type='scsi_host' managed='no'>")]
    [InlineData("<audio id='1' type='file' path='/a'><output fixedSettings='yes' mixingEngine='yes' dev='x'/></audio>", "<output mixingEngine='yes' fixedSettings='yes'>\n        <settings/>")]
    [InlineData("<controller type='scsi' index='0' ports='3' model='virtio-scsi'><target hotplug='off'/><pcihole64>3</pcihole64></controller>",
        "<controller type='scsi' index='0' model='virtio-scsi'>\n      <address")]
    [InlineData("<controller type='usb' index='2'/>", "<controller type='usb' index='0' model='piix3-uhci'>")]
    [InlineData("<interface type='user'><mac address='52:54:00:00:00:01'/><address type='pci' function='0x3' multifunction='on'/></interface>",
        "<address type='pci' domain='0x0000' bus='0x00' slot='0x02' function='0x0'/>\n    </interface>")]
    [InlineData("<input type='keyboard' bus='ps2'><source evdev='/dev/e'/></input>", "<input type='keyboard' bus='ps2'/>")]
    [InlineData("<rng model='virtio'><backend model='random'>/dev/random</backend><driver/></rng>", "</backend>\n      <address")]
    [InlineData("<video><model type='vga'/></video><video><model type='qxl' primary='no'/></video>", "heads='1'/>")]
    public void A_device_becomes(string device, string part) => Assert.Contains(part, Define(device, ""), StringComparison.Ordinal);

    [Theory]
    [InlineData("<clock offset='timezone' timezone='Europe/Paris' adjustment='5' basis='utc'/>", "<clock offset='timezone' timezone='Europe/Paris'/>")]
    [InlineData("<clock offset='utc' basis='localtime' adjustment='5'/>", "<clock offset='variable' adjustment='5' basis='utc'/>")]
    [InlineData("<clock offset='utc' start='5'/>", "<clock offset='utc'/>")]
    [InlineData("<cpu mode='host-model'><model fallback='forbid'/></cpu>", "<cpu mode='host-model' check='partial'/>")]
    [InlineData("<cpu mode='host-model'><model fallback='forbid' vendor_id='KVM Hv------'/></cpu>", "<model vendor_id='KVM Hv------'/>")]
    [InlineData("<features><hyperv mode='passthrough'/></features>", "<hyperv mode='passthrough'>\n    </hyperv>")]
    [InlineData("<metadata xmlns:a='u' xmlns:b='v'><a:x><b:y/></a:x></metadata>", "<a:x>\n      <b:y/>\n    </a:x>")]
    [InlineData("<maxMemory slots='16' unit='KiB'>1048576</maxMemory><cpu><numa><cell id='0' cpus='0' memory='219137' unit='KiB'/></numa></cpu>", "memory='219137'")]
    public void A_machine_becomes(string top, string part) => Assert.Contains(part, Define("", top), StringComparison.Ordinal);

    [Fact]
    public void A_namespace_from_around_metadata_is_declared_there() => Assert.Contains(
        "<metadata xmlns:a=\"u\" xmlns:b=\"v\">\n    <a:x>\n      <b:y b:z=\"1\"/>\n    </a:x>\n    <b:q/>\n  </metadata>",
        DomainDef.Parse("<domain type='qemu' xmlns:a='u' xmlns:b='v' xmlns:c='w'><name>q</name><metadata><a:x><b:y b:z='1'/></a:x><b:q/></metadata></domain>").ToXml(), StringComparison.Ordinal);

    [Theory]
    [InlineData("<memballoon model='none'/><memballoon model='none'/>", "", ErrorCode.InternalError, "only a single memory balloon device is supported")]
    [InlineData("<controller type='scsi' index='0'/><controller type='scsi' index='0'/>", "", ErrorCode.XmlError, "Multiple 'scsi' controllers with index '0'")]
    [InlineData("<controller type='sata' model='x'/>", "", ErrorCode.ConfigUnsupported, "Unknown model type 'x'")]
    [InlineData("<controller type='usb' index='0' model='none'/><controller type='usb' index='1' model='piix3-uhci'/>", "", ErrorCode.XmlDetail, "Can't add another USB controller: USB is disabled for this domain")]
    [InlineData("<controller type='usb' index='0' model='ich9-uhci2'/>", "", ErrorCode.XmlDetail, "No master USB controller specified")]
    [InlineData("<controller type='usb' index='0' model='piix3-uhci'/><controller type='usb' index='0' model='piix3-uhci'/>", "", ErrorCode.XmlError, "Attempted double use of PCI Address 0000:00:01.2")]
    [InlineData("<controller type='ide' index='0'><address type='pci' domain='0' bus='0' slot='3'/></controller>", "", ErrorCode.InternalError, "Primary IDE controller must have PCI address 0:0:1.1")]
    [InlineData("<controller type='pci' index='0' model='pci-root'><address type='pci' domain='0' bus='0' slot='3'/></controller>", "", ErrorCode.ConfigUnsupported, "pci-root and pcie-root controllers should not have an address")]
    [InlineData("<disk type='file'><driver event_idx='on'/><source file='/a'/><target dev='hda'/></disk>", "", ErrorCode.ConfigUnsupported, "disk event_idx mode supported only for virtio bus")]
    [InlineData("<disk type='file'><driver ats='on'/><source file='/a'/><target dev='hda'/></disk>", "", ErrorCode.ConfigUnsupported, "ats driver option is only supported for virtio devices")]
    [InlineData("<graphics type='vnc' listen='1.2.3.4'><listen type='address' address='1.2.3.5'/></graphics>", "", ErrorCode.ConfigUnsupported,
        "graphics 'listen' attribute '1.2.3.4' must match 'address' attribute of first listen element (found '1.2.3.5')")]
    [InlineData("", "<features><hyperv><relaxed/></hyperv></features>", ErrorCode.XmlError, "Missing required attribute 'state' in element 'relaxed'")]
    [InlineData("", "<clock offset='absolute'/>", ErrorCode.InternalError, "missing 'start' attribute for clock with offset='absolute'")]
    [InlineData("", "<cpu><numa><cell cpus='0-3' memory='219136'/></numa></cpu>", ErrorCode.InternalError, "Number of CPUs in <numa> exceeds the <vcpu> count")]
    [InlineData("", "<vcpus><vcpu id='0' enabled='no' hotpluggable='yes'/><vcpu id='1' enabled='yes' hotpluggable='yes'/></vcpus>", ErrorCode.ConfigUnsupported, "vcpu 0 can't be offline")]
    public void A_definition_is_refused_with(string devices, string top, ErrorCode code, string text)
    {
        var refused = Assert.Throws<VireoException>(() => Define(devices, top));
        Assert.Equal(code, refused.Code);
        Assert.Contains(text, refused.Message, StringComparison.Ordinal);
    }
}
