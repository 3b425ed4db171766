namespace Vireo.Tests.Model.Network;

/// <summary>Documents of our own, in libvirt's layout, that between them have every element.</summary>
static class NetworkSamples
{
    public const string Nat = """
        <network xmlns:dnsmasq='http://libvirt.org/schemas/network/dnsmasq/1.0' ipv6='yes' trustGuestRxFilters='no'>
          <name>lab</name>
          <uuid>3c1f2ad8-4f4e-4a4b-9d0e-1d7c9a6a1f01</uuid>
          <metadata>
            <app:note xmlns:app="urn:example:app">kept</app:note>
          </metadata>
          <forward dev='eth7' mode='nat'>
            <nat ipv6='yes'>
              <address start='198.51.100.5' end='198.51.100.9'/>
              <port start='2000' end='2999'/>
            </nat>
            <interface dev='eth7'/>
          </forward>
          <bridge name='virbr9' zone='home' stp='off' delay='2' macTableManager='libvirt'/>
          <mtu size='9000'/>
          <mac address='52:54:00:aa:bb:01'/>
          <domain name='lab.example' localOnly='yes'/>
          <dns enable='yes' forwardPlainNames='no'>
            <forwarder domain='corp.example' addr='203.0.113.7'/>
            <txt name='owner' value='team a'/>
            <srv service='ldap' protocol='tcp' domain='lab.example' target='dir.lab.example' port='389' priority='1' weight='5'/>
            <host ip='192.0.2.9'>
              <hostname>printer</hostname>
              <hostname>copier</hostname>
            </host>
          </dns>
          <bandwidth>
            <inbound average='1000' peak='5000' burst='1024'/>
            <outbound average='800'/>
          </bandwidth>
          <port isolated='yes'/>
          <ip address='192.0.2.1' netmask='255.255.255.0' localPtr='yes'>
            <tftp root='/srv/tftp'/>
            <dhcp>
              <range start='192.0.2.100' end='192.0.2.200'>
                <lease expiry='1' unit='hours'/>
              </range>
              <host mac='52:54:00:aa:bb:02' name='one' ip='192.0.2.10'>
                <lease expiry='0'/>
              </host>
              <bootp file='boot.img' server='192.0.2.2'/>
            </dhcp>
          </ip>
          <ip family='ipv6' address='2001:db8:7::1' prefix='64'>
            <dhcp>
              <host id='0:1:2' name='six' ip='2001:db8:7::10'/>
            </dhcp>
          </ip>
          <route family='ipv4' address='198.51.100.0' prefix='24' gateway='192.0.2.2' metric='3'/>
          <dnsmasq:options>
            <dnsmasq:option value='log-queries'/>
          </dnsmasq:options>
        </network>

        """;

    public const string Switch = """
        <network connections='2'>
          <name>switch</name>
          <uuid>3c1f2ad8-4f4e-4a4b-9d0e-1d7c9a6a1f02</uuid>
          <forward dev='eth1' mode='vepa'>
            <interface dev='eth1' connections='2'/>
            <interface dev='eth2'/>
          </forward>
          <vlan trunk='yes'>
            <tag id='7' nativeMode='untagged'/>
            <tag id='8'/>
          </vlan>
          <virtualport type='802.1Qbg'>
            <parameters managerid='9' typeid='70000' typeidversion='1' instanceid='3c1f2ad8-4f4e-4a4b-9d0e-1d7c9a6a1f03'/>
          </virtualport>
          <portgroup name='quiet' default='yes' trustGuestRxFilters='yes'>
            <vlan>
              <tag id='9'/>
            </vlan>
            <virtualport type='openvswitch'>
              <parameters interfaceid='3c1f2ad8-4f4e-4a4b-9d0e-1d7c9a6a1f04' profileid='silent'/>
            </virtualport>
            <bandwidth>
              <inbound average='5'/>
            </bandwidth>
          </portgroup>
        </network>

        """;

    public const string Pci = """
        <network>
          <name>functions</name>
          <forward mode='hostdev' managed='yes'>
            <driver name='vfio'/>
            <address type='pci' domain='0x0001' bus='0x0a' slot='0x1f' function='0x7'/>
          </forward>
        </network>

        """;

    public const string Port = """
        <networkport>
          <uuid>3c1f2ad8-4f4e-4a4b-9d0e-1d7c9a6a1f05</uuid>
          <owner>
            <name>guest</name>
            <uuid>3c1f2ad8-4f4e-4a4b-9d0e-1d7c9a6a1f06</uuid>
          </owner>
          <group>quiet</group>
          <mac address='52:54:00:aa:bb:03'/>
          <virtualport type='802.1Qbh'>
            <parameters profileid='p'/>
          </virtualport>
          <bandwidth classID='4'>
            <inbound average='10' floor='5'/>
          </bandwidth>
          <vlan>
            <tag id='3'/>
          </vlan>
          <port isolated='no'/>
          <rxfilters trustGuest='yes'/>
          <plug type='hostdev-pci' managed='no'>
            <driver name='kvm'/>
            <address domain='0x0000' bus='0x01' slot='0x02' function='0x3'/>
          </plug>
        </networkport>

        """;

    public const string Filter = """
        <filter name='strict' chain='ipv4-strict' priority='-650'>
          <uuid>3c1f2ad8-4f4e-4a4b-9d0e-1d7c9a6a1f07</uuid>
          <filterref filter='clean-traffic'>
            <parameter name='IP' value='192.0.2.10'/>
            <parameter name='MAC' value='52:54:00:aa:bb:03'/>
          </filterref>
          <rule action='accept' direction='out' priority='100' statematch='false'>
            <tcp match='no' srcmacaddr='52:54:00:aa:bb:03' srcipaddr='$IP[@1]' srcipmask='24' dscp='0x1' connlimit-above='3' state='NEW,ESTABLISHED' srcportstart='1' srcportend='$P' flags='SYN/SYN,ACK' comment='it&apos;s me'/>
          </rule>
          <rule action='drop' direction='inout' priority='500'>
            <arp dstmacaddr='ff:ff:ff:ff:ff:ff' opcode='Reply' arpsrcipaddr='192.0.2.1' gratuitous='true'/>
          </rule>
          <rule action='reject' direction='in' priority='500'>
            <all-ipv6 srcipaddr='2001:db8::1' srcipmask='64'/>
            <all-ipv6 match='no' ipset='bad' ipsetflags='src,dst'/>
          </rule>
          <rule action='return' direction='in' priority='-5'/>
        </filter>

        """;

    public const string Binding = """
        <filterbinding>
          <owner>
            <name>guest</name>
            <uuid>3c1f2ad8-4f4e-4a4b-9d0e-1d7c9a6a1f06</uuid>
          </owner>
          <portdev name='vnet4'/>
          <linkdev name='eth1'/>
          <mac address='52:54:00:aa:bb:03'/>
          <filterref filter='strict'>
            <parameter name='P' value='22'/>
          </filterref>
        </filterbinding>

        """;

    public const string Bridge = """
        <interface type='bridge' name='br4'>
          <start mode='hotplug'/>
          <mtu size='1400'/>
          <protocol family='ipv4'>
            <dhcp peerdns='no'/>
            <ip address='192.0.2.3' prefix='24'/>
            <route gateway='192.0.2.1'/>
          </protocol>
          <protocol family='ipv6'>
            <autoconf/>
          </protocol>
          <bridge stp='on' delay='1.5'>
            <interface type='ethernet' name='eth4'>
              <link speed='1000' state='up'/>
              <mac address='52:54:00:aa:bb:04'/>
            </interface>
            <interface type='vlan' name='eth5.9'>
              <vlan tag='9'>
                <interface name='eth5'/>
              </vlan>
            </interface>
            <interface type='bond' name='bond1'>
              <bond mode='802.3ad'>
                <miimon freq='100' downdelay='5' updelay='6' carrier='netif'/>
                <interface type='ethernet' name='eth6'>
                </interface>
              </bond>
            </interface>
          </bridge>
        </interface>

        """;

    public const string Bond = """
        <interface type='bond' name='bond2'>
          <bond mode='active-backup'>
            <arpmon interval='50' target='192.0.2.1' validate='backup'/>
          </bond>
        </interface>

        """;

    public const string Secret = """
        <secret ephemeral='yes' private='no'>
          <uuid>3c1f2ad8-4f4e-4a4b-9d0e-1d7c9a6a1f08</uuid>
          <description>opens the door</description>
          <usage type='iscsi'>
            <target>iqn.2026-01.example:door</target>
          </usage>
        </secret>

        """;
}
