namespace Vireo.EndToEnd.Network;

/// <summary>What is typed at stock virsh about networks, on stock libvirtd and on vireod. Each group begins and ends with the host as it was.</summary>
static class NetworkRows
{
    const string Uuid = "7b1d5fa1-4f0c-4e5c-9d1e-0f6d2f1e8a01";

    /// <summary>A network with something of everything.</summary>
    public const string Nat = $"""
        <network><name>n</name><uuid>{Uuid}</uuid><forward mode='nat'/><bridge name='virbr9'/><mac address='52:54:00:0a:0b:0c'/>
          <ip address='10.11.1.1' prefix='24'><dhcp><range start='10.11.1.5' end='10.11.1.50'/><host mac='52:54:00:00:00:01' name='one' ip='10.11.1.7'/></dhcp></ip>
          <portgroup name='pg'><bandwidth><inbound average='100'/></bandwidth></portgroup></network>
        """;

    const string Port = "11111111-01b9-4749-8690-d3d3d474115a";

    /// <summary>The documents by the names that lines call them.</summary>
    public static IReadOnlyDictionary<string, string> Documents { get; } = new Dictionary<string, string>
    {
        ["NET"] = Nat,
        ["OTHERUUID"] = Nat.Replace(Uuid, "7b1d5fa1-4f0c-4e5c-9d1e-0f6d2f1e8a02", StringComparison.Ordinal),
        ["OTHERNAME"] = Nat.Replace("<name>n<", "<name>m<", StringComparison.Ordinal),
        ["SAMENET"] = "<network><name>m</name><bridge name='virbr8'/><ip address='10.11.1.9' prefix='24'/></network>",
        ["SAMEBRIDGE"] = "<network><name>m</name><bridge name='virbr9'/></network>",
        ["DIRECT"] = "<network><name>d</name><forward mode='bridge' dev='lo'/></network>",
        ["BRIDGE"] = "<network><name>d</name><forward mode='bridge'/><bridge name='nobody'/></network>",
        ["POOL"] = "<network><name>d</name><forward mode='passthrough'><interface dev='lo'/></forward></network>",
        ["EMPTY"] = "<network><name>d</name><forward mode='vepa'/></network>",
        ["PORT"] = $"<networkport><uuid>{Port}</uuid><owner><name>vm</name><uuid>17d9aaae-612a-40db-8933-abc6231cba56</uuid></owner><mac address='52:54:00:aa:bb:cc'/></networkport>",
        ["PORT2"] = $"<networkport><uuid>2{Port[1..]}</uuid><owner><name>vm</name><uuid>17d9aaae-612a-40db-8933-abc6231cba56</uuid></owner><mac address='52:54:00:aa:bb:cd'/><group>pg</group></networkport>",
        ["PLUGGED"] = $"<networkport><uuid>3{Port[1..]}</uuid><owner><name>vm</name><uuid>17d9aaae-612a-40db-8933-abc6231cba56</uuid></owner><mac address='52:54:00:aa:bb:ce'/><plug type='network' bridge='virbr9'/></networkport>",
        ["NOUUID"] = "<networkport><owner><name>vm</name><uuid>17d9aaae-612a-40db-8933-abc6231cba56</uuid></owner><mac address='52:54:00:aa:bb:cc'/></networkport>",
    };

    /// <summary>The lines by group.</summary>
    public static IReadOnlyDictionary<string, string[]> All { get; } = new Dictionary<string, string[]>
    {
        ["a life"] =
        [
            "net-define ${NET}", "net-list --all", "net-info n", "net-dumpxml n", "net-dumpxml n --inactive", "net-uuid n", "net-name " + Uuid, "net-start n", "net-start n",
            "net-list", "net-info n", "net-dumpxml n", "net-dumpxml n --inactive", "net-dhcp-leases n", "net-dhcp-leases n 52:54:00:00:00:01", "net-dhcp-leases n zz",
            "net-destroy n", "net-destroy n", "net-undefine n", "net-undefine n", "net-list --all",
        ],
        ["a transient one"] =
        [
            "net-create ${NET}", "net-create ${NET}", "net-create ${OTHERUUID}", "net-create ${OTHERNAME}", "net-info n", "net-list --all --transient", "net-list --persistent --all",
            "net-autostart n", "net-undefine n", "net-define ${NET}", "net-info n", "net-undefine n", "net-info n", "net-destroy n", "net-info n",
        ],
        ["names and uuids"] =
        [
            "net-define ${NET}", "net-define ${NET}", "net-define ${OTHERUUID}", "net-define ${OTHERNAME}", "net-define ${SAMEBRIDGE}", "net-start n", "net-create ${SAMENET}",
            "net-define ${NET}", "net-destroy n", "net-undefine n",
        ],
        ["autostart"] =
        [
            "net-define ${NET}", "net-autostart n", "net-info n", "net-list --all --autostart", "net-autostart n --disable", "net-list --all --no-autostart", "net-undefine n",
        ],
        ["sections, kept"] =
        [
            "net-define ${NET}", "net-update n add ip-dhcp-host \"<host mac='52:54:00:00:00:02' name='two' ip='10.11.1.8'/>\"",
            "net-update n add ip-dhcp-host \"<host mac='52:54:00:00:00:02' name='two' ip='10.11.1.8'/>\"", "net-update n add portgroup \"<portgroup name='x'/>\" --live",
            "net-update n delete ip-dhcp-host \"<host mac='52:54:00:00:00:09'/>\" --config", "net-update n add bridge \"<bridge name='x'/>\" --config",
            "net-update n add ip-dhcp-range \"<range start='10.12.1.1' end='10.12.1.2'/>\" --config", "net-dumpxml n", "net-undefine n",
        ],
        ["sections, live"] =
        [
            "net-define ${NET}", "net-start n", "net-update n add ip-dhcp-host \"<host mac='52:54:00:00:00:02' name='two' ip='10.11.1.8'/>\" --live --config",
            "net-update n add dns-host \"<host ip='10.11.1.8'><hostname>two</hostname></host>\" --live", "net-update n add ip-dhcp-range \"<range start='10.11.1.60' end='10.11.1.70'/>\" --live",
            "net-update n add forward-interface \"<interface dev='lo'/>\" --live", "net-update n modify domain \"<domain name='z'/>\" --live",
            "net-update n add dns-txt \"<txt name='a' value='b'/>\" --live", "net-update n delete ip-dhcp-host \"<host mac='52:54:00:00:00:01'/>\" --live",
            "net-update n add portgroup \"<portgroup name='x' default='yes'/>\" --current", "net-update n add portgroup \"<portgroup name='y' default='yes'/>\" --current",
            "net-dumpxml n", "net-dumpxml n --inactive", "net-destroy n", "net-dumpxml n", "net-undefine n",
        ],
        ["ports"] =
        [
            "net-define ${NET}", "net-port-list n", "net-port-create n ${PORT}", "net-start n", "net-port-list n", "net-port-create n ${NOUUID}", "net-port-create n ${PORT}",
            "net-port-create n ${PORT}", "net-port-create n ${PORT2}", "net-port-create n ${PLUGGED}", "net-port-list n", $"net-port-dumpxml n {Port}", $"net-port-dumpxml n 2{Port[1..]}",
            "net-dumpxml n", $"net-port-delete n {Port}", $"net-port-delete n {Port}", "net-port-list n", "net-destroy n", "net-port-list n", "net-start n", "net-port-list n",
            "net-destroy n", "net-undefine n",
        ],
        ["devices of the host"] =
        [
            "net-create ${DIRECT}", "net-info d", "net-port-create d ${PORT}", "net-port-create d ${PORT2}", $"net-port-dumpxml d {Port}", "net-dumpxml d", "net-destroy d",
            "net-create ${BRIDGE}", "net-info d", "net-port-create d ${PORT}", $"net-port-dumpxml d {Port}", "net-dumpxml d", "net-destroy d",
            "net-create ${POOL}", "net-port-create d ${PORT}", "net-port-create d ${PORT2}", $"net-port-delete d {Port}", "net-port-create d ${PORT2}", "net-dumpxml d", "net-destroy d",
            "net-create ${EMPTY}", "net-port-create d ${PORT}", "net-destroy d",
        ],
        ["what is refused"] =
        [
            "net-define /nowhere", "net-info nobody", "net-start nobody", "net-dumpxml 7b1d5fa1-4f0c-4e5c-9d1e-0f6d2f1e8aff",
            "net-event nobody lifecycle --timeout 1", "net-event --list",
        ],
    };

    /// <summary>Documents of which this driver does not take all, each between its tags.</summary>
    public static readonly string[] Definitions =
    [
        "", "<ip address='10.11.1.1'/>", "<forward mode='nat'/>", "<forward mode='route'/><ip address='10.11.1.1' prefix='24'/>", "<forward mode='open'/><ip address='10.11.1.1' prefix='24'/>",
        "<forward mode='bridge'/>", "<forward mode='bridge'/><ip address='10.11.1.1' prefix='24'/>", "<forward mode='bridge'/><mac address='52:54:00:11:22:33'/>",
        "<forward mode='private'/><domain name='x'/>", "<forward mode='vepa'/><dns><host ip='1.2.3.4'><hostname>x</hostname></host></dns>", "<forward mode='vepa'/><dns/>",
        "<forward mode='bridge'/><bandwidth><inbound average='10'/></bandwidth>", "<forward mode='bridge'/><bridge name='x'/><bandwidth><inbound average='10'/></bandwidth>",
        "<forward mode='passthrough'/><vlan><tag id='3'/></vlan>", "<forward mode='bridge'/><vlan><tag id='3'/></vlan>", "<vlan><tag id='3'/></vlan>",
        "<forward mode='bridge'/><bridge name='x'/><virtualport type='openvswitch'/><vlan trunk='yes'><tag id='3'/></vlan>",
        "<forward mode='bridge'/><bridge name='lo'/><virtualport type='openvswitch'/><vlan trunk='no'><tag id='3'/><tag id='4'/></vlan>",
        "<forward mode='bridge'/><bridge name='lo'/><virtualport type='openvswitch'><parameters managerid='3'/></virtualport><portgroup name='a'><vlan><tag id='5'/></vlan></portgroup>",
        "<forward mode='bridge'/><bridge name='lo'/><virtualport type='openvswitch'><parameters profileid='p'/></virtualport><portgroup name='a'><vlan><tag id='5' nativeMode='tagged'/></vlan></portgroup>",
        "<ip address='10.11.1.1' prefix='24'/><virtualport type='openvswitch'/>",
        "<portgroup name='q'><vlan><tag id='3'/></vlan></portgroup>", "<portgroup name='q'/><portgroup name='q'/>", "<portgroup name='q' default='yes'/><portgroup name='r' default='yes'/>",
        "<forward mode='hostdev'/>", "<forward mode='hostdev' dev='lo'/>", "<forward mode='hostdev'><pf dev='lo'/></forward>",
        "<forward mode='hostdev'><address type='pci' domain='0' bus='4' slot='0' function='1'/></forward>",
        "<ip address='10.11.1.1' prefix='24'><dhcp><range start='10.11.1.2' end='10.11.1.3'/></dhcp></ip><ip address='10.12.1.1' prefix='24'><dhcp><range start='10.12.1.2' end='10.12.1.3'/></dhcp></ip>",
        "<mtu size='100000'/>", "<mtu size='60'/>", "<bridge name='averyveryverylongname'/>", "<bridge name='lo'/>", "<bridge name='br%d'/>", "<bridge zone='public'/>", "<bridge stp='on' delay='100'/>",
        "<ip address='10.11.1.1' prefix='24'/><ip address='10.11.1.1' prefix='24'/>", "<dns enable='no'/><ip address='10.11.1.1' prefix='24'/>",
    ];
}
