using Vireo.Drivers.Qemu.Status;
using Vireo.Model.Domain;
using Xunit;

namespace Vireo.Tests.Drivers.Qemu.Status;

public sealed class DiskNotesTests
{
    static readonly DomainDef live = DomainDef.Parse("""
        <domain type='qemu'><name>g</name><memory>1024</memory><os><type arch='x86_64'>hvm</type></os><devices>
        <disk type='file' device='disk'><driver name='qemu' type='qcow2'/><source file='/top' index='7'/>
        <backingStore type='file' index='3'><format type='qcow2'/><source file='/base'/><backingStore/></backingStore>
        <target dev='vda' bus='virtio'/><alias name='virtio-disk0'/></disk>
        <disk type='file' device='cdrom'><target dev='sda' bus='sata'/><alias name='sata0-0-0'/></disk></devices></domain>
        """, DomainParse.Status);

    [Fact]
    public void A_status_names_the_nodes_that_libvirt_looks_for()
    {
        string text = DiskNotes.ForStatus(live).ToXml(DomainFormat.Status);
        foreach (string mark in (string[])[
            "<nodename type='storage' name='libvirt-7-storage'/>", "<nodename type='format' name='libvirt-7-format'/>", "<nodename type='format' name='libvirt-3-format'/>",
            "<qom name='/machine/peripheral/virtio-disk0/virtio-backend'/>", "<qom name='sata0-0-0'/>"])
            Assert.Contains(mark, text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_read_again_is_what_was_there() => Assert.Equal(live, DiskNotes.FromStatus(DiskNotes.ForStatus(live)));

    [Fact]
    public void Names_of_an_image_that_has_another_number_by_now_are_not_kept()
    {
        DomainDef before = DiskNotes.ForStatus(live);
        DomainDef after = before with { Devices = before.Devices with { Disks = before.Devices.Disks.Map(disk => disk with { Source = disk.Source with { Index = disk.Source.Index + 1 } }) } };
        string text = DiskNotes.ForStatus(after).ToXml(DomainFormat.Status);
        Assert.Contains("libvirt-8-format", text, StringComparison.Ordinal);
        Assert.DoesNotContain("libvirt-7-format", text, StringComparison.Ordinal);
    }
}
