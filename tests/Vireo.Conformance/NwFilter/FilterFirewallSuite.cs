using System.Text.Json;
using Vireo.Conformance.Runner;
using Vireo.Drivers.NwFilter.Rules;
using Vireo.Model.NwFilter;

namespace Vireo.Conformance.NwFilter;

/// <summary>Filters as commands of the host's packet filter, for the card and the variables that the corpus describes.</summary>
sealed class FilterFirewallSuite : Suite
{
    public override string Name => "nwfilter-firewall";

    public override Outputs Run(CaseInput input)
    {
        JsonElement environment = JsonDocument.Parse(input.TextAt("suite.json")).RootElement.GetProperty("environment");
        var variables = environment.GetProperty("variables").EnumerateObject()
            .ToDictionary(static v => v.Name, static v => (IReadOnlyList<string>)[.. v.Value.EnumerateArray().Select(static t => t.GetString()!)], StringComparer.Ordinal);
        string folder = Path.GetDirectoryName(input.Json("input").GetString()!)!;
        var host = new Recorder();
        new CardFilter(environment.GetProperty("interface").GetString()!, host).Apply(FilterPlan.Of(FilterDef.Define(input.Text("input")), new FilterVariables(variables),
            name => FilterDef.Define(input.TextAt($"{folder}/{name}.xml"))));
        string made = CommandText.Of(host.Commands);
        int at = 0;
        foreach (JsonElement rule in environment.GetProperty("common_rules").EnumerateArray())
            if (made.IndexOf(rule.GetString()!, at, StringComparison.Ordinal) is >= 0 and var found)
                made = made.Remove(at = found, rule.GetString()!.Length);
        return Outputs.Of(made);
    }

    sealed class Recorder : IPacketFilter
    {
        public List<IReadOnlyList<string>> Commands { get; } = [];

        public string Run(IReadOnlyList<string> command, bool mayFail)
        {
            Commands.Add(command);
            return "";
        }
    }
}
