using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Core.Xml;
using Vireo.Model.Rules;

namespace Vireo.Model.Network;

public sealed partial record NetworkDef
{
    const string Dnsmasq = "http://libvirt.org/schemas/network/dnsmasq/1.0";

    /// <summary>Reads a document as it was written; throws a <see cref="VireoException"/> that says line, column and path.</summary>
    /// <param name="xml">The document.</param>
    /// <param name="inactive">What only an active network has (counts of connections) is dropped.</param>
    /// <param name="positions">Where everything stood, if somebody wants to know.</param>
    public static NetworkDef Parse(string xml, bool inactive = true, XmlPositions? positions = null) =>
        XmlInput.Document(xml, "network", new XmlInputOptions("network_definition", inactive, positions, ErrorDomain.Network), ReadXml);

    /// <summary>Reads, checks (<see cref="NetworkRules"/>) and completes (<see cref="NetworkDefaults"/>) a document, as a call that defines a network does.</summary>
    public static NetworkDef Define(string xml, bool inactive = true)
    {
        var positions = new XmlPositions();
        NetworkDef network = Parse(xml, inactive, positions);
        NetworkRules.Check(network).ThrowFirst(positions);
        return NetworkDefaults.Fill(network);
    }

    /// <summary>Writes the document in libvirt's layout.</summary>
    /// <param name="inactive">Without what only an active network has (VIR_NETWORK_XML_INACTIVE): counts, and the devices found for a physical function.</param>
    public string ToXml(bool inactive = false)
    {
        var output = new XmlOutput(new XmlOutputOptions(inactive));
        NetworkDef network = inactive && Forward is { PhysicalFunctions.IsEmpty: false }
            ? this with { Forward = Forward with { Device = null, Interfaces = default, Addresses = default } }
            : this;
        network.WriteXml(output);
        return output.ToString();
    }

    static void ReadDnsmasqOptions(XmlInput x, ref ValueListBuilder<string> options)
    {
        if (x.Namespace != Dnsmasq || !Is(x, "options"))
            return;
        for (int at = x.Enter(); x.NextChild(at);)
            if (x.Namespace == Dnsmasq && Is(x, "option"))
                options.Add(x.Attribute("value") ?? throw x.Fail(ErrorCode.InternalError, ErrorDomain.Network, "No dnsmasq options value specified"));
    }

    static bool Is(XmlInput x, string name) => x.Name.EndsWith($":{name}", StringComparison.Ordinal);

    void WriteDnsmasqOptionsAttributes(XmlOutput o)
    {
        if (!DnsmasqOptions.IsEmpty)
            o.Attribute("xmlns:dnsmasq", Dnsmasq);
    }

    void WriteDnsmasqOptions(XmlOutput o)
    {
        if (DnsmasqOptions.IsEmpty)
            return;
        o.Open("dnsmasq:options");
        foreach (string option in DnsmasqOptions)
        {
            o.Open("dnsmasq:option");
            o.Attribute("value", option);
            o.Close("dnsmasq:option");
        }
        o.Close("dnsmasq:options");
    }
}
