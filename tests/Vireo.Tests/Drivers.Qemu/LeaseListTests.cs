using System.Security.Cryptography;
using System.Text;
using Vireo.Core.Config;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Settings;
using Vireo.Drivers.Qemu.Start.Leases;
using Vireo.Model.Domain;
using Xunit;

namespace Vireo.Tests.Drivers.Qemu;

public sealed class LeaseListTests
{
    static DomainDef Guest(string devices) => DomainDef.Parse(
        $"<domain type='qemu'><name>g</name><memory>1</memory><os><type arch='x86_64'>hvm</type></os><devices>{devices}</devices></domain>");

    static IReadOnlyList<WantedLease> Of(string devices, string conf = "") => LeaseList.Of(Guest(devices), LockdConfig.From(ConfFile.Parse(conf, "l.conf")));

    static string Disk(string source, string more = "", string type = "file") => $"<disk type='{type}'>{source}<target dev='vda'/>{more}</disk>";

    const string File = "<source file='/d'/>";

    [Fact]
    public void Disks_that_are_written_are_leased_by_their_paths()
    {
        Assert.Equal([new("", "/d", LockFlags.None)], Of(Disk(File)));
        Assert.Equal([new("", "/d", LockFlags.Shared)], Of(Disk(File, "<shareable/>")));
        Assert.Empty(Of(Disk(File, "<readonly/>")));
        Assert.Empty(Of(Disk("<source protocol='nbd' name='x'><host name='h'/></source>", type: "network")));
        Assert.Equal([new("", "/dev/sda", LockFlags.None)], Of(Disk("<source dev='/dev/sda'/>", type: "block")));
    }

    [Fact]
    public void Files_are_leased_by_the_digests_of_their_paths_where_a_folder_is_named()
    {
        string digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("/d")));
        Assert.Equal([new("/leases", digest, LockFlags.AutoCreate)], Of(Disk(File), "file_lockspace_dir = \"/leases\""));
    }

    [Fact]
    public void A_lease_is_a_resource_in_its_space()
    {
        const string lease = "<lease><lockspace>space</lockspace><key>key</key><target path='/leases'{0}/></lease>";
        Assert.Equal([new("/leases/space", "key", LockFlags.None)], Of(string.Format(null, lease, "")));
        Assert.Equal("internal error: Offset must be zero for this lock manager",
            Assert.Throws<VireoException>(() => Of(string.Format(null, lease, " offset='512'"))).Message);
    }

    [Fact]
    public void Disks_without_leases_do_not_start_where_leases_are_required()
    {
        Assert.Equal("unsupported configuration: Read/write, exclusive access, disks were present, but no leases specified",
            Assert.Throws<VireoException>(() => Of(Disk(File), "auto_disk_leases = 0")).Message);
        Assert.Empty(Of(Disk(File), "auto_disk_leases = 0\nrequire_lease_for_disks = 0"));
        Assert.Empty(Of(Disk(File, "<shareable/>"), "auto_disk_leases = 0"));
    }

    [Fact]
    public void Leases_by_the_ids_of_volumes_are_refused_by_name() => Assert.Contains("lvm_lockspace_dir",
        Assert.Throws<VireoException>(() => Of("", "lvm_lockspace_dir = \"/l\"")).Message);
}
