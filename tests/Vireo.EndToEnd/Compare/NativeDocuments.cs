namespace Vireo.EndToEnd.Compare;

/// <summary>Machines of which a command line is asked that nobody runs: nothing that they name is there.</summary>
static class NativeDocuments
{
    public static readonly IReadOnlyDictionary<string, string> All = new Dictionary<string, string>
    {
        ["pc"] = Machine("pc-i440fx-7.2", """
            <controller type='usb' model='none'/>
            <interface type='bridge'>
              <mac address='52:54:00:11:22:34'/><source bridge='br7'/><target dev='t7'/><model type='virtio'/>
              <driver name='vhost' queues='3' iommu='on'><host csum='off'/></driver><link state='down'/><mtu size='1400'/>
              <address type='pci' domain='0' bus='0' slot='0x10' function='0'/>
            </interface>
            <interface type='vhostuser'><mac address='52:54:00:11:22:36'/><source type='unix' path='/tmp/vh' mode='client'/><model type='virtio'/></interface>
            <interface type='network'><mac address='52:54:00:11:22:37'/><source network='nowhere'/><model type='e1000'/></interface>
            <interface type='user'><mac address='52:54:00:11:22:38'/><boot order='1'/></interface>
            <serial type='unix'><source mode='bind' path='/tmp/s'/></serial>
            <serial type='file'><source path='/nowhere/it is'/></serial>
            <serial type='file'><source path='/nowhere/s' append='on'/><log file='/nowhere/log' append='off'/></serial>
            <memballoon model='none'/>
            """),
        ["q35"] = Machine("pc-q35-7.2", """
            <disk type='file' device='disk'><driver name='qemu' type='qcow2'/><source file='/nowhere/a.qcow2'/><target dev='vda' bus='virtio'/></disk>
            <disk type='network' device='disk'>
              <driver name='qemu' type='raw'/><source protocol='nbd' name='x'><host name='nowhere' port='10809'/></source><target dev='sda' bus='scsi'/>
            </disk>
            <serial type='pty'/>
            <console type='pty'><target type='virtio'/></console>
            <channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0'/></channel>
            <graphics type='vnc' autoport='yes' passwd='x'/>
            <graphics type='spice' autoport='yes'/>
            <video><model type='qxl'/></video>
            <rng model='virtio'><backend model='random'>/dev/urandom</backend></rng>
            """),
        ["screen"] = Machine("pc-q35-7.2", """
            <graphics type='vnc' port='5999' autoport='no'><listen type='address' address='0.0.0.0'/></graphics>
            <video><model type='virtio'/></video>
            """),
    };

    static string Machine(string type, string devices) => $"""
        <domain type='qemu'>
          <name>to be seen</name>
          <uuid>5b1c9a54-5f0c-4b6c-8d2b-7a8f1e6c9d01</uuid>
          <memory>262144</memory>
          <vcpu>2</vcpu>
          <os><type arch='x86_64' machine='{type}'>hvm</type></os>
          <devices>
        {devices}
          </devices>
        </domain>
        """;
}
