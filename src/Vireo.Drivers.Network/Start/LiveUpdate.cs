using Vireo.Driver;
using Vireo.Drivers.Network.Firewall;
using Vireo.Drivers.Network.NameService;
using Vireo.Drivers.Network.Ports;
using Vireo.Drivers.Network.State;
using Vireo.Model.Network;

namespace Vireo.Drivers.Network.Start;

/// <summary>Makes an active network what it shall be: rules of the packet filter, and what its dnsmasq knows.</summary>
static class LiveUpdate
{
    /// <summary>Changes a network whose turn the caller has.</summary>
    /// <param name="keeper">The driver.</param>
    /// <param name="network">The network.</param>
    /// <param name="next">What it shall be.</param>
    /// <param name="section">What was changed.</param>
    /// <param name="cancel">Gives up.</param>
    public static async ValueTask RunAsync(NetworkKeeper keeper, VirtualNetwork network, NetworkDef next, NetworkUpdateSection section, CancellationToken cancel)
    {
        NetworkDef before = network.State.Live!;
        await ReplaceRulesAsync(keeper, new NetworkRun(keeper, network, before).Rules, new NetworkRun(keeper, network, next).Rules, cancel).ConfigureAwait(false);
        keeper.SaveStatus(network, next);
        network.Become(state => state with { Live = next });
        await TellServerAsync(keeper, network, before, next, section, cancel).ConfigureAwait(false);
        await keeper.Hooks.TellAsync("updated", PortCounts.Show(network.State)).ConfigureAwait(false);
    }

    static async ValueTask ReplaceRulesAsync(NetworkKeeper keeper, IReadOnlyList<FirewallRule> before, IReadOnlyList<FirewallRule> next, CancellationToken cancel)
    {
        if (before.Select(Words).SequenceEqual(next.Select(Words)))
            return;
        await keeper.Filter.ReplaceAsync(before, next, cancel).ConfigureAwait(false);
    }

    static string Words(FirewallRule rule) => string.Join(' ', rule.Insert());

    // What dnsmasq reads again at a signal needs no new process, and takes no client's answer away.
    static async ValueTask TellServerAsync(
        NetworkKeeper keeper, VirtualNetwork network, NetworkDef before, NetworkDef next, NetworkUpdateSection section, CancellationToken cancel)
    {
        if (!NetworkKeeper.HasServer(before) && !NetworkKeeper.HasServer(next))
            return;
        bool rereads = section is NetworkUpdateSection.DnsHost || section is NetworkUpdateSection.IpDhcpHost && Serves(before) == Serves(next);
        if (rereads)
        {
            network.Server?.Reread(next);
            return;
        }
        if (section is not (NetworkUpdateSection.IpDhcpHost or NetworkUpdateSection.IpDhcpRange or NetworkUpdateSection.DnsTxt or NetworkUpdateSection.DnsSrv))
            return;
        if (network.Server is { } running)
            await running.StopAsync().ConfigureAwait(false);
        network.Server = null;
        if (!NetworkKeeper.HasServer(next))
            return;
        network.Server = new NameServer(keeper, network);
        await network.Server.StartAsync(next, cancel).ConfigureAwait(false);
    }

    static bool Serves(NetworkDef network) => network.Ips.Any(DnsmasqFiles.IsServed);
}
