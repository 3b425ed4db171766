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

    static IReadOnlyList<WantedLease> Of(string devices, string conf = "") => OfAsync(devices, conf, static (_, _) => null).GetAwaiter().GetResult();

    static async Task<IReadOnlyList<WantedLease>> OfAsync(string devices, string conf, Func<string, string, string?> says) =>
        await LeaseList.OfAsync(Guest(devices), LockdConfig.From(ConfFile.Parse(conf, "l.conf")),
            new DiskIds((program, arguments, _) => Task.FromResult(says(program, string.Join(' ', arguments)))), default);

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

    const string Folders = "lvm_lockspace_dir = \"/lvm\"\nscsi_lockspace_dir = \"/scsi\"\nfile_lockspace_dir = \"/files\"\n";

    static string Block(string path) => $"<disk type='block' device='disk'><source dev='{path}'/><target dev='vda' bus='virtio'/></disk>";

    // What libvirt asks, and what it makes of the answers: seen with programs of this kind in the places of lvs and scsi_id.
    [Theory]
    [InlineData("  tcrq-UUID-one \n", null, "/lvm", "tcrq-UUID-one ", "lvs")]
    [InlineData(null, "36001405\n", "/scsi", "36001405", "lvs scsi_id")]
    [InlineData("\n", "36001405\n", "/scsi", "36001405", "lvs scsi_id")]
    [InlineData("\n", "\n", "/files", null, "lvs scsi_id")]
    [InlineData(null, null, "/files", null, "lvs scsi_id")]
    public async Task A_block_device_is_leased_by_the_first_name_that_the_host_has_for_it(string? volume, string? unit, string folder, string? name, string asked)
    {
        var calls = new List<string>();
        IReadOnlyList<WantedLease> leases = await OfAsync(Block("/dev/sdz"), Folders, (program, arguments) =>
        {
            calls.Add(Path.GetFileName(program));
            Assert.Equal(program is "lvs" ? "--noheadings --unbuffered --nosuffix --options uuid /dev/sdz" : "--replace-whitespace --whitelisted --device /dev/sdz", arguments);
            return program is "lvs" ? volume : unit;
        });
        string digest = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("/dev/sdz"u8));
        Assert.Equal([new(folder, name ?? digest, LockFlags.AutoCreate)], leases);
        Assert.Equal(asked, string.Join(' ', calls));
    }

    [Fact]
    public async Task Nobody_is_asked_about_a_disk_that_is_no_device_or_without_a_folder()
    {
        static string? Asked(string program, string arguments) => throw new InvalidOperationException($"{program} {arguments}");
        Assert.Equal("/files", Assert.Single(await OfAsync(Disk(File), Folders, Asked)).Folder);
        Assert.Equal([new("", "/dev/sdz", LockFlags.None)], await OfAsync(Block("/dev/sdz"), "", Asked));
    }
}
