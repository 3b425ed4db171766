using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Status;
using Xunit;

namespace Vireo.Tests.Drivers.Qemu.Status;

/// <summary>Status files beyond what the corpus has.</summary>
public sealed class DomainStatusTests
{
    const string Machine = """
          <domain type='qemu' id='1'>
            <name>d1</name>
            <uuid>78e12a5f-53df-40f7-9b10-917b4b0ee34f</uuid>
            <memory unit='KiB'>65536</memory>
            <os>
              <type arch='x86_64' machine='pc'>hvm</type>
            </os>
            <devices>
            </devices>
          </domain>
        """;

    const string Whole = $"""
        <domstatus state='paused' reason='user' pid='227'>
          <taint flag='high-privileges'/>
          <deprecation>machine type &apos;pc-1.0&apos;</deprecation>
          <monitor path='/run/monitor.sock' type='unix'/>
          <dbusDaemon/>
          <dbusVMState/>
          <namespaces>
            <mount/>
          </namespaces>
          <vcpus>
            <vcpu id='0' pid='233'/>
          </vcpus>
          <qemuCaps>
            <flag name='kvm'/>
          </qemuCaps>
          <lockstate>leases</lockstate>
          <job type='modify' async='migration out' phase='perform3' flags='0x802' asyncStarted='12'>
            <disk dev='vda' migrating='yes'>
              <migrationSource type='network' format='raw'>
                <source protocol='nbd' name='drive' tlsFromConfig='0'>
                  <host name='h' port='49152'/>
                </source>
              </migrationSource>
            </disk>
            <migParams>
              <param name='tls-creds' value=''/>
            </migParams>
          </job>
          <fakereboot/>
          <devices>
            <device alias='usb'/>
          </devices>
          <numad nodeset='6' cpuset='0-7'/>
          <libDir path='/lib'/>
          <channelTargetDir path='/channel'/>
          <cpu mode='custom' match='exact' check='none'>
            <model fallback='forbid'>qemu64</model>
          </cpu>
          <chardevStdioLogd/>
          <rememberOwner/>
          <allowReboot value='no'/>
          <prDaemon/>
          <nodename index='3'/>
          <fdset index='4'/>
          <memPrealloc/>
          <blockjobs active='yes'>
            <blockjob name='pull-vda' type='broken' brokentype='pull' state='running' newstate='aborting' jobflags='0x1'>
              <disk dst='vda'/>
              <base node='libvirt-2-format'/>
            </blockjob>
          </blockjobs>
          <agentTimeout>5</agentTimeout>
          <backups>
            <domainbackup mode='pull'>
              <incremental>c1</incremental>
            </domainbackup>
          </backups>
          <slirp>
            <helper alias='net0' pid='99'>
              <feature name='migrate'/>
            </helper>
          </slirp>
          <originalMemlock>65536</originalMemlock>
          <preMigrationMemlock>65537</preMigrationMemlock>
          <vireo:process xmlns:vireo='urn:vireo:status:1' startTime='123456'/>
          <newerThanUs with='attributes'>
            <inside/>
          </newerThanUs>
        {Machine}
        </domstatus>

        """;

    [Fact]
    public void Everything_that_a_status_may_hold_is_kept() => Assert.Equal(Whole, DomainStatus.Parse(Whole).ToXml());

    [Fact]
    public void A_file_of_today_is_not_upgraded()
    {
        DomainStatus status = DomainStatus.Parse(Whole);
        Assert.Equal(status, StatusUpgrade.Apply(status));
    }

    [Fact]
    public void State_and_process_are_told()
    {
        DomainStatus status = DomainStatus.Parse(Whole);
        Assert.Equal(new DomainStateReason(DomainState.Paused, (int)DomainPausedReason.User), status.Condition);
        Assert.Equal((227, 123456UL), (status.Pid, status.StartTime));
    }

    [Theory]
    [InlineData("<domstatus pid='1'/>", ErrorCode.XmlError, "state")]
    [InlineData($"<domstatus state='sleepy' pid='1'>{Machine}</domstatus>", ErrorCode.XmlError,
        "Invalid value for attribute 'state' in element 'domstatus': 'sleepy'.")]
    [InlineData($"<domstatus state='running' reason='whim' pid='1'>{Machine}</domstatus>", ErrorCode.InternalError, "invalid domain state reason 'whim'")]
    [InlineData($"<domstatus state='running' reason='booted' pid='1'><qemuCaps><flag name='nonsense'/></qemuCaps>{Machine}</domstatus>",
        ErrorCode.InternalError, "Unknown qemu capabilities flag nonsense")]
    [InlineData("<domstatus state='running' reason='booted' pid='1'/>", ErrorCode.InternalError, "no domain config")]
    public void What_is_no_status_is_refused(string text, ErrorCode code, string message)
    {
        var refused = Assert.Throws<VireoException>(() => DomainStatus.Parse(text));
        Assert.Equal(code, refused.Code);
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
    }
}
