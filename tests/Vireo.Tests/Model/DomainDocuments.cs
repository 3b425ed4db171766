namespace Vireo.Tests.Model;

/// <summary>Documents that several tests use.</summary>
static class DomainDocuments
{
    /// <summary>A machine with one of everything that is usual.</summary>
    public const string Ordinary = """
        <domain type='kvm' id='3' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>
          <name>ordinary</name>
          <uuid>c7a5fdbd-edaf-9455-926a-d65c16db1809</uuid>
          <genid>e9392370-2917-565e-692b-d057f46512d6</genid>
          <title>An ordinary guest</title>
          <description>with &lt;text&gt; &amp; &quot;quotes&quot;</description>
          <metadata>
            <app:a xmlns:app="urn:app" k="v">
              <app:b/>
              <app:c>text &amp; <i>mixed</i></app:c>
            </app:a>
          </metadata>
          <memory unit='KiB'>1048576</memory>
          <currentMemory unit='KiB'>524288</currentMemory>
          <vcpu placement='static' cpuset='0-3,7' current='1'>2</vcpu>
          <iothreads>1</iothreads>
          <cputune>
            <shares>2048</shares>
            <vcpupin vcpu='0' cpuset='0'/>
          </cputune>
          <os>
            <type arch='x86_64' machine='q35'>hvm</type>
            <loader readonly='yes' type='pflash'>/usr/share/OVMF/OVMF_CODE.fd</loader>
            <nvram>/var/lib/libvirt/qemu/nvram/ordinary.fd</nvram>
            <boot dev='hd'/>
            <boot dev='network'/>
            <bootmenu enable='yes' timeout='3000'/>
          </os>
          <features>
            <acpi/>
            <apic/>
            <hyperv mode='custom'>
              <relaxed state='on'/>
              <spinlocks state='on' retries='8191'/>
            </hyperv>
            <vmport state='off'/>
          </features>
          <cpu mode='host-model' check='partial'>
            <topology sockets='1' dies='1' cores='2' threads='1'/>
            <feature policy='disable' name='vmx'/>
          </cpu>
          <clock offset='utc'>
            <timer name='rtc' tickpolicy='catchup'/>
            <timer name='hpet' present='no'/>
          </clock>
          <on_poweroff>destroy</on_poweroff>
          <on_reboot>restart</on_reboot>
          <on_crash>destroy</on_crash>
          <pm>
            <suspend-to-mem enabled='no'/>
          </pm>
          <devices>
            <emulator>/usr/bin/qemu-system-x86_64</emulator>
            <disk type='file' device='disk'>
              <driver name='qemu' type='qcow2' cache='none' discard='unmap'/>
              <source file='/var/lib/libvirt/images/a.qcow2' index='1'/>
              <backingStore type='file' index='2'>
                <format type='raw'/>
                <source file='/base.img'/>
                <backingStore/>
              </backingStore>
              <target dev='vda' bus='virtio'/>
              <serial>abc</serial>
              <alias name='virtio-disk0'/>
              <address type='pci' domain='0x0000' bus='0x04' slot='0x00' function='0x0'/>
            </disk>
            <disk type='network' device='cdrom'>
              <source protocol='https' name='x.iso'>
                <host name='example.org' port='443'/>
              </source>
              <target dev='sda' bus='sata'/>
              <readonly/>
              <address type='drive' controller='0' bus='0' target='0' unit='0'/>
            </disk>
            <controller type='pci' index='1' model='pcie-root-port'>
              <model name='pcie-root-port'/>
              <target chassis='1' port='0x10'/>
            </controller>
            <interface type='network'>
              <mac address='52:54:00:12:34:56'/>
              <source network='default'/>
              <target dev='vnet0'/>
              <model type='virtio'/>
              <link state='up'/>
            </interface>
            <serial type='pty'>
              <source path='/dev/pts/3'/>
              <log file='/var/log/a.log' append='on'/>
              <target type='isa-serial' port='0'>
                <model name='isa-serial'/>
              </target>
              <alias name='serial0'/>
            </serial>
            <console type='pty' tty='/dev/pts/3'>
              <source path='/dev/pts/3'/>
              <target type='serial' port='0'/>
              <alias name='serial0'/>
            </console>
            <channel type='unix'>
              <source mode='bind' path='/run/agent'/>
              <target type='virtio' name='org.qemu.guest_agent.0' state='connected'/>
              <alias name='ua-agent'/>
              <address type='virtio-serial' controller='0' bus='0' port='1'/>
            </channel>
            <input type='tablet' bus='usb'/>
            <tpm model='tpm-crb'>
              <backend type='emulator' version='2.0'/>
            </tpm>
            <graphics type='vnc' port='5900' autoport='yes' listen='127.0.0.1' passwd='secret'>
              <listen type='address' address='127.0.0.1'/>
            </graphics>
            <sound model='ich9'>
              <audio id='1'/>
            </sound>
            <audio id='1' type='none'/>
            <video>
              <model type='qxl' ram='65536' vram='65536' vgamem='16384' heads='1' primary='yes'/>
            </video>
            <watchdog model='i6300esb' action='reset'/>
            <memballoon model='virtio'>
              <stats period='10'/>
            </memballoon>
            <rng model='virtio'>
              <rate bytes='1024' period='1000'/>
              <backend model='random'>/dev/urandom</backend>
            </rng>
          </devices>
          <seclabel type='dynamic' model='dac' relabel='yes'>
            <label>+64055:+64055</label>
            <imagelabel>+64055:+64055</imagelabel>
          </seclabel>
          <qemu:commandline>
            <qemu:arg value='-s'/>
          </qemu:commandline>
        </domain>

        """;
}
