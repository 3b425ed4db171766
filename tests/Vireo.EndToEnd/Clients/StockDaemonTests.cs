using System.Diagnostics;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.Clients;

/// <summary>The .NET API against stock libvirtd, which runs in namespaces of its own.</summary>
public sealed class StockDaemonTests : IAsyncLifetime
{
    readonly string folder = Directory.CreateTempSubdirectory("vireo-stock-").FullName;
    Process? daemon;

    string Socket => Path.Combine(folder, "libvirt-sock");

    public async ValueTask InitializeAsync()
    {
        Needs.Root();
        string libvirtd = Needs.Program("libvirtd");
        Needs.Program("unshare");
        string config = Path.Combine(folder, "libvirtd.conf");
        await File.WriteAllTextAsync(config, $"unix_sock_dir = \"{folder}\"\nauth_unix_rw = \"none\"\nauth_unix_ro = \"none\"\n");
        string script = "mount -t tmpfs run /run && mkdir -p /run/libvirt && "
            + "for d in /etc/libvirt /var/lib/libvirt /var/cache/libvirt /var/log/libvirt; do [ ! -d $d ] || mount -t tmpfs private $d; done && "
            + $"exec {libvirtd} -f {config}";
        daemon = Command.Start("unshare",
            ["-m", "-n", "-p", "-i", "-u", "-f", "--kill-child", "--propagation", "private", "--mount-proc", "sh", "-c", script]);
        long patience = Stopwatch.GetTimestamp() + 30 * Stopwatch.Frequency;
        while (!File.Exists(Socket) && !daemon.HasExited && Stopwatch.GetTimestamp() < patience)
            await Task.Delay(20);
        Assert.SkipUnless(File.Exists(Socket), "libvirtd does not start in namespaces here");
    }

    public async ValueTask DisposeAsync()
    {
        if (daemon is { HasExited: false })
        {
            daemon.Kill(entireProcessTree: true);
            await daemon.WaitForExitAsync();
        }
        daemon?.Dispose();
        await Scratch.DeleteAsync(folder);
    }

    [Fact]
    public async Task Stock_libvirtd_answers_the_api()
    {
        await using Connection connection = await Connection.OpenAsync($"test+unix:///default?socket={Socket}");
        Assert.Equal("test:///default", connection.Uri);
        Assert.Equal("TEST", (await connection.GetTypeAsync()).ToUpperInvariant());
        Domain domain = await connection.GetDomainAsync("test");
        Assert.Contains("<name>test</name>", await domain.GetXmlAsync(), StringComparison.Ordinal);
        Assert.Equal(DomainState.Running, (await domain.GetInfoAsync()).State);
        Assert.Equal("i686", (await connection.GetNodeInfoAsync()).Model);
        Assert.Equal(["default"], (await connection.ListNetworksAsync()).Select(n => n.Name));
        Assert.Equal(["default-pool"], (await connection.ListStoragePoolsAsync()).Select(p => p.Name));
        Assert.NotEmpty(await connection.GetStatisticsAsync());

        await using IAsyncEnumerator<Observed<DomainEvent>> events = domain.WatchAsync().GetAsyncEnumerator();
        ValueTask<bool> first = events.MoveNextAsync();
        for (int i = 0; i < 1_000 && !first.IsCompleted; i++)
        {
            await domain.SuspendAsync();
            await domain.ResumeAsync();
        }
        Assert.True(await first);
        Assert.IsType<DomainLifecycleEvent>(events.Current.Event);

        VireoException absent = await Assert.ThrowsAsync<VireoException>(() => connection.GetDomainAsync("absent"));
        Assert.Equal((ErrorCode.NoDomain, ErrorDomain.Test), (absent.Code, absent.Domain));
    }

    [Fact]
    public async Task Stock_libvirtd_serves_the_objects_of_the_api()
    {
        await using Connection connection = await Connection.OpenAsync($"test+unix:///default?socket={Socket}");
        Domain domain = await connection.GetDomainAsync("test");
        ParameterSet statistics = (await connection.GetStatisticsAsync(DomainStatsTypes.State, [domain]))["test"];
        Assert.True(statistics.TryGetNumber("state.state", out long state));
        Assert.Equal((long)DomainState.Running, state);
        Assert.Equal("weight", Assert.Single(await domain.GetSchedulerParametersAsync()).Name);

        Domain copy = await connection.DefineDomainAsync((await domain.GetDefinitionAsync(DomainXmlFlags.Inactive)) with { Name = "copy", Uuid = null });
        Assert.Equal(-1, copy.Id);
        await copy.StartAsync();
        Assert.True(copy.Id > 0);
        DomainSnapshot first = await copy.CreateSnapshotAsync("<domainsnapshot><name>one</name></domainsnapshot>");
        DomainSnapshot second = await copy.CreateSnapshotAsync("<domainsnapshot><name>two</name></domainsnapshot>");
        Assert.Equal(("copy", "one"), (second.Domain.Name, (await second.GetParentAsync()).Name));
        Assert.Equal("two", (await second.GetDefinitionAsync()).Name);
        Assert.Equal(["two"], (await first.ListChildrenAsync()).Select(static s => s.Name));
        await copy.DestroyAsync();
        await copy.UndefineAsync(DomainUndefineFlags.SnapshotsMetadata);

        StoragePool pool = await connection.GetStoragePoolAsync("default-pool");
        StorageVolume volume = await pool.CreateVolumeAsync("<volume><name>v</name><capacity>1048576</capacity></volume>");
        Assert.Equal(1048576ul, (await volume.GetInfoAsync()).Capacity);
        Assert.Equal(["v"], (await pool.ListVolumesAsync()).Select(static v => v.Name));
        Assert.Equal("default", (await (await connection.GetNetworkAsync("default")).GetDefinitionAsync()).Name);
        Assert.Equal("computer", (await connection.GetNodeDeviceAsync("computer")).Name);
        Assert.Equal("eth1", Assert.Single(await connection.ListInterfacesAsync()).Name);
    }
}
