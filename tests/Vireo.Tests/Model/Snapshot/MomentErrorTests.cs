using Vireo.Core.Errors;
using Vireo.Model.Backup;
using Vireo.Model.Checkpoint;
using Vireo.Model.Snapshot;
using Xunit;

namespace Vireo.Tests.Model.Snapshot;

/// <summary>Codes, domains and texts as libvirt 9.0.0 gives them for the same documents, with the place behind.</summary>
public class MomentErrorTests
{
    [Theory]
    [InlineData("<domainsnapshot><state>running</state><creationTime>5</creationTime><domain type='test'><name>test</name><uuid>6695eb01-f6a4-8304-79aa-97f2502e193f</uuid><memory>8388608</memory><vcpu>2</vcpu><os><type arch='i686'>hvm</type></os></domain></domainsnapshot>",
        ErrorCode.XmlError, ErrorDomain.DomainSnapshot, "XML error: a redefined snapshot must have a name")]
    [InlineData("<domainsnapshot><name>s</name><creationTime>5</creationTime><domain type='test'><name>test</name><uuid>6695eb01-f6a4-8304-79aa-97f2502e193f</uuid><memory>8388608</memory><vcpu>2</vcpu><os><type arch='i686'>hvm</type></os></domain></domainsnapshot>",
        ErrorCode.XmlError, ErrorDomain.DomainSnapshot, "XML error: missing state from existing snapshot")]
    [InlineData("<domainsnapshot><name>s</name><state>zz</state><creationTime>5</creationTime><domain type='test'><name>test</name><uuid>6695eb01-f6a4-8304-79aa-97f2502e193f</uuid><memory>8388608</memory><vcpu>2</vcpu><os><type arch='i686'>hvm</type></os></domain></domainsnapshot>",
        ErrorCode.ConfigUnsupported, ErrorDomain.DomainSnapshot, "unsupported configuration: Invalid state 'zz' in domain snapshot XML")]
    [InlineData("<domainsnapshot><name>s</name><state>running</state><creationTime>x</creationTime><domain type='test'><name>test</name><uuid>6695eb01-f6a4-8304-79aa-97f2502e193f</uuid><memory>8388608</memory><vcpu>2</vcpu><os><type arch='i686'>hvm</type></os></domain></domainsnapshot>",
        ErrorCode.InternalError, ErrorDomain.DomainSnapshot, "internal error: missing creationTime from existing snapshot")]
    [InlineData("<domainsnapshot><name>s</name><state>running</state><creationTime>5</creationTime><memory snapshot='zz'/><domain type='test'><name>test</name><uuid>6695eb01-f6a4-8304-79aa-97f2502e193f</uuid><memory>8388608</memory><vcpu>2</vcpu><os><type arch='i686'>hvm</type></os></domain></domainsnapshot>",
        ErrorCode.XmlError, ErrorDomain.Xml, "XML error: Invalid value for attribute 'snapshot' in element 'memory': 'zz'.")]
    [InlineData("<domainsnapshot><name>s</name><state>running</state><creationTime>5</creationTime><memory snapshot='external'/><domain type='test'><name>test</name><uuid>6695eb01-f6a4-8304-79aa-97f2502e193f</uuid><memory>8388608</memory><vcpu>2</vcpu><os><type arch='i686'>hvm</type></os></domain></domainsnapshot>",
        ErrorCode.XmlError, ErrorDomain.DomainSnapshot, "XML error: external memory snapshots require a filename")]
    [InlineData("<domainsnapshot><name>s</name><state>running</state><creationTime>5</creationTime><memory snapshot='internal' file='/x'/><domain type='test'><name>test</name><uuid>6695eb01-f6a4-8304-79aa-97f2502e193f</uuid><memory>8388608</memory><vcpu>2</vcpu><os><type arch='i686'>hvm</type></os></domain></domainsnapshot>",
        ErrorCode.XmlError, ErrorDomain.DomainSnapshot, "XML error: memory filename '/x' requires external snapshot")]
    [InlineData("<domainsnapshot><name>s</name><state>running</state><creationTime>5</creationTime><memory snapshot='manual'/><domain type='test'><name>test</name><uuid>6695eb01-f6a4-8304-79aa-97f2502e193f</uuid><memory>8388608</memory><vcpu>2</vcpu><os><type arch='i686'>hvm</type></os></domain></domainsnapshot>",
        ErrorCode.XmlError, ErrorDomain.DomainSnapshot, "XML error: 'manual' memory snapshot mode not supported")]
    [InlineData("<domainsnapshot><name>s</name><state>running</state><creationTime>5</creationTime><memory snapshot='external' file='rel'/><domain type='test'><name>test</name><uuid>6695eb01-f6a4-8304-79aa-97f2502e193f</uuid><memory>8388608</memory><vcpu>2</vcpu><os><type arch='i686'>hvm</type></os></domain></domainsnapshot>",
        ErrorCode.XmlError, ErrorDomain.DomainSnapshot, "XML error: memory snapshot file path (rel) must be absolute")]
    [InlineData("<domainsnapshot><name>s</name><state>shutoff</state><creationTime>5</creationTime><memory snapshot='internal'/><domain type='test'><name>test</name><uuid>6695eb01-f6a4-8304-79aa-97f2502e193f</uuid><memory>8388608</memory><vcpu>2</vcpu><os><type arch='i686'>hvm</type></os></domain></domainsnapshot>",
        ErrorCode.XmlError, ErrorDomain.DomainSnapshot, "XML error: memory state cannot be saved with offline or disk-only snapshot")]
    [InlineData("<domainsnapshot><name>s</name><state>disk-snapshot</state><creationTime>5</creationTime><disks><disk name='vda' snapshot='zz'/></disks><domain type='test'><name>test</name><uuid>6695eb01-f6a4-8304-79aa-97f2502e193f</uuid><memory>8388608</memory><vcpu>2</vcpu><os><type arch='i686'>hvm</type></os></domain></domainsnapshot>",
        ErrorCode.XmlError, ErrorDomain.Xml, "XML error: Invalid value for attribute 'snapshot' in element 'disk': 'zz'.")]
    [InlineData("<domainsnapshot><name>s</name><state>disk-snapshot</state><creationTime>5</creationTime><disks><disk name='vda' type='zz'/></disks><domain type='test'><name>test</name><uuid>6695eb01-f6a4-8304-79aa-97f2502e193f</uuid><memory>8388608</memory><vcpu>2</vcpu><os><type arch='i686'>hvm</type></os></domain></domainsnapshot>",
        ErrorCode.XmlError, ErrorDomain.Xml, "XML error: Invalid value for attribute 'type' in element 'disk': 'zz'.")]
    [InlineData("<domainsnapshot><name>s</name><state>disk-snapshot</state><creationTime>5</creationTime><disks><disk name='vda' snapshot='external'><driver type='zz'/></disk></disks><domain type='test'><name>test</name><uuid>6695eb01-f6a4-8304-79aa-97f2502e193f</uuid><memory>8388608</memory><vcpu>2</vcpu><os><type arch='i686'>hvm</type></os></domain></domainsnapshot>",
        ErrorCode.ConfigUnsupported, ErrorDomain.DomainSnapshot, "unsupported configuration: unknown disk snapshot driver 'zz'")]
    [InlineData("<domainsnapshot><name>s</name><state>disk-snapshot</state><creationTime>5</creationTime><disks><disk name='vda' snapshot='external'><driver type='auto'/></disk></disks><domain type='test'><name>test</name><uuid>6695eb01-f6a4-8304-79aa-97f2502e193f</uuid><memory>8388608</memory><vcpu>2</vcpu><os><type arch='i686'>hvm</type></os></domain></domainsnapshot>",
        ErrorCode.ConfigUnsupported, ErrorDomain.DomainSnapshot, "unsupported configuration: unknown disk snapshot driver 'auto'")]
    [InlineData("<domainsnapshot><name>s</name><state>disk-snapshot</state><creationTime>5</creationTime><disks><disk name='vda' snapshot='external' type='network'><source protocol='zz'/></disk></disks><domain type='test'><name>test</name><uuid>6695eb01-f6a4-8304-79aa-97f2502e193f</uuid><memory>8388608</memory><vcpu>2</vcpu><os><type arch='i686'>hvm</type></os></domain></domainsnapshot>",
        ErrorCode.XmlError, ErrorDomain.Xml, "XML error: Invalid value for attribute 'protocol' in element 'source': 'zz'.")]
    [InlineData("<domainsnapshot><name>s</name><state>disk-snapshot</state><creationTime>5</creationTime><disks><disk/></disks><domain type='test'><name>test</name><uuid>6695eb01-f6a4-8304-79aa-97f2502e193f</uuid><memory>8388608</memory><vcpu>2</vcpu><os><type arch='i686'>hvm</type></os></domain></domainsnapshot>",
        ErrorCode.InternalError, ErrorDomain.DomainSnapshot, "internal error: missing name from disk snapshot element")]
    [InlineData("<domainsnapshot><name>s</name><state>disk-snapshot</state><creationTime>5</creationTime><disks><disk name='vda' snapshot='external'><source file='x'/></disk></disks><domain type='test'><name>test</name><uuid>6695eb01-f6a4-8304-79aa-97f2502e193f</uuid><memory>8388608</memory><vcpu>2</vcpu><os><type arch='i686'>hvm</type></os></domain></domainsnapshot>",
        ErrorCode.XmlError, ErrorDomain.DomainSnapshot, "XML error: disk snapshot image path 'x' must be absolute")]
    [InlineData("<domainsnapshot><name>s</name><state>disk-snapshot</state><creationTime>5</creationTime><disks><disk name='vda' type='dir' snapshot='external'><source dir='/x'/></disk></disks><domain type='test'><name>test</name><uuid>6695eb01-f6a4-8304-79aa-97f2502e193f</uuid><memory>8388608</memory><vcpu>2</vcpu><os><type arch='i686'>hvm</type></os></domain></domainsnapshot>",
        ErrorCode.XmlError, ErrorDomain.DomainSnapshot, "XML error: unsupported disk snapshot type 'dir'")]
    [InlineData("<domainsnapshot><name>s</name><state>disk-snapshot</state><creationTime>5</creationTime><disks><disk name='vda' type='volume' snapshot='external'><source pool='p' volume='v'/></disk></disks><domain type='test'><name>test</name><uuid>6695eb01-f6a4-8304-79aa-97f2502e193f</uuid><memory>8388608</memory><vcpu>2</vcpu><os><type arch='i686'>hvm</type></os></domain></domainsnapshot>",
        ErrorCode.XmlError, ErrorDomain.DomainSnapshot, "XML error: unsupported disk snapshot type 'volume'")]
    [InlineData("<domainsnapshot><name>s</name><state>running</state><creationTime>5</creationTime><inactiveDomain><name>test</name></inactiveDomain><domain type='test'><name>test</name><uuid>6695eb01-f6a4-8304-79aa-97f2502e193f</uuid><memory>8388608</memory><vcpu>2</vcpu><os><type arch='i686'>hvm</type></os></domain></domainsnapshot>",
        ErrorCode.InternalError, ErrorDomain.Domain, "internal error: missing domain type attribute")]
    public void What_is_wrong_with_a_snapshot_that_is_told_again_is_said_in_libvirts_words(string xml, ErrorCode code, ErrorDomain domain, string text) =>
        Refused.Says(() => SnapshotDef.Define(xml, SnapshotParse.Redefine, now: null), code, domain, text);

    [Theory]
    [InlineData("<domainsnapshot><disks><disk name='vda' snapshot='zz'/></disks></domainsnapshot>",
        ErrorCode.XmlError, ErrorDomain.Xml, "XML error: Invalid value for attribute 'snapshot' in element 'disk': 'zz'.")]
    [InlineData("<domainsnapshot><disks><disk name='vda' type='zz'/></disks></domainsnapshot>",
        ErrorCode.XmlError, ErrorDomain.Xml, "XML error: Invalid value for attribute 'type' in element 'disk': 'zz'.")]
    [InlineData("<domainsnapshot><disks><disk name='vda' snapshot='external'><driver type='zz'/></disk></disks></domainsnapshot>",
        ErrorCode.ConfigUnsupported, ErrorDomain.DomainSnapshot, "unsupported configuration: unknown disk snapshot driver 'zz'")]
    [InlineData("<domainsnapshot><disks><disk name='vda' snapshot='external' type='network'><source protocol='zz'/></disk></disks></domainsnapshot>",
        ErrorCode.XmlError, ErrorDomain.Xml, "XML error: Invalid value for attribute 'protocol' in element 'source': 'zz'.")]
    [InlineData("<domainsnapshot><disks><disk/></disks></domainsnapshot>",
        ErrorCode.InternalError, ErrorDomain.DomainSnapshot, "internal error: missing name from disk snapshot element")]
    [InlineData("<domainsnapshot><disks><disk name='vda' snapshot='external'><source file='x'/></disk></disks></domainsnapshot>",
        ErrorCode.XmlError, ErrorDomain.DomainSnapshot, "XML error: disk snapshot image path 'x' must be absolute")]
    [InlineData("<domainsnapshot><disks><disk name='vda' type='dir' snapshot='external'><source dir='/x'/></disk></disks></domainsnapshot>",
        ErrorCode.XmlError, ErrorDomain.DomainSnapshot, "XML error: unsupported disk snapshot type 'dir'")]
    public void What_is_wrong_with_a_new_snapshot_is_said_in_libvirts_words(string xml, ErrorCode code, ErrorDomain domain, string text) =>
        Refused.Says(() => SnapshotDef.Define(xml, SnapshotParse.None, now: 1), code, domain, text);

    [Theory]
    [InlineData("<domaincheckpoint><name>.b</name></domaincheckpoint>",
        ErrorCode.XmlInvalidSchema, ErrorDomain.Xml, "XML document failed to validate against schema: Unable to validate doc against /usr/share/libvirt/schemas/domaincheckpoint.rng\nExtra element name in interleave\nElement domaincheckpoint failed to validate content\n")]
    [InlineData("<domaincheckpoint><name></name></domaincheckpoint>",
        ErrorCode.XmlInvalidSchema, ErrorDomain.Xml, "XML document failed to validate against schema: Unable to validate doc against /usr/share/libvirt/schemas/domaincheckpoint.rng\nExtra element name in interleave\nElement domaincheckpoint failed to validate content\n")]
    [InlineData("<domaincheckpoint><name>a\nb</name></domaincheckpoint>",
        ErrorCode.XmlInvalidSchema, ErrorDomain.Xml, "XML document failed to validate against schema: Unable to validate doc against /usr/share/libvirt/schemas/domaincheckpoint.rng\nExtra element name in interleave\nElement domaincheckpoint failed to validate content\n")]
    [InlineData("<domaincheckpoint><disks><disk name='vda' checkpoint='zz'/></disks></domaincheckpoint>",
        ErrorCode.XmlInvalidSchema, ErrorDomain.Xml, "XML document failed to validate against schema: Unable to validate doc against /usr/share/libvirt/schemas/domaincheckpoint.rng\nExtra element disks in interleave\nElement domaincheckpoint failed to validate content\n")]
    [InlineData("<domaincheckpoint><disks><disk name='vda' checkpoint='no' bitmap='q'/></disks></domaincheckpoint>",
        ErrorCode.XmlInvalidSchema, ErrorDomain.Xml, "XML document failed to validate against schema: Unable to validate doc against /usr/share/libvirt/schemas/domaincheckpoint.rng\nExtra element disks in interleave\nElement domaincheckpoint failed to validate content\n")]
    [InlineData("<domaincheckpoint><disks/></domaincheckpoint>",
        ErrorCode.XmlInvalidSchema, ErrorDomain.Xml, "XML document failed to validate against schema: Unable to validate doc against /usr/share/libvirt/schemas/domaincheckpoint.rng\nExtra element disks in interleave\nElement domaincheckpoint failed to validate content\n")]
    [InlineData("<domaincheckpoint><disks><disk name='zz'/></disks></domaincheckpoint>",
        ErrorCode.XmlInvalidSchema, ErrorDomain.Xml, "XML document failed to validate against schema: Unable to validate doc against /usr/share/libvirt/schemas/domaincheckpoint.rng\nExtra element disks in interleave\nElement domaincheckpoint failed to validate content\n")]
    public void What_is_wrong_with_a_new_checkpoint_is_said_in_its_grammars_words(string xml, ErrorCode code, ErrorDomain domain, string text) =>
        Refused.Says(() => CheckpointDef.Define(xml, redefine: false, now: 1), code, domain, text);

    [Theory]
    [InlineData("<domaincheckpoint><creationTime>5</creationTime><domain type='test'><name>test</name><uuid>6695eb01-f6a4-8304-79aa-97f2502e193f</uuid><memory>8388608</memory><vcpu>2</vcpu><os><type arch='i686'>hvm</type></os></domain></domaincheckpoint>",
        ErrorCode.XmlError, ErrorDomain.DomainCheckpoint, "XML error: a redefined checkpoint must have a name")]
    [InlineData("<domaincheckpoint><name>c</name><domain type='test'><name>test</name><uuid>6695eb01-f6a4-8304-79aa-97f2502e193f</uuid><memory>8388608</memory><vcpu>2</vcpu><os><type arch='i686'>hvm</type></os></domain></domaincheckpoint>",
        ErrorCode.InternalError, ErrorDomain.DomainCheckpoint, "internal error: missing creationTime from existing checkpoint")]
    public void What_is_wrong_with_a_checkpoint_that_is_told_again_is_said_in_libvirts_words(string xml, ErrorCode code, ErrorDomain domain, string text) =>
        Refused.Says(() => CheckpointDef.Define(xml, redefine: true, now: null), code, domain, text);

    [Theory]
    [InlineData("<domainbackup mode='zz'></domainbackup>",
        ErrorCode.XmlInvalidSchema, ErrorDomain.Xml, "XML document failed to validate against schema: Unable to validate doc against /usr/share/libvirt/schemas/domainbackup.rng\nInvalid attribute mode for element domainbackup\n")]
    [InlineData("<domainbackup><disks/></domainbackup>",
        ErrorCode.XmlInvalidSchema, ErrorDomain.Xml, "XML document failed to validate against schema: Unable to validate doc against /usr/share/libvirt/schemas/domainbackup.rng\nExtra element disks in interleave\nElement domainbackup failed to validate content\n")]
    [InlineData("<domainbackup mode='pull'></domainbackup>",
        ErrorCode.XmlInvalidSchema, ErrorDomain.Xml, "XML document failed to validate against schema: Unable to validate doc against /usr/share/libvirt/schemas/domainbackup.rng\nInvalid attribute mode for element domainbackup\n")]
    [InlineData("<domainbackup mode='pull'><server transport='zz'/></domainbackup>",
        ErrorCode.XmlInvalidSchema, ErrorDomain.Xml, "XML document failed to validate against schema: Unable to validate doc against /usr/share/libvirt/schemas/domainbackup.rng\nExtra element server in interleave\nElement domainbackup failed to validate content\n")]
    [InlineData("<domainbackup mode='pull'><server tls='zz' name='a'/></domainbackup>",
        ErrorCode.XmlInvalidSchema, ErrorDomain.Xml, "XML document failed to validate against schema: Unable to validate doc against /usr/share/libvirt/schemas/domainbackup.rng\nExtra element server in interleave\nElement domainbackup failed to validate content\n")]
    [InlineData("<domainbackup mode='pull'><server transport='unix' socket='x'/></domainbackup>",
        ErrorCode.XmlInvalidSchema, ErrorDomain.Xml, "XML document failed to validate against schema: Unable to validate doc against /usr/share/libvirt/schemas/domainbackup.rng\nExtra element server in interleave\nElement domainbackup failed to validate content\n")]
    [InlineData("<domainbackup mode='pull'><server transport='tcp'/></domainbackup>",
        ErrorCode.XmlInvalidSchema, ErrorDomain.Xml, "XML document failed to validate against schema: Unable to validate doc against /usr/share/libvirt/schemas/domainbackup.rng\nExtra element server in interleave\nElement domainbackup failed to validate content\n")]
    [InlineData("<domainbackup><disks><disk name='vda' backup='zz'/></disks></domainbackup>",
        ErrorCode.XmlInvalidSchema, ErrorDomain.Xml, "XML document failed to validate against schema: Unable to validate doc against /usr/share/libvirt/schemas/domainbackup.rng\nExtra element disks in interleave\nElement domainbackup failed to validate content\n")]
    [InlineData("<domainbackup><disks><disk name='vda' type='zz'/></disks></domainbackup>",
        ErrorCode.XmlInvalidSchema, ErrorDomain.Xml, "XML document failed to validate against schema: Unable to validate doc against /usr/share/libvirt/schemas/domainbackup.rng\nExtra element disks in interleave\nElement domainbackup failed to validate content\n")]
    [InlineData("<domainbackup><disks><disk name='vda' type='file'><target file='x'/><scratch file='x'/></disk></disks></domainbackup>",
        ErrorCode.XmlInvalidSchema, ErrorDomain.Xml, "XML document failed to validate against schema: Unable to validate doc against /usr/share/libvirt/schemas/domainbackup.rng\nExtra element disks in interleave\nElement domainbackup failed to validate content\n")]
    [InlineData("<domainbackup><disks><disk name='vda' type='file'><scratch file='/x'/></disk></disks></domainbackup>",
        ErrorCode.XmlInvalidSchema, ErrorDomain.Xml, "XML document failed to validate against schema: Unable to validate doc against /usr/share/libvirt/schemas/domainbackup.rng\nExtra element disks in interleave\nElement domainbackup failed to validate content\n")]
    [InlineData("<domainbackup><disks><disk/></disks></domainbackup>",
        ErrorCode.XmlInvalidSchema, ErrorDomain.Xml, "XML document failed to validate against schema: Unable to validate doc against /usr/share/libvirt/schemas/domainbackup.rng\nExtra element disks in interleave\nElement domainbackup failed to validate content\n")]
    [InlineData("<domainbackup><disks><disk name='vda' backupmode='full' incremental='x'/></disks></domainbackup>",
        ErrorCode.XmlInvalidSchema, ErrorDomain.Xml, "XML document failed to validate against schema: Unable to validate doc against /usr/share/libvirt/schemas/domainbackup.rng\nExtra element disks in interleave\nElement domainbackup failed to validate content\n")]
    [InlineData("<domainbackup><disks><disk name='vda'><driver type='zz'/></disk></disks></domainbackup>",
        ErrorCode.XmlInvalidSchema, ErrorDomain.Xml, "XML document failed to validate against schema: Unable to validate doc against /usr/share/libvirt/schemas/domainbackup.rng\nExtra element disks in interleave\nElement domainbackup failed to validate content\n")]
    [InlineData("<domainbackup><disks><disk name='vda'><zz/></disk></disks></domainbackup>",
        ErrorCode.XmlInvalidSchema, ErrorDomain.Xml, "XML document failed to validate against schema: Unable to validate doc against /usr/share/libvirt/schemas/domainbackup.rng\nExtra element disks in interleave\nElement domainbackup failed to validate content\n")]
    [InlineData("<domainbackup><server transport='tcp' name='localhost' port='10809'/></domainbackup>",
        ErrorCode.XmlInvalidSchema, ErrorDomain.Xml, "XML document failed to validate against schema: Unable to validate doc against /usr/share/libvirt/schemas/domainbackup.rng\nExtra element server in interleave\nElement domainbackup failed to validate content\n")]
    [InlineData("<domainbackup><zz/></domainbackup>",
        ErrorCode.XmlInvalidSchema, ErrorDomain.Xml, "XML document failed to validate against schema: Unable to validate doc against /usr/share/libvirt/schemas/domainbackup.rng\nElement domainbackup has extra content: zz\n")]
    public void What_is_wrong_with_a_backup_is_said_in_its_grammars_words(string xml, ErrorCode code, ErrorDomain domain, string text) =>
        Refused.Says(() => BackupDef.Define(xml), code, domain, text);
}
