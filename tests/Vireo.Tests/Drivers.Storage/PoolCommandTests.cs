using Vireo.Core.Errors;
using Vireo.Drivers.Storage.Discovery;
using Vireo.Drivers.Storage.Pools;
using Vireo.Model.Storage;
using Xunit;

namespace Vireo.Tests.Drivers.Storage;

/// <summary>Programs that start pools against those that libvirtd ran.</summary>
public class PoolCommandTests
{
    const string Options = "<fs:mount_opts xmlns:fs='http://libvirt.org/schemas/storagepool/fs/1.0'><fs:option name='sync'/><fs:option name='lazytime'/></fs:mount_opts>";

    static string Started(string type, string source, string rest = "") => string.Join(' ', PoolCommands.Start(Pool(type, source, rest))!);

    static StoragePoolDef Pool(string type, string source, string rest = "") =>
        StoragePoolDef.Define($"<pool type='{type}'><name>n</name><source>{source}</source><target><path>/mnt</path></target>{rest}</pool>");

    [Theory]
    [InlineData("<format type='auto'/>", "", "mount -o nodev,nosuid,noexec h:/x /mnt")]
    [InlineData("<format type='nfs'/>", Options, "mount -o nodev,nosuid,noexec,sync,lazytime -t nfs h:/x /mnt")]
    [InlineData("<format type='nfs'/><protocol ver='3'/>", Options, "mount -o nodev,nosuid,noexec,nfsvers=3,sync,lazytime -t nfs h:/x /mnt")]
    [InlineData("<protocol ver='4.1'/>", "", "mount -o nodev,nosuid,noexec,nfsvers=4.1 h:/x /mnt")]
    [InlineData("<format type='cifs'/>", Options, "mount -o nodev,nosuid,noexec,guest,sync,lazytime -t cifs //h//x /mnt")]
    [InlineData("<format type='glusterfs'/>", Options, "mount -o nodev,nosuid,noexec,direct-io-mode=1,sync,lazytime -t glusterfs h:/x /mnt")]
    public void A_servers_folder_is_mounted_with_what_its_protocol_wants(string source, string rest, string run) =>
        Assert.Equal(run, Started("netfs", "<host name='h'/><dir path='/x'/>" + source, rest));

    [Theory]
    [InlineData("auto", "", "mount -o nodev,nosuid,noexec -t auto /dev/sdz /mnt")]
    [InlineData("ext4", Options, "mount -o nodev,nosuid,noexec,sync,lazytime -t ext4 /dev/sdz /mnt")]
    public void A_device_is_mounted_with_its_format(string format, string rest, string run) =>
        Assert.Equal(run, Started("fs", $"<device path='/dev/sdz'/><format type='{format}'/>", rest));

    [Fact]
    public void Two_hosts_are_one_too_many() => Assert.Equal("unsupported configuration: expected exactly 1 host for the storage pool",
        Assert.Throws<VireoException>(() => Started("netfs", "<host name='a'/><host name='b'/><dir path='/x'/>")).Message);

    [Theory]
    [InlineData("fs", "<device path='/dev/sdz'/>", "umount /mnt")]
    [InlineData("logical", "<name>vg</name>", "vgchange -aln vg")]
    [InlineData("mpath", "", null)]
    public void A_pool_is_stopped_as_it_was_started(string type, string source, string? run) =>
        Assert.Equal(run, PoolCommands.Stop(Pool(type, source)) is { } command ? string.Join(' ', command) : null);

    [Theory]
    [InlineData("")]
    [InlineData("<cliOutput>")]
    [InlineData("<!DOCTYPE x [<!ENTITY e 'a'>]><cliOutput/>")]
    public void An_answer_of_gluster_that_is_no_document_is_refused(string answer) =>
        Assert.Equal(ErrorCode.InternalError, Assert.Throws<VireoException>(() => GlusterVolumes.Sources(answer, "h", StoragePoolType.Gluster)).Code);
}
