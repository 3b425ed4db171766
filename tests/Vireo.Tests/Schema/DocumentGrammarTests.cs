using Vireo.Model.Documents;
using Xunit;

namespace Vireo.Tests.Schema;

/// <summary>What kinds of documents refuse although each part of it is known.</summary>
public class DocumentGrammarTests
{
    static string? First(string xml) =>
        DocumentKinds.OfRoot(xml[1..xml.AsSpan().IndexOfAny(" >/")])!.Check(xml) is [var first, ..] ? $"{first.Kind} {first.Path}" : null;

    const string Target = "<target><path>/p</path></target>";

    [Theory]
    [InlineData("dir", Target, null)]
    [InlineData("dir", "", "MissingElement /pool")]
    [InlineData("fs", "<source><device path='/dev/vdb'/><format type='ext4'/></source>" + Target, null)]
    [InlineData("fs", "<source><format type='ext4'/></source>" + Target, "MissingElement /pool/source")]
    [InlineData("fs", "<source><device path='/dev/vdb'/><format type='nfs'/></source>" + Target, "BadValue /pool/source/format/@type")]
    [InlineData("fs", "<source><device path='/dev/vdb'/><host name='h'/></source>" + Target, "UnknownElement /pool/source/host")]
    [InlineData("rbd", "<source><name>n</name><host name='h'/></source>", null)]
    [InlineData("rbd", "<source><name>n</name><host name='h'/></source>" + Target, "UnknownElement /pool/target")]
    [InlineData("scsi", "<source><adapter name='scsi_host0'/></source>" + Target, null)]
    [InlineData("scsi", "<source><adapter type='fc_host' wwnn='2000000000000001'/></source>" + Target, "MissingAttribute /pool/source/adapter")]
    public void A_pool_has_what_its_type_wants(string type, string inside, string? fault) => Assert.Equal(fault, First($"<pool type='{type}'><name>p</name>{inside}</pool>"));

    [Theory]
    [InlineData("<volume><name>v</name><target/></volume>", null)]
    [InlineData("<volume><name>v</name></volume>", "MissingElement /volume")]
    [InlineData("<volume><name>v</name><target><format type='qcow9'/></target></volume>", "BadValue /volume/target/format/@type")]
    [InlineData("<volume><name>v</name><target><encryption format='luks'><secret type='passphrase' usage='u'/></encryption></target></volume>", null)]
    [InlineData("<volume><name>v</name><target><encryption format='luks'><secret type='passphrase'/></encryption></target></volume>", "MissingAttribute /volume/target/encryption/secret")]
    [InlineData("<volume><name>v</name><capacity>-0</capacity><target/></volume>", "BadValue /volume/capacity")]
    [InlineData("<domainbackup><disks><disk name='vda' type='file'/></disks></domainbackup>", null)]
    [InlineData("<domainbackup><disks><disk name='vda'/></disks></domainbackup>", "MissingAttribute /domainbackup/disks/disk")]
    [InlineData("<domainbackup><disks><disk name='vda' type='file'><scratch file='/s'/></disk></disks></domainbackup>", "UnknownElement /domainbackup/disks/disk/scratch")]
    [InlineData("<domainbackup mode='pull'><disks><disk name='vda'/></disks></domainbackup>", "MissingElement /domainbackup")]
    [InlineData("<domainbackup mode='pull'><server name='h'/><disks><disk name='vda' backup='no' type='file'/></disks></domainbackup>", "UnknownAttribute /domainbackup/disks/disk/@type")]
    [InlineData("<domainsnapshot><disks><disk name='vda' snapshot='no'/></disks></domainsnapshot>", null)]
    [InlineData("<domainsnapshot><disks><disk name='vda' snapshot='no'><source file='/a'/></disk></disks></domainsnapshot>", "UnknownElement /domainsnapshot/disks/disk/source")]
    [InlineData("<domainsnapshot><domain><uuid>c7a5fdbd-edaf-9455-926a-d65c16db1809</uuid></domain></domainsnapshot>", null)]
    [InlineData("<domainsnapshot><domain type='kvm'><uuid>c7a5fdbd-edaf-9455-926a-d65c16db1809</uuid></domain></domainsnapshot>", "MissingElement /domainsnapshot/domain")]
    [InlineData("<domaincheckpoint><name>.x</name></domaincheckpoint>", "BadValue /domaincheckpoint/name")]
    [InlineData("<device><name>d</name><capability type='vdpa'><chardev>/dev/v</chardev></capability></device>", null)]
    [InlineData("<device><capability type='vdpa'><chardev>/dev/v</chardev></capability><name>d</name></device>", "Misplaced /device/name")]
    [InlineData("<device><name>d</name><capability type='scsi_host'/></device>", "MissingElement /device/capability")]
    [InlineData("<domainCapabilities><path>/q</path><domain>kvm</domain><arch>x86_64</arch><cpu><mode name='custom' supported='yes'><model usable='perhaps' vendor='Intel'>m</model></mode></cpu></domainCapabilities>",
        "BadValue /domainCapabilities/cpu/mode/model/@usable")]
    public void A_document_is_refused_for(string xml, string? fault) => Assert.Equal(fault, First(xml));
}
