using Microsoft.Extensions.Logging;
using Vireo.Core.Errors;
using Vireo.Drivers.Network.NameService;
using Vireo.Drivers.Network.State;
using Vireo.Host.Files;
using Vireo.Host.Processes;
using Vireo.Model.Network;

namespace Vireo.Drivers.Network.Start;

/// <summary>
/// The dnsmasq of an active network. It is a process of its own, which outlives the daemon; one that ends though nobody asked it to is started again, and
/// knows what it lent to whom from the file of leases.
/// </summary>
sealed class NameServer(NetworkKeeper keeper, VirtualNetwork network) : IDisposable
{
    const int Hangup = 1;
    const string Program = "dnsmasq";
    static readonly TimeSpan endPatience = TimeSpan.FromSeconds(5), firstPause = TimeSpan.FromMilliseconds(100), longestPause = TimeSpan.FromSeconds(30);

    HostProcess? process;
    volatile bool ending;

    /// <summary>Its pid; 0: it does not run.</summary>
    public int Pid => process?.Pid ?? 0;

    /// <summary>Writes its files and starts it.</summary>
    /// <param name="live">The network as it is.</param>
    /// <param name="cancel">Gives up.</param>
    public async ValueTask StartAsync(NetworkDef live, CancellationToken cancel)
    {
        ending = false;
        string bridge = BridgeDevice.NameOf(live);
        NetworkPaths paths = keeper.Paths;
        Write(live, bridge);
        AtomicFile.MakeFolder(paths.PidDir);
        if (File.Exists(paths.PidFile(live.Name)))
            AtomicFile.Delete(paths.PidFile(live.Name), durable: false);
        FinishedProgram run = await keeper.Options.Processes.FinishAsync(new ProcessPlan
        {
            Program = HostTools.Find(Program),
            Arguments = [$"--conf-file={DnsmasqFiles.Places(paths.DnsmasqDir, live.Name).Configuration}", "--leasefile-ro", $"--dhcp-script={keeper.LeaseProgram()}"],
            Environment = [new("VIR_BRIDGE_NAME", bridge), .. keeper.LeaseEnvironment()],
        }, cancel: cancel).ConfigureAwait(false);
        if (!run.Status.IsSuccess)
            throw run.Failure();
        process = Find(live.Name) ?? throw NetworkErrors.Internal($"{Program} of network '{live.Name}' ended as soon as it was started");
        _ = WatchAsync(process);
    }

    /// <summary>Takes hold of the one that a daemon before us started; false if it does not run.</summary>
    public bool Adopt(NetworkDef live)
    {
        process = Find(live.Name);
        if (process is null)
            return false;
        keeper.LeaseProgram();      // the daemon may have moved since
        _ = WatchAsync(process);
        return true;
    }

    /// <summary>Lets it read addresses and names of hosts again; everything else it knows until it is started anew.</summary>
    public void Reread(NetworkDef live)
    {
        WriteHosts(live, BridgeDevice.NameOf(live));
        process?.Signal(Hangup);
    }

    /// <summary>Ends it.</summary>
    public async ValueTask StopAsync()
    {
        ending = true;
        if (process is { } running)
        {
            await running.EndAsync(endPatience, keeper.Options.Time).ConfigureAwait(false);
            running.Dispose();
            process = null;
        }
    }

    /// <summary>Lets go of it; it goes on.</summary>
    public void Dispose()
    {
        ending = true;
        process?.Dispose();
        process = null;
    }

    void Write(NetworkDef live, string bridge)
    {
        NetworkPaths paths = keeper.Paths;
        AtomicFile.MakeFolder(paths.DnsmasqDir);
        DnsmasqFiles files = WriteHosts(live, bridge);
        AtomicFile.Write(DnsmasqFiles.Places(paths.DnsmasqDir, live.Name).Configuration, files.Configuration, durable: false);
    }

    DnsmasqFiles WriteHosts(NetworkDef live, string bridge)
    {
        const int readable = 0x1a4;     // dnsmasq reads these as nobody
        DnsmasqFiles files = DnsmasqFiles.Of(live, bridge, keeper.Paths.DnsmasqDir, keeper.Paths.PidFile(live.Name));
        DnsmasqPlaces places = DnsmasqFiles.Places(keeper.Paths.DnsmasqDir, live.Name);
        AtomicFile.Write(places.Hosts, files.Hosts, readable, durable: false);
        AtomicFile.Write(places.Names, files.Names, readable, durable: false);
        return files;
    }

    /// <summary>The process that the pid file tells of, if it is this network's.</summary>
    HostProcess? Find(string name) => keeper.Options.Processes.Find(keeper.Paths.PidFile(name), DnsmasqFiles.Places(keeper.Paths.DnsmasqDir, name).Configuration);

    async Task WatchAsync(HostProcess watched)
    {
        await watched.Exited.ConfigureAwait(false);
        TimeSpan pause = firstPause;
        while (!ending && process == watched)
        {
            await Task.Delay(pause, keeper.Options.Time).ConfigureAwait(false);
            pause = pause * 2 < longestPause ? pause * 2 : longestPause;
            using VirtualNetwork.Turn turn = await network.EnterAsync(CancellationToken.None).ConfigureAwait(false);
            if (ending || process != watched || network.State.Live is not { } live)
                return;
            keeper.Log.ServerEnded(network.Name);
            try
            {
                await StartAsync(live, CancellationToken.None).ConfigureAwait(false);
                watched.Dispose();
                return;
            }
            catch (VireoException fault)
            {
                keeper.Log.ServerFailed(network.Name, fault);
            }
        }
    }
}
