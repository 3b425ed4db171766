using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.Compare;

/// <summary>Pacemaker's agent for guests, unchanged, as a cluster calls it.</summary>
public sealed class ClusterAgentTests(TwoDaemons daemons) : IClassFixture<TwoDaemons>
{
    [Fact]
    public async Task A_guest_is_started_watched_and_stopped_as_with_libvirtd()
    {
        Assert.SkipWhen(daemons.Missing is not null, daemons.Missing ?? "");
        Needs.Program("/usr/lib/ocf/resource.d/heartbeat/VirtualDomain");
        Needs.Program("qemu-system-x86_64");
        const string expected = "validate-all 0\nmonitor 7\nstart 0\nstart 0\nmonitor 0\nstatus 0\nmonitor 0\nmonitor 7\nstart 0\nstop 0\nstop 0\nmonitor 7\n";
        Assert.Equal(expected, await RunAsync(daemons.Stock.Socket));
        Assert.Equal(expected, await RunAsync(daemons.Vireo.Socket));
    }

    static async Task<string> RunAsync(string socket)
    {
        string folder = Directory.CreateTempSubdirectory("cluster").FullName;
        try
        {
            CommandResult said = await Command.RunAsync("bash", [Path.Join(AppContext.BaseDirectory, "Compare/virtual-domain.sh"), $"qemu+unix:///system?socket={socket}", folder]);
            return said.Output;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
