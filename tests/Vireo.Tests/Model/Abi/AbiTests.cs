using Vireo.Core.Errors;
using Vireo.Model.Domain;
using Xunit;

namespace Vireo.Tests.Model.Abi;

/// <summary>What a guest could tell apart is told in libvirt's words; what it could not is passed over.</summary>
public class AbiTests
{
    const string Machine = """
        <domain type='kvm'>
          <name>m</name><uuid>8aa5c9f0-2d50-4d1c-a4de-1fd9a46a2a11</uuid>
          <memory unit='KiB'>1048576</memory><currentMemory unit='KiB'>1048576</currentMemory><vcpu placement='static'>2</vcpu>
          <os><type arch='x86_64' machine='pc-q35-7.2'>hvm</type></os>
          <features><acpi/><hyperv mode='custom'><relaxed state='on'/><spinlocks state='on' retries='8191'/></hyperv><kvm><hidden state='on'/></kvm></features>
          <cpu mode='custom' match='exact' check='full'><model fallback='forbid'>EPYC</model><topology sockets='1' dies='1' cores='2' threads='1'/><feature policy='disable' name='monitor'/></cpu>
          <clock offset='utc'><timer name='rtc' tickpolicy='catchup'/></clock>
          <devices>
            <emulator>/usr/bin/qemu-system-x86_64</emulator>
            <disk type='file' device='disk'><driver name='qemu' type='qcow2' queues='2'/><source file='/a.img'/><target dev='vda' bus='virtio'/><serial>abc</serial>
              <address type='pci' domain='0x0000' bus='0x04' slot='0x00' function='0x0'/></disk>
            <controller type='usb' index='0' model='qemu-xhci' ports='15'/>
            <interface type='user'><mac address='52:54:00:11:22:33'/><model type='virtio'/><mtu size='1500'/></interface>
            <serial type='pty'><target type='isa-serial' port='0'><model name='isa-serial'/></target></serial>
            <channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0'/></channel>
            <input type='tablet' bus='usb'/>
            <tpm model='tpm-crb'><backend type='emulator' version='2.0'/></tpm>
            <video><model type='qxl' ram='65536' vram='65536' vgamem='16384' heads='1'/></video>
            <watchdog model='i6300esb' action='reset'/>
            <memballoon model='virtio'/>
            <rng model='virtio'><backend model='random'>/dev/urandom</backend></rng>
          </devices>
        </domain>
        """;

    [Theory]
    [InlineData("<name>m<", "<name>n<", "Target domain name 'n' does not match source 'm'")]
    [InlineData("type='kvm'", "type='qemu'", "Target domain virt type qemu does not match source kvm")]
    [InlineData("1fd9a46a2a11", "1fd9a46a2a12", "Target domain uuid 8aa5c9f0-2d50-4d1c-a4de-1fd9a46a2a12 does not match source 8aa5c9f0-2d50-4d1c-a4de-1fd9a46a2a11")]
    [InlineData("<memory unit='KiB'>1048576", "<memory unit='KiB'>2097152", "Target domain max memory 2097152 does not match source 1048576")]
    [InlineData("<vcpu placement='static'>2", "<vcpu placement='static'>4", "Target domain vCPU max 4 does not match source 2")]
    [InlineData("pc-q35-7.2", "pc-q35-6.2", "Target domain machine type pc-q35-6.2 does not match source pc-q35-7.2")]
    [InlineData("<acpi/>", "", "State of feature 'acpi' differs: source: 'on', destination: 'default'")]
    [InlineData("<relaxed state='on'/>", "<relaxed state='off'/>", "State of HyperV enlightenment feature 'relaxed' differs: source: 'on', destination: 'off'")]
    [InlineData("retries='8191'", "retries='4095'", "HyperV spinlock retry count differs: source: '8191', destination: '4095'")]
    [InlineData("<hidden state='on'/>", "", "State of KVM feature 'hidden' differs: source: 'on', destination: 'default'")]
    [InlineData(">EPYC<", ">EPYC-Rome<", "Target CPU model EPYC-Rome does not match source EPYC")]
    [InlineData("dies='1' cores='2'", "dies='2' cores='1'", "Target CPU dies 2 does not match source 1")]
    [InlineData("policy='disable'", "policy='require'", "Target CPU feature policy require does not match source disable")]
    [InlineData("<feature policy='disable' name='monitor'/>", "", "Target CPU feature count 0 does not match source 1")]
    [InlineData("<timer name='rtc' tickpolicy='catchup'/>", "", "Target domain timers do not match source")]
    [InlineData("dev='vda'", "dev='vdb'", "Target disk vdb does not match source vda")]
    [InlineData("queues='2'", "", "Target disk queue count 0 does not match source 2")]
    [InlineData("<serial>abc<", "<serial>abd<", "Target disk serial abd does not match source abc")]
    [InlineData("bus='0x04'", "bus='0x05'", "Target device PCI address 0000:05:00.0does not match source 0000:04:00.0")]
    [InlineData("type='pci' domain='0x0000' bus='0x04' slot='0x00' function='0x0'", "type='drive'", "Target device address type drive does not match source pci")]
    [InlineData("model='qemu-xhci'", "model='nec-xhci'", "Target controller model nec-xhci does not match source qemu-xhci")]
    [InlineData("ports='15'", "ports='8'", "Target controller ports 8 does not match source 15")]
    [InlineData("52:54:00:11:22:33", "52:54:00:11:22:34", "Target network card mac 52:54:00:11:22:34 does not match source 52:54:00:11:22:33")]
    [InlineData("size='1500'", "size='9000'", "Target network card MTU 9000 does not match source 1500")]
    [InlineData("org.qemu.guest_agent.0", "other", "Target channel name other does not match source org.qemu.guest_agent.0")]
    [InlineData("type='tablet'", "type='mouse'", "Target input device type mouse does not match source tablet")]
    [InlineData("version='2.0'", "version='1.2'", "Target TPM version doesn't match source")]
    [InlineData("vgamem='16384'", "vgamem='8192'", "Target video card vgamem 8192 does not match source 16384")]
    [InlineData("<watchdog model='i6300esb' action='reset'/>", "", "Target domain watchdog count 0 does not match source 1")]
    [InlineData("<memballoon model='virtio'/>", "<memballoon model='virtio' autodeflate='on'/>", "Target balloon autodeflate attribute value 'on' does not match source 'default'")]
    [InlineData("<rng model='virtio'>", "<rng model='virtio-transitional'>", "Target RNG model 'virtio-transitional' does not match source 'virtio'")]
    public void A_difference_is_told_in_libvirts_words(string old, string changed, string text)
    {
        DomainDef source = Read(Machine), target = Read(Change(old, changed));
        Assert.Equal(text, source.AbiDifferencesTo(target).All[0]);
        VireoException refused = Assert.Throws<VireoException>(() => source.RequireSameAbi(target));
        Assert.Equal((ErrorCode.ConfigUnsupported, $"unsupported configuration: {text}"), (refused.Code, refused.Message));
    }

    [Theory]
    [InlineData("/a.img", "/b.img")]
    [InlineData("/usr/bin/qemu-system-x86_64", "/usr/local/bin/qemu")]
    [InlineData("/dev/urandom", "/dev/random")]
    [InlineData("type='pty'", "type='null'")]
    [InlineData("action='reset'", "action='poweroff'")]
    [InlineData("<interface type='user'>", "<interface type='network'><source network='default'/>")]
    public void What_only_the_host_sees_may_differ(string old, string changed) =>
        Assert.Empty(Read(Machine).AbiDifferencesTo(Read(Change(old, changed))).All);

    [Fact]
    public void Every_difference_is_found_in_one_go()
    {
        string text = Change("dev='vda'", "dev='vdb'").Replace("ports='15'", "ports='8'", StringComparison.Ordinal);
        Assert.Equal(2, Read(Machine).AbiDifferencesTo(Read(text)).All.Count);
    }

    static string Change(string old, string changed)
    {
        Assert.Contains(old, Machine, StringComparison.Ordinal);
        return Machine.Replace(old, changed, StringComparison.Ordinal);
    }

    static DomainDef Read(string text) => DomainDef.Parse(text, DomainParse.Inactive);
}
