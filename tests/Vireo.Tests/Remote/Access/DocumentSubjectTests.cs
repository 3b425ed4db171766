using Vireo.Core;
using Vireo.Core.Xml;
using Vireo.Driver;
using Xunit;

namespace Vireo.Tests.Remote.Access;

/// <summary>What identifies a described object is found without the document being understood, and nothing is guessed.</summary>
public sealed class DocumentSubjectTests
{
    const string Id = "6695eb01-f6a4-8304-79aa-97f2502e193f";

    static Uuid Known => Uuid.TryParse(Id, out Uuid uuid) ? uuid : default;

    [Fact]
    public void A_domain_is_its_name_uuid_and_labels()
    {
        AccessSubject domain = DocumentSubject.Read($"""
            <domain type='kvm'><nonsense><name>inner</name></nonsense><uuid>{Id}</uuid><name>vm1</name>
            <metadata><v:rights xmlns:v='urn:vireo:rights:1' owner='alice' tags='web  test'/><o:other xmlns:o='urn:o' owner='bob'/></metadata></domain>
            """, AccessObject.Domain);
        Assert.Equal(("vm1", Known, false), (domain.Name, domain.Uuid, domain.Vague));
        Assert.Equal("alice", domain.Labels!.Owner);
        Assert.Equal(["web", "test"], domain.Labels.Tags);
    }

    [Theory]
    [InlineData(AccessObject.Network, "<network><name>n</name></network>", "n", null, null)]
    [InlineData(AccessObject.StoragePool, "<pool type='logical'><source><name>vg</name></source></pool>", "vg", null, null)]
    [InlineData(AccessObject.StoragePool, "<pool type='logical'><source><name>vg</name></source><name>p</name></pool>", "p", null, null)]
    [InlineData(AccessObject.StorageVolume, "<volume><name>v</name></volume>", "v", null, null)]
    [InlineData(AccessObject.Interface, "<interface type='ethernet' name='eth0'><mac address='02:00:00:00:00:01'/></interface>", "eth0", "02:00:00:00:00:01", null)]
    [InlineData(AccessObject.NodeDevice, "<device><name>mdev_1</name></device>", "mdev_1", null, null)]
    [InlineData(AccessObject.NwFilter, "<filter name='f'><uuid>" + Id + "</uuid></filter>", "f", null, Id)]
    [InlineData(AccessObject.NwFilterBinding, "<filterbinding><owner><name>vm</name><uuid>" + Id + "</uuid></owner><portdev name='vnet0'/><filterref filter='f'/></filterbinding>", "vnet0", "f", null)]
    [InlineData(AccessObject.NetworkPort, "<networkport><uuid>" + Id + "</uuid><owner><name>vm</name></owner></networkport>", null, null, Id)]
    [InlineData(AccessObject.Secret, "<secret><uuid>" + Id + "</uuid><usage type='iscsi'><target>t</target></usage></secret>", "t", null, Id)]
    [InlineData(AccessObject.Secret, "<secret><usage type='ceph'><name>c</name></usage></secret>", "c", null, null)]
    public void Other_kinds_have_theirs(AccessObject kind, string xml, string? name, string? detail, string? uuid)
    {
        AccessSubject subject = DocumentSubject.Read(xml, kind);
        Assert.Equal((name, detail, uuid, false), (subject.Name, subject.Detail, subject.Uuid?.ToString(), subject.Vague));
    }

    [Theory]
    [InlineData("<domain><name>mine</name><name>yours</name></domain>")]
    [InlineData("<domain><name>mine</name><uuid>" + Id + "</uuid><uuid>" + Id + "</uuid></domain>")]
    [InlineData("<domain><name>mine</name><uuid>nonsense</uuid></domain>")]
    [InlineData("<domain><name>mine</name>")]
    [InlineData("<domain><name>mine</name></domain><domain/>")]
    [InlineData("<!DOCTYPE d [<!ENTITY m 'mine'>]><domain><name>&m;</name></domain>")]
    [InlineData("")]
    [InlineData("mine")]
    public void What_a_document_leaves_open_is_not_known(string xml)
    {
        AccessSubject subject = DocumentSubject.Read(xml, AccessObject.Domain);
        Assert.Equal((null, null, true), (subject.Name, subject.Uuid, subject.Vague));
    }

    [Fact]
    public void Labels_of_metadata_are_those_of_the_document()
    {
        ObjectLabels labels = DocumentSubject.Labels(XmlFragment.Parse("<metadata><v:rights xmlns:v='urn:vireo:rights:1' owner='alice' tags='web'/></metadata>"));
        Assert.Equal(("alice", "web"), (labels.Owner, Assert.Single(labels.Tags)));
        Assert.Equal(ObjectLabels.None, DocumentSubject.Labels(XmlFragment.Parse("<metadata><rights owner='alice'/></metadata>")));
    }

    [Fact]
    public void A_name_of_another_namespace_is_none()
    {
        Assert.Null(DocumentSubject.Read("<domain xmlns:x='urn:x'><x:name>mine</x:name></domain>", AccessObject.Domain).Name);
        Assert.Null(DocumentSubject.Read("<domain xmlns='urn:x'><name>mine</name></domain>", AccessObject.Domain).Name);
    }
}
