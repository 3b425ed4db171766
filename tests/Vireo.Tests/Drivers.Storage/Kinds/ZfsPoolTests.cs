using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Storage.Kinds.Multipath;
using Xunit;

namespace Vireo.Tests.Drivers.Storage.Kinds;

/// <summary>Pools of ZFS, with its programs' lines and libvirt's messages as they were seen.</summary>
public sealed class ZfsPoolTests : IAsyncDisposable
{
    const string List = "zfs list -Hp -t volume -r -o name,volsize,refreservation tank";
    readonly StorageRoot root = new();
    readonly ToldPrograms programs;

    public ZfsPoolTests()
    {
        programs = new ToldPrograms(root.Folder);
        root.Programs = programs.Find;
        programs.Make("zpool", "[ \"$1\" != get ] || printf 'tank\\thealth\\tONLINE\\t-\\ntank\\tsize\\t1073741824\\t-\\ntank\\tfree\\t805306368\\t-\\ntank\\tallocated\\t268435456\\t-\\n'");
        programs.Make("zfs", """
            case "$*" in
            get) [ ! -e "$notes/modes" ] || echo '  volmode         YES      YES   default | full | geom | dev | none' >&2; exit 2;;
            list*) printf 'tank/v1\t104857600\t104857600\ntank/v2\t209715200\tnone\n'; [ ! -e "$notes/v3" ] || printf 'tank/v3\t5242880\t0\n';;
            create*v3) touch "$notes/v3";;
            esac
            """);
    }

    public ValueTask DisposeAsync() => root.DisposeAsync();

    async Task<StoragePoolRef> DefinedAsync(string source = "<name>tank</name>")
    {
        await root.StartAsync();
        return await root.Get<IStoragePoolLifecycle>().DefineAsync($"<pool type='zfs'><name>z</name><source>{source}</source></pool>", StoragePoolDefineFlags.None, default);
    }

    Task<StorageVolumeRef> MakeAsync(StoragePoolRef pool, string name, string sizes) => root.Get<IStorageVolumes>().CreateAsync(
        pool, $"<volume><name>{name}</name>{sizes}</volume>", StorageVolumeCreateFlags.None, default).AsTask();

    [Fact]
    public async Task A_pool_has_the_sizes_and_volumes_that_it_says()
    {
        StoragePoolRef pool = await DefinedAsync();
        await root.Get<IStoragePoolLifecycle>().CreateAsync(pool, StoragePoolCreateFlags.Normal, default);
        Assert.Equal(["zpool get -Hp health,size,free,allocated tank", List], programs.Told);
        StoragePoolInfo info = await root.Get<IStoragePoolInfo>().GetInfoAsync(pool, default);
        Assert.Equal((1UL << 30, 256UL << 20, 768UL << 20), (info.Capacity, info.Allocation, info.Available));
        Assert.Equal(["v1", "v2"], (await root.Get<IStorageVolumeLookup>().ListVolumesAsync(pool, 0, default)).Select(static v => v.Name).Order());
    }

    [Theory]
    [InlineData("<capacity>5242880</capacity><allocation>0</allocation>", false, "create -s -V 5120K tank/v3")]
    [InlineData("<capacity>5000000</capacity>", false, "create -V 4883K tank/v3")]
    [InlineData("<capacity>5242880</capacity><allocation>1048576</allocation>", true, "create -o volmode=dev -s -o refreservation=1024K -V 5120K tank/v3")]
    public async Task A_volume_is_made_sparse_or_not_and_looked_for(string sizes, bool hasModes, string line)
    {
        StoragePoolRef pool = await DefinedAsync();
        await root.Get<IStoragePoolLifecycle>().CreateAsync(pool, StoragePoolCreateFlags.Normal, default);
        if (hasModes)
            await File.WriteAllTextAsync(Path.Join(root.Folder, "programs/modes"), "", TestContext.Current.CancellationToken);
        _ = programs.Told;
        StorageVolumeRef volume = await MakeAsync(pool, "v3", sizes);
        Assert.Equal(["zfs get", "zfs " + line, List], programs.Told);
        string xml = await root.Get<IStorageVolumeInfo>().GetXmlAsync(volume, 0, default);
        Assert.Contains("<capacity unit='bytes'>5242880</capacity>", xml, StringComparison.Ordinal);
        Assert.Contains("<path>/dev/zvol/tank/v3</path>", xml, StringComparison.Ordinal);
        Assert.Empty(programs.Told);
    }

    [Fact]
    public async Task Pools_are_built_and_deleted_by_the_program_of_their_kind()
    {
        StoragePoolRef pool = await DefinedAsync("<device path='/dev/a'/><device path='/dev/b'/><name>tank</name>");
        await BuildAndDeleteAsync(pool);
        Assert.Equal(["zpool create tank /dev/a /dev/b", "zpool destroy tank"], programs.Told);
        await root.Get<IStoragePoolLifecycle>().UndefineAsync(pool, default);
        pool = await root.Get<IStoragePoolLifecycle>().DefineAsync("<pool type='zfs'><name>p</name><source><name>tank/part</name></source></pool>", StoragePoolDefineFlags.None, default);
        await BuildAndDeleteAsync(pool);
        Assert.Equal(["zfs create -o mountpoint=none tank/part", "zfs destroy -r tank/part"], programs.Told);
    }

    async Task BuildAndDeleteAsync(StoragePoolRef pool)
    {
        await root.Get<IStoragePoolLifecycle>().BuildAsync(pool, StoragePoolBuildFlags.New, default);
        await root.Get<IStoragePoolLifecycle>().DeleteAsync(pool, StoragePoolDeleteFlags.Normal, default);
    }

    [Fact]
    public async Task What_it_cannot_do_is_refused_as_libvirt_does()
    {
        StoragePoolRef pool = await DefinedAsync();
        Assert.Equal("unsupported configuration: missing source devices",
            (await Assert.ThrowsAsync<VireoException>(async () => await root.Get<IStoragePoolLifecycle>().BuildAsync(pool, StoragePoolBuildFlags.New, default))).Message);
        await root.Get<IStoragePoolLifecycle>().CreateAsync(pool, StoragePoolCreateFlags.Normal, default);
        Assert.Equal("unsupported configuration: storage pool does not support encrypted volumes", (await Assert.ThrowsAsync<VireoException>(
            () => MakeAsync(pool, "e", "<capacity>1</capacity><target><encryption format='luks'/></target>"))).Message);
    }

    [Fact]
    public void The_device_mapper_lists_names_and_numbers() => Assert.Equal([("mpatha", 0u), ("data-1", 12u)],
        MultipathPools.Read("mpatha\t(253:0)\ndata-1\t(253:12)\nNo devices found\n"));
}
