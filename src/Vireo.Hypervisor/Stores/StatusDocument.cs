using System.Text;
using System.Xml;
using Vireo.Driver;
using Vireo.Hypervisor.Machines;

namespace Vireo.Hypervisor.Stores;

/// <summary>
/// The status file of a running machine, <c>&lt;domstatus&gt;</c>: what the next daemon needs to take it over. The driver's own
/// elements are kept as they are, also those that we do not know.
/// </summary>
public sealed record StatusDocument
{
    /// <summary>What the machine does, and why.</summary>
    public required DomainStateReason Condition { get; init; }
    /// <summary>Its process.</summary>
    public required int Pid { get; init; }
    /// <summary>What it was tainted by.</summary>
    public IReadOnlyList<string> Taints { get; init; } = [];
    /// <summary>Deprecated things that it uses.</summary>
    public IReadOnlyList<string> Deprecations { get; init; } = [];
    /// <summary>The driver's elements, in their order.</summary>
    public IReadOnlyList<StatusElement> Private { get; init; } = [];
    /// <summary>The live definition.</summary>
    public required string DomainXml { get; init; }

    /// <summary>Writes it, in libvirt's layout.</summary>
    public string ToXml()
    {
        var text = new StringBuilder();
        text.Append($"<domstatus state='{Condition.StateWord()}' reason='{Condition.ReasonWord()}' pid='{Pid}'>\n");
        foreach (string taint in Taints)
            text.Append($"  <taint flag='{StatusText.Escape(taint)}'/>\n");
        foreach (string deprecation in Deprecations)
            text.Append($"  <deprecation>{StatusText.Escape(deprecation)}</deprecation>\n");
        foreach (StatusElement element in Private)
            text.Append("  ").Append(StatusText.Indent(element.Text.Trim())).Append('\n');
        text.Append("  ").Append(StatusText.Indent(DomainXml.Trim())).Append("\n</domstatus>\n");
        return text.ToString();
    }

    /// <summary>Reads one.</summary>
    /// <exception cref="XmlException">It is not XML.</exception>
    /// <exception cref="InvalidDataException">It is not a status.</exception>
    public static StatusDocument Parse(string xml)
    {
        using var reader = XmlReader.Create(new StringReader(xml), StatusText.Settings);
        reader.MoveToContent();
        if (reader.Name != "domstatus")
            throw new InvalidDataException($"unexpected root element <{reader.Name}>, expecting <domstatus>");
        if (!Machines.Condition.TryParse(reader.GetAttribute("state"), reader.GetAttribute("reason"), out DomainStateReason condition))
            throw new InvalidDataException($"invalid domain state '{reader.GetAttribute("state")}'");
        if (!int.TryParse(reader.GetAttribute("pid"), out int pid))
            throw new InvalidDataException("invalid pid");
        var taints = new List<string>();
        var deprecations = new List<string>();
        var own = new List<StatusElement>();
        string? domain = null;
        foreach ((string name, string element) in StatusText.Children(reader))
        {
            if (name == "taint")
                taints.Add(StatusText.Attribute(element, "flag") ?? "");
            else if (name == "deprecation")
                deprecations.Add(StatusText.Content(element));
            else if (name == "domain")
                domain = element;
            else
                own.Add(new StatusElement(element));
        }
        return new StatusDocument
        {
            Condition = condition,
            Pid = pid,
            Taints = taints,
            Deprecations = deprecations,
            Private = own,
            DomainXml = domain ?? throw new InvalidDataException("no domain config"),
        };
    }
}
