using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Core.Xml;
using Vireo.Model.Rules;
using Vireo.Model.Shared;

namespace Vireo.Model.NwFilter;

/// <summary>A network filter: the <c>&lt;filter&gt;</c> document.</summary>
[Element("filter")]
public sealed partial record FilterDef
{
    [Attr("name", NonEmpty = true, Missing = "internal|filter has no name")] public required string Name { get; init; }

    /// <summary><c>root</c>, or a protocol's name with whatever tells several chains of one protocol apart.</summary>
    [Attr("chain", NonEmpty = true)] public string? Chain { get; init; }

    /// <summary>-1000 to 1000: chains of lower priority are entered first.</summary>
    [Attr("priority", Decimal = true, NonEmpty = true, Bad = "argument@own|Could not parse chain priority '{0}'")] public int? Priority { get; init; }
    [Text("uuid", Bad = "xml|malformed uuid element")] public Uuid? Uuid { get; init; }

    /// <summary>Rules and references to other filters, in the order they were written.</summary>
    [Hook("rule|filterref")] public ValueList<FilterEntry> Entries { get; init; }

    /// <summary>Reads a document as it was written.</summary>
    public static FilterDef Parse(string xml, XmlPositions? positions = null) =>
        XmlInput.Document(xml, "filter", new XmlInputOptions("nwfilter_definition", Positions: positions, From: ErrorDomain.Nwfilter), ReadXml);

    /// <summary>Reads, checks and completes a document.</summary>
    public static FilterDef Define(string xml)
    {
        var positions = new XmlPositions();
        FilterDef filter = Parse(xml, positions);
        FilterRules.Check(filter).ThrowFirst(positions);
        return FilterDefaults.Fill(filter);
    }

    /// <summary>Writes the document in libvirt's layout.</summary>
    public string ToXml()
    {
        var output = new XmlOutput(new XmlOutputOptions());
        WriteXml(output);
        return output.ToString();
    }

    static void ReadEntries(XmlInput x, ref ValueListBuilder<FilterEntry> entries) =>
        entries.Add(x.Name == "rule" ? FilterRule.ReadXml(x) : new FilterInclude(FilterRef.ReadXml(x)));

    void WriteEntries(XmlOutput o)
    {
        foreach (FilterEntry entry in Entries)
        {
            if (entry is FilterRule rule)
                rule.WriteXml(o);
            else
                ((FilterInclude)entry).Filter.WriteXml(o);
        }
    }
}

/// <summary>A rule or a reference.</summary>
public abstract record FilterEntry;

/// <summary>Another filter's rules.</summary>
public sealed record FilterInclude(FilterRef Filter) : FilterEntry;

/// <summary>What becomes of packets that match.</summary>
[Element("rule")]
public sealed partial record FilterRule : FilterEntry
{
    [Attr("action", Bad = "unsupported|unknown rule action attribute value", Missing = "internal|rule node requires action attribute")] public required RuleAction Action { get; init; }
    [Attr("direction", Bad = "unsupported|unknown rule direction attribute value", Missing = "internal|rule node requires direction attribute")] public required RuleDirection Direction { get; init; }

    /// <summary>Rules of lower priority are looked at first; null: not written or out of range, which means 500.</summary>
    [Attr("priority", Bad = "ignore|", Since = "0.9.8")] public RulePriority? Priority { get; init; }

    /// <summary>False: the connection's state is not looked at.</summary>
    [Attr("statematch", Bad = "ignore|")] public StateMatch? StateMatch { get; init; }

    /// <summary>What packets must look like, as written: several elements of one protocol, of which some may stand for "does not match".</summary>
    [Hook("*")] public ValueList<ProtocolMatch> Matches { get; init; }

    // The first element of a protocol that is known decides; elements of other protocols are ignored.
    static void ReadMatches(XmlInput x, ref ValueListBuilder<ProtocolMatch> matches)
    {
        if (ProtocolMatch.Readers.TryGetValue(x.Name, out Func<XmlInput, ProtocolMatch>? read)
            && (matches.ToList() is not { IsEmpty: false } others || ((IOverlay)others[0]).XmlName == x.Name))
            matches.Add(read(x));
    }

    void WriteMatches(XmlOutput o) => ProtocolMatch.Write(Matches, o);
}

[WireNames] public enum RuleAction { Drop, Accept, Reject, Return, Continue }
[WireNames] public enum RuleDirection { In, Out, InOut }

/// <summary>-1000 to 1000.</summary>
public readonly record struct RulePriority(int Value) : IXmlValue<RulePriority>
{
    /// <summary>What libvirt takes where nothing is written.</summary>
    public static RulePriority Default => new(500);

    /// <inheritdoc/>
    public static bool TryParse(string text, out RulePriority value)
    {
        bool fits = int.TryParse(text, System.Globalization.NumberStyles.AllowLeadingSign | System.Globalization.NumberStyles.AllowLeadingWhite, null, out int number) && number is >= -1000 and <= 1000;
        value = new RulePriority(number);
        return fits;
    }

    /// <inheritdoc/>
    public string ToXml() => Value.ToString();
}

/// <summary>Only "false" can be written, as <c>0</c> or <c>false</c>.</summary>
public readonly record struct StateMatch : IXmlValue<StateMatch>
{
    /// <inheritdoc/>
    public static bool TryParse(string text, out StateMatch value)
    {
        value = default;
        return text == "0" || text.Equals("false", StringComparison.OrdinalIgnoreCase);
    }

    /// <inheritdoc/>
    public string ToXml() => "false";
}
