using System.Text.Json.Nodes;
using Vireo.Conformance.Runner;
using Vireo.Core;
using Vireo.Drivers.Network.Firewall;
using Vireo.Drivers.Network.NameService;
using Vireo.Hypervisor.Switches;
using Vireo.Hypervisor.Traffic;
using Vireo.Model.Network;
using Vireo.Model.Shared;

namespace Vireo.Conformance.Network;

/// <summary>Networks' configuration for dnsmasq.</summary>
sealed class NameServiceSuite : Suite
{
    public override string Name => "network-xml2conf";

    public override Outputs Run(CaseInput input)
    {
        NetworkDef network = NetworkDef.Define(input.Text("input"));
        var files = DnsmasqFiles.Of(network, network.Bridge!.Name!, "/var/lib/libvirt/dnsmasq");
        Outputs made = Outputs.Of(files.Configuration);
        if (files.Hosts.Length > 0)
            made["expected_hostsfile"] = Output.Text(files.Hosts);
        return made;
    }
}

/// <summary>Networks' rules for the packet filter.</summary>
sealed class NetworkFirewallSuite : Suite
{
    public override string Name => "network-firewall";

    public override Outputs Run(CaseInput input)
    {
        NetworkDef network = NetworkDef.Define(input.Text("input"));
        return Outputs.Of(CommandText.Of(NetworkFirewall.Rules(network, network.Bridge!.Name!).Select(static rule => rule.Insert())));
    }
}

/// <summary>Limits of devices and of switches' ports.</summary>
sealed class BandwidthSuite : Suite
{
    public override string Name => "net-bandwidth";

    public override Outputs Run(CaseInput input)
    {
        Bandwidth? limits = OpenVSwitchSuite.Limits(input);
        return new Outputs
        {
            ["result_tc"] = Lines(TrafficLimits.Set(input.Word("interface")!, limits).Select(static run => (IReadOnlyList<string>)["tc", .. run])),
            ["result_ovs"] = Lines(OpenVSwitchSuite.Set(input, limits)),
        };
    }

    internal static Output Lines(IEnumerable<IReadOnlyList<string>> commands) => Output.Value(CommandText.Lines(commands));

    public override bool Hides(string member) => base.Hides(member) || member.StartsWith("result", StringComparison.Ordinal);

    public override IEnumerable<string> Expected(System.Text.Json.JsonElement manifest) => ["result_tc", "result_ovs"];
}

/// <summary>What is asked of Open vSwitch, and what it answers.</summary>
sealed class OpenVSwitchSuite : Suite
{
    public override string Name => "net-openvswitch";

    public override Outputs Run(CaseInput input) => input.Word("kind") switch
    {
        "stats" => Outputs.Result(Numbers(SwitchAnswers.Statistics(input.Text("input")))),
        "name-unescape" => Outputs.Result(SwitchAnswers.Name(input.Word("text")!)),
        "set-qos" => new Outputs { ["result"] = BandwidthSuite.Lines(Set(input, Limits(input))) },
        "clear-qos" => new Outputs { ["result"] = BandwidthSuite.Lines(Clear(input)) },
        _ => throw new InvalidDataException("unknown kind"),
    };

    internal static Bandwidth? Limits(CaseInput input) => input.Word("bandwidth_xml") is { } xml
        ? NetworkDef.Parse($"<network><name>n</name>{xml}</network>").Bandwidth : null;

    static SwitchLimits Port(CaseInput input) =>
        new(input.Word("interface")!, Uuid.TryParse(input.Word("vm_uuid"), out Uuid owner) ? owner : throw new InvalidDataException("no uuid"));

    // The switch has nothing yet, so there is nothing to forget.
    internal static IEnumerable<IReadOnlyList<string>> Set(CaseInput input, Bandwidth? limits) =>
        limits is null ? [] : Runs([.. Ask(input), .. limits.Inbound is { Average: > 0 } rate ? [Port(input).Create(rate)] : Array.Empty<IReadOnlyList<string>>(), Port(input).Police(limits.Outbound)]);

    static IEnumerable<IReadOnlyList<string>> Clear(CaseInput input) => Runs([.. Ask(input), Port(input).Police(null)]);

    static IReadOnlyList<string>[] Ask(CaseInput input) => [Port(input).Queues(), Port(input).Qualities()];

    static IEnumerable<IReadOnlyList<string>> Runs(IEnumerable<IReadOnlyList<string>> runs) => runs.Select(static run => (IReadOnlyList<string>)["ovs-vsctl", "--timeout=5", .. run]);

    static JsonObject Numbers(PortTraffic traffic) => new()
    {
        ["rx_bytes"] = traffic.ReceivedBytes, ["rx_packets"] = traffic.ReceivedPackets, ["rx_errs"] = traffic.ReceivedErrors, ["rx_drop"] = traffic.ReceivedDrops,
        ["tx_bytes"] = traffic.SentBytes, ["tx_packets"] = traffic.SentPackets, ["tx_errs"] = traffic.SentErrors, ["tx_drop"] = traffic.SentDrops,
    };
}
