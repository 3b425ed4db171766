using System.Globalization;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Shell.Commands.Objects;
using Vireo.Shell.Parsing;
using Vireo.Shell.Session;
using Vireo.Shell.Text;

namespace Vireo.Shell.Commands.Networks;

/// <summary>Lists of networks and of the addresses that they gave out, and waiting for what happens to them.</summary>
static class NetworkLists
{
    static readonly string[] kinds = ["lifecycle"], forms = ["table", "name", "uuid"];

    public static CommandDef[] All { get; } =
    [
        new("net-list", "list networks", List,
            OptionDef.Flag("inactive", "those that are not active"),
            OptionDef.Flag("all", "those that are active and those that are not"),
            OptionDef.Flag("persistent", "those with a definition that stays"),
            OptionDef.Flag("transient", "those without"),
            OptionDef.Flag("autostart", "those that start with the host"),
            OptionDef.Flag("no-autostart", "those that do not"),
            OptionDef.Flag("uuid", "print uuids"),
            OptionDef.Flag("name", "print names"),
            OptionDef.Flag("table", "print a table (default)"))
        {
            Description = "Lists the networks that are active, or those that the options ask for.",
        },
        new("net-dhcp-leases", "list the addresses that a network gave out", Leases, NetworkCommands.Network, OptionDef.Text("mac", "only those of this MAC address"))
        {
            Description = "Prints the leases of a network's DHCP server.",
        },
        new("net-event", "wait for network events", Event,
            EventWait.OptionsAfter(OptionDef.Text("network", "only of this network: name or uuid"), OptionDef.Text("event", "the kind of event to wait for")))
        {
            Description = "Prints the kinds of events, or waits for events and prints them.",
        },
    ];

    static async ValueTask<bool> List(ShellSession shell, CommandCall call)
    {
        if (forms.Count(call.Has) > 1)
            throw new CommandFailure("Only one argument from --table, --name and --uuid may be specified.");
        ListNetworksFlags flags = call.Has("all") ? ListNetworksFlags.Active | ListNetworksFlags.Inactive
            : call.Has("inactive") ? ListNetworksFlags.Inactive : ListNetworksFlags.Active;
        foreach (var (option, flag) in new[]
        {
            ("persistent", ListNetworksFlags.Persistent), ("transient", ListNetworksFlags.Transient),
            ("autostart", ListNetworksFlags.Autostart), ("no-autostart", ListNetworksFlags.NoAutostart),
        })
        {
            if (call.Has(option))
                flags |= flag;
        }
        NetworkRef[] networks = await Attempt.To("Failed to list networks", () =>
            shell.Calls.Read<INetworkListing>("virConnectListAllNetworks").ListAllAsync(flags, default));
        networks = await InOrderAsync(shell, networks);
        if (call.Has("name") || call.Has("uuid"))
        {
            foreach (NetworkRef network in networks)
                shell.Out.Line(call.Has("name") ? network.Name : network.Uuid.ToString());
            return true;
        }
        INetworkInfo about = shell.Calls.Read<INetworkInfo>("virNetworkIsActive");
        var table = new TextTable("Name", "State", "Autostart", "Persistent");
        foreach (NetworkRef network in networks)
        {
            table.Add(network.Name, await about.IsActiveAsync(network, default) ? "active" : "inactive",
                await AutostartAsync(about, network), await about.IsPersistentAsync(network, default) ? "yes" : "no");
        }
        shell.Out.Print(table.Render(withHeader: !shell.Settings.Quiet));
        return true;
    }

    static async ValueTask<string> AutostartAsync(INetworkInfo about, NetworkRef network)
    {
        try
        {
            return await about.GetAutostartAsync(network, default) ? "yes" : "no";
        }
        catch (VireoException)
        {
            return "no autostart";
        }
    }

    /// <summary>Active ones first, each kind by name.</summary>
    static async ValueTask<NetworkRef[]> InOrderAsync(ShellSession shell, NetworkRef[] networks)
    {
        INetworkInfo about = shell.Calls.Read<INetworkInfo>("virNetworkIsActive");
        var active = new HashSet<NetworkRef>();
        foreach (NetworkRef network in networks)
            if (await about.IsActiveAsync(network, default))
                active.Add(network);
        return [.. networks.OrderBy(network => !active.Contains(network)).ThenBy(network => network.Name, StringComparer.OrdinalIgnoreCase)];
    }

    static async ValueTask<bool> Leases(ShellSession shell, CommandCall call)
    {
        string? mac = call.Text("mac");
        NetworkRef network = await shell.FindNetworkAsync(call);
        DhcpLease[] leases = await Attempt.To($"Failed to get leases info for {network.Name}", () =>
            shell.Calls.Read<INetworkLeases>("virNetworkGetDHCPLeases").GetDhcpLeasesAsync(network, mac, 0, default));
        var table = new TextTable("Expiry Time", "MAC address", "Protocol", "IP address", "Hostname", "Client ID or DUID");
        foreach (DhcpLease lease in leases.OrderBy(lease => lease.Address, StringComparer.Ordinal))
        {
            string end = DateTimeOffset.FromUnixTimeSeconds(lease.ExpiryTime).LocalDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
            table.Add(end, lease.Mac ?? "-", lease.Type is IPAddressType.Ipv4 ? "ipv4" : "ipv6", $"{lease.Address}/{lease.Prefix}",
                lease.Hostname ?? "-", lease.ClientId ?? "-");
        }
        shell.Out.Print(table.Render(withHeader: !shell.Settings.Quiet));
        return true;
    }

    static async ValueTask<bool> Event(ShellSession shell, CommandCall call)
    {
        if (call.Has("list"))
        {
            shell.Out.Line(kinds[0]);
            return true;
        }
        int kind = EventWait.Kind(call, kinds);
        int? timeout = call.Milliseconds("timeout");
        NetworkRef? only = call.Has("network") ? await shell.FindNetworkAsync(call) : null;
        return await EventWait.RunAsync<NetworkEvent>(shell, call, timeout,
            sink => shell.Calls.Read<INetworkEvents>("virConnectNetworkEventRegisterAny").SubscribeAsync((NetworkEventId)kind, only, sink, default),
            raised => $"event '{kinds[(int)raised.Kind]}' for network {raised.Network.Name}: {(raised is NetworkLifecycleEvent { Type: var type } ? type.ToString() : "unknown")}");
    }
}
