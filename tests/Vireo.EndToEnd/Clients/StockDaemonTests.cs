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
        Directory.Delete(folder, recursive: true);
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

        await using IAsyncEnumerator<DomainEvent> events = domain.WatchAsync().GetAsyncEnumerator();
        ValueTask<bool> first = events.MoveNextAsync();
        for (int i = 0; i < 1_000 && !first.IsCompleted; i++)
        {
            await domain.SuspendAsync();
            await domain.ResumeAsync();
        }
        Assert.True(await first);
        Assert.IsType<DomainLifecycleEvent>(events.Current);

        VireoException absent = await Assert.ThrowsAsync<VireoException>(() => connection.GetDomainAsync("absent"));
        Assert.Equal((ErrorCode.NoDomain, ErrorDomain.Test), (absent.Code, absent.Domain));
    }
}
