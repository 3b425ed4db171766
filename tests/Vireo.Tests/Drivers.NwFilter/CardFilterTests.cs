using Vireo.Core.Errors;
using Vireo.Drivers.NwFilter.Rules;
using Vireo.Model.NwFilter;
using Xunit;

namespace Vireo.Tests.Drivers.NwFilter;

/// <summary>The commands are those that stock libvirt 9.0.0 was seen to run for the same filters on a card.</summary>
public sealed class CardFilterTests
{
    static readonly string folder = Path.Combine(AppContext.BaseDirectory, "Drivers.NwFilter/data");

    static readonly Dictionary<string, IReadOnlyList<string>> values = new()
    {
        ["MAC"] = ["52:54:00:11:22:33"],
        ["A"] = ["1.1.1.1", "2.2.2.2", "3.3.3.3", "3.3.3.3"],
        ["B"] = ["80", "90", "80", "80"],
        ["C"] = ["1080", "1090", "1100", "1110"],
        ["TWO"] = ["9.9.9.9", "8.8.8.8"],
    };

    readonly PretendedFilter host = new();

    public static TheoryData<string> Names => [.. Directory.GetFiles(folder, "*.commands").Select(static f => Path.GetFileNameWithoutExtension(f)).Order()];

    static FilterDef Filter(string name) => FilterDef.Define(File.ReadAllText(Path.Combine(folder, $"{name}.xml")));

    static IReadOnlyList<PlannedRule> Plan(string rule) => FilterPlan.Of(
        FilterDef.Define($"<filter name='x'><rule action='accept' direction='out'>{rule}</rule></filter>"), new FilterVariables(values), static _ => null);

    [Theory, MemberData(nameof(Names))]
    public void The_commands_are_those_of_stock(string name)
    {
        var card = new CardFilter("vnet0", host);
        card.Apply(FilterPlan.Of(Filter(name), new FilterVariables(values), static other => Filter(other["t-".Length..])));
        card.Commit();
        Assert.Equal(File.ReadAllLines(Path.Combine(folder, $"{name}.commands")), host.Commands);
    }

    [Fact]
    public void What_fails_half_way_leaves_no_chain_behind()
    {
        host.Fails = static command => command is [.., "-j", "RETURN"];
        var card = new CardFilter("vnet0", host);
        Assert.Throws<VireoException>(() => card.Apply(FilterPlan.Of(Filter("incl"), new FilterVariables(values), static other => Filter(other["t-".Length..]))));
        Assert.DoesNotContain(host.Chains, static c => c.Contains("vnet0", StringComparison.Ordinal));
        // Accepting the rest is the same for any rules of the card.
        Assert.DoesNotContain(host.Rules, static r => r.Contains("vnet0", StringComparison.Ordinal) && !r.Contains(" libvirt-in-post ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_card_that_goes_leaves_nothing_behind()
    {
        var card = new CardFilter("vnet0", host);
        card.Apply(FilterPlan.Of(Filter("incl"), new FilterVariables(values), static other => Filter(other["t-".Length..])));
        card.Commit();
        Assert.Contains(host.Chains, static c => c.Contains("vnet0", StringComparison.Ordinal));
        card.Remove();
        Assert.DoesNotContain(host.Chains, static c => c.Contains("vnet0", StringComparison.Ordinal));
        Assert.DoesNotContain(host.Rules, static r => r.Contains("vnet0", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("<tcp srcipaddr='$D' srcportstart='$A[9]' dstportstart='$B[1]'/>", "Cannot instantiate filter due to unresolvable variables or unavailable list elements: D, A[9]")]
    [InlineData("<tcp srcipaddr='$A' dstipaddr='$TWO'/>", "Cardinality of list items must be the same for processing them in parallel")]
    [InlineData("<tcp srcipaddr='$MAC'/>", "srcipaddr has illegal value 52:54:00:11:22:33")]
    public void What_a_variable_cannot_stand_for_is_said(string rule, string expected)
    {
        VireoException refused = Assert.Throws<VireoException>(() => Plan(rule));
        Assert.Equal(ErrorCode.InternalError, refused.Code);
        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<tcp srcipaddr='$A'/>", 3)]
    [InlineData("<tcp srcipaddr='$A' srcportstart='$B'/>", 3)]
    [InlineData("<tcp srcipaddr='$A' srcportstart='$B' dstportstart='$C'/>", 4)]
    [InlineData("<tcp srcipaddr='$A[@1]' srcportstart='$B[@2]'/>", 6)]
    [InlineData("<tcp srcipaddr='$A[1]' srcportstart='$B[2]'/>", 1)]
    [InlineData("<tcp srcipaddr='$A[@1]' dstipaddr='$TWO[@2]'/>", 6)]
    public void A_rule_is_there_once_for_each_combination(string rule, int count) => Assert.Equal(count, Plan(rule).Count);

    [Fact]
    public void A_filter_that_refers_to_itself_is_refused()
    {
        FilterDef one = FilterDef.Define("<filter name='a'><filterref filter='a'/></filter>");
        Assert.Throws<VireoException>(() => FilterPlan.Of(one, FilterVariables.None, _ => one));
        Assert.Throws<VireoException>(() => FilterPlan.Of(one, FilterVariables.None, static _ => null));
    }

    /// <summary>Knows the chains and rules that were made, as the kernel would.</summary>
    sealed class PretendedFilter : IPacketFilter
    {
        public List<string> Commands { get; } = [];
        public HashSet<string> Chains { get; } = [];
        public List<string> Rules { get; } = [];
        public Func<IReadOnlyList<string>, bool> Fails { get; set; } = static _ => false;

        public string Run(IReadOnlyList<string> command, bool mayFail)
        {
            Commands.Add(string.Join('\t', command));
            if (!mayFail && Fails(command))
                throw VireoException.Internal(ErrorDomain.Nwfilter, "no");
            int verb = command[0] is "ebtables" ? 4 : 2;
            string chain = $"{command[0]} {command[verb + 1]}";
            string rest = string.Join(' ', command.Skip(verb + 2));
            switch (command[verb])
            {
                case "-N":
                    Chains.Add(chain);
                    break;
                case "-X":
                    Chains.Remove(chain);
                    break;
                case "-F":
                    Rules.RemoveAll(r => r.StartsWith(chain + " ", StringComparison.Ordinal));
                    break;
                case "-A":
                    Rules.Add($"{chain} {rest}");
                    break;
                case "-D":
                    Rules.Remove($"{chain} {rest}");
                    break;
                case "-E":
                    string renamed = $"{command[0]} {rest}", last = chain.Split(' ')[1];
                    if (Chains.Remove(chain))
                        Chains.Add(renamed);
                    for (int i = 0; i < Rules.Count; i++)
                    {
                        if (Rules[i].StartsWith(chain + " ", StringComparison.Ordinal))
                            Rules[i] = renamed + Rules[i][chain.Length..];
                        if (Rules[i].StartsWith(command[0], StringComparison.Ordinal) && (Rules[i].EndsWith($"-j {last}", StringComparison.Ordinal) || Rules[i].EndsWith($"-g {last}", StringComparison.Ordinal)))
                            Rules[i] = Rules[i][..^last.Length] + rest;
                    }
                    break;
                case "-L":
                    return string.Join('\n', Rules.Where(r => r.StartsWith(chain + " ", StringComparison.Ordinal)).Select(r => r[(chain.Length + 1)..]));
            }
            return "";
        }
    }
}
