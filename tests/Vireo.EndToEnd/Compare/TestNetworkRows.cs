namespace Vireo.EndToEnd.Compare;

/// <summary>Networks and interfaces of test:///default: what is typed at stock virsh. A line begins with a fresh host.</summary>
static class TestNetworkRows
{
    public const string Net = """
        <network>
          <name>n1</name>
          <uuid>7b1d5fa1-4f0c-4e5c-9d1e-0f6d2f1e8a01</uuid>
          <forward mode='nat'/>
          <bridge name='br1'/>
          <ip address='10.1.0.1' netmask='255.255.255.0'><dhcp><range start='10.1.0.2' end='10.1.0.99'/></dhcp></ip>
          <portgroup name='pg'/>
        </network>
        """;

    public const string Interface = """
        <interface type='ethernet' name='eth7'><start mode='none'/><mac address='00:16:3e:00:00:07'/><mtu size='900'/></interface>
        """;

    public static readonly string[] Networks =
    [
        "net-list", "net-list --all", "net-list --inactive", "net-list --name", "net-list --uuid", "net-list --table --all", "net-list --persistent",
        "net-list --transient", "net-list --autostart", "net-list --no-autostart --all", "net-list --name --uuid", "net-list --nonsense",
        "net-info default", "net-info nobody", "net-info dd8fe884-6c02-601e-7551-cca97df1c5df", "net-info 00000000-0000-0000-0000-000000000001",
        "net-uuid default", "net-uuid nobody", "net-name dd8fe884-6c02-601e-7551-cca97df1c5df", "net-name nobody",
        "net-dumpxml default", "net-dumpxml default --inactive", "net-dumpxml nobody", "net-dumpxml",
        "net-define ${NET}; net-list --all; net-dumpxml n1; net-info n1", "net-define ${NET}; net-define ${NET}; net-list --all",
        "net-define ${NET}; net-define ${NETUUID}", "net-define ${NET}; net-define ${NETNAME}", "net-define /nowhere", "net-define",
        "net-define ${NET}; net-start n1; net-list; net-start n1; net-dumpxml n1", "net-start default", "net-start nobody",
        "net-define ${NET}; net-start n1; net-define ${NETOTHER}; net-dumpxml n1; net-destroy n1; net-dumpxml n1; net-start n1; net-dumpxml n1",
        "net-create ${NET}; net-list; net-info n1; net-create ${NET}; net-destroy n1; net-list --all", "net-create ${NETUUID}; net-create ${NET}",
        "net-define ${NET}; net-create ${NETOTHER}; net-info n1; net-dumpxml n1; net-destroy n1; net-dumpxml n1; net-list --all",
        "net-create ${NET}; net-autostart n1; net-info n1; net-undefine n1", "net-create ${NET}; net-define ${NET}; net-info n1; net-destroy n1; net-info n1",
        "net-create /nowhere", "net-create", "net-create ${EMPTY}", "net-define ${FOO}", "net-define ${NETNONAME}", "net-define ${NETBADMODE}", "net-define ${NETSLASH}",
        "net-destroy default; net-list --all; net-destroy default; net-info default", "net-destroy nobody", "net-destroy",
        "net-undefine default", "net-destroy default; net-undefine default; net-list --all; net-undefine default", "net-undefine nobody",
        "net-autostart default; net-info default; net-list --autostart", "net-autostart default; net-autostart default --disable; net-info default",
        "net-autostart nobody", "net-autostart default --nonsense",
        "net-update default add ip-dhcp-host \"<host mac='52:54:00:00:00:01' ip='192.168.122.10'/>\"; net-dumpxml default",
        "net-update default add ip-dhcp-host \"<host mac='52:54:00:00:00:01' ip='192.168.122.10'/>\" --live --config; net-dumpxml default",
        "net-update default add ip-dhcp-host \"<host mac='52:54:00:00:00:01' ip='192.168.122.10'/>\" --config; net-dumpxml default; net-destroy default; net-dumpxml default",
        "net-update default add-first ip-dhcp-host \"<host mac='52:54:00:00:00:01' ip='192.168.122.10'/>\" --current; net-dumpxml default",
        "net-update default delete ip-dhcp-range \"<range start='192.168.122.2' end='192.168.122.254'/>\"; net-dumpxml default",
        "net-update default delete ip-dhcp-range \"<range start='192.168.122.3' end='192.168.122.254'/>\"",
        "net-update default add portgroup \"<portgroup name='x'/>\"; net-update default add portgroup \"<portgroup name='x'/>\"; net-dumpxml default",
        "net-update default add dns-txt \"<txt name='a' value='b'/>\"; net-dumpxml default", "net-update default add dns-host \"<host ip='1.2.3.4'><hostname>h</hostname></host>\"; net-dumpxml default",
        "net-update default add dns-srv \"<srv service='s' protocol='tcp'/>\"; net-dumpxml default",
        "net-update default add forward-interface \"<interface dev='eth0'/>\"; net-dumpxml default", "net-update default modify bridge \"<bridge name='x'/>\"",
        "net-update default add nonsense \"<x/>\"", "net-update default nonsense ip-dhcp-host \"<x/>\"", "net-update default add ip-dhcp-host \"<host/>\"",
        "net-update default add ip-dhcp-host \"<range/>\"", "net-update default add ip-dhcp-host \"<host mac='52:54:00:00:00:01' ip='192.168.122.10'/>\" --parent-index 4",
        "net-update nobody add ip-dhcp-host \"<host/>\"", "net-update default add", "net-update default add ip-dhcp-host /nowhere",
        "net-update default add ip-dhcp-host \"<host mac='52:54:00:00:00:01' ip='192.168.122.10'/>\" --current --live",
        "net-destroy default; net-update default add ip-dhcp-host \"<host mac='52:54:00:00:00:01' ip='192.168.122.10'/>\" --live",
        "net-destroy default; net-update default add ip-dhcp-host \"<host mac='52:54:00:00:00:01' ip='192.168.122.10'/>\"; net-dumpxml default",
        "net-create ${NET}; net-update n1 add ip-dhcp-host \"<host mac='52:54:00:00:00:01' ip='10.1.0.10'/>\" --config",
        "net-dhcp-leases default", "net-dhcp-leases nobody", "net-event --list", "net-event --event lifecycle --timeout 1", "net-event --event nonsense",
        "net-event", "net-port-list default", "net-port-dumpxml default 7b1d5fa1-4f0c-4e5c-9d1e-0f6d2f1e8a01", "net-port-create default ${NET}",
        "net-port-delete default 7b1d5fa1-4f0c-4e5c-9d1e-0f6d2f1e8a01",
        "net-dumpxml default --xpath //@name", "net-event default lifecycle --timeout 1", "net-event --event lifecycle --timeout 0",
        "net-update default add-last portgroup \"<portgroup name='q'/>\" --parent-index x", "net-update default add none \"<x/>\"",
        "net-dhcp-leases default --mac 00:11:22:33:44:55", "net-list --all --inactive", "net-start ''", "net-define ${NET} --validate",
        "net-create ${NET} --validate; net-list", "net-define ${NET}; net-undefine n1 --nonsense",
    ];

    public static readonly string[] Interfaces =
    [
        "iface-list", "iface-list --all", "iface-list --inactive", "iface-list --nonsense", "iface-dumpxml eth1", "iface-dumpxml eth1 --inactive",
        "iface-dumpxml aa:bb:cc:dd:ee:ff", "iface-dumpxml AA:BB:CC:DD:EE:FF", "iface-dumpxml nobody", "iface-dumpxml", "iface-mac eth1", "iface-mac nobody",
        "iface-name aa:bb:cc:dd:ee:ff", "iface-name 00:00:00:00:00:00", "iface-name nobody",
        "iface-define ${IFACE}; iface-list --all; iface-dumpxml eth7; iface-mac eth7", "iface-define ${IFACE}; iface-define ${IFACE}; iface-list --all",
        "iface-define /nowhere", "iface-define ${FOO}", "iface-define ${IFACENONAME}", "iface-define ${IFACEBADTYPE}", "iface-define ${IFACEBRIDGE}; iface-dumpxml br7; iface-list --all",
        "iface-define ${IFACE}; iface-start eth7; iface-list; iface-start eth7; iface-destroy eth7; iface-destroy eth7; iface-list --all",
        "iface-start eth1", "iface-start nobody", "iface-destroy eth1; iface-list --all", "iface-destroy nobody", "iface-destroy eth1; iface-start eth1; iface-list",
        "iface-define ${IFACE}; iface-undefine eth7; iface-list --all", "iface-undefine eth1; iface-list --all; iface-undefine eth1", "iface-undefine nobody",
        "iface-begin; iface-begin", "iface-commit", "iface-rollback", "iface-begin; iface-define ${IFACE}; iface-commit; iface-list --all; iface-commit",
        "iface-begin; iface-define ${IFACE}; iface-undefine eth1; iface-list --all; iface-rollback; iface-list --all; iface-rollback",
        "iface-define ${IFACESAMEMAC}; iface-name aa:bb:cc:dd:ee:ff", "iface-bridge eth1 br9; iface-list --all; iface-dumpxml br9", "iface-unbridge br9", "iface-bridge nobody br9",
        "iface-dumpxml eth1 --xpath //mtu", "iface-mac aa:bb:cc:dd:ee:ff", "iface-name eth1", "iface-list --all --inactive",
        "iface-define ${IFACE} --validate",
    ];

    public static readonly string[] NotOffered =
    [
        "secret-list", "secret-define ${FOO}", "secret-dumpxml 7b1d5fa1-4f0c-4e5c-9d1e-0f6d2f1e8a01", "secret-undefine nobody",
        "secret-set-value 7b1d5fa1-4f0c-4e5c-9d1e-0f6d2f1e8a01 --base64 YQ==", "secret-get-value 7b1d5fa1-4f0c-4e5c-9d1e-0f6d2f1e8a01", "secret-event --list",
        "nwfilter-list", "nwfilter-define ${FOO}", "nwfilter-dumpxml nobody", "nwfilter-undefine nobody", "nwfilter-binding-list",
        "nwfilter-binding-create ${FOO}", "nwfilter-binding-dumpxml nobody", "nwfilter-binding-delete nobody",
    ];
}
