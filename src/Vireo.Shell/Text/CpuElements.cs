using System.Xml;
using System.Xml.XPath;
using Vireo.Shell.Parsing;

namespace Vireo.Shell.Text;

/// <summary>The CPUs in a file: by themselves one after another, or those of domains, of capabilities, and of domain capabilities.</summary>
static class CpuElements
{
    const string Places = "/container/cpu|/container/domain/cpu|/container/capabilities/host/cpu"
        + "|/container/domainCapabilities/cpu/mode[@name='host-model' and @supported='yes']";

    public static string[] In(string text, string file)
    {
        if (text.StartsWith("<?xml", StringComparison.Ordinal) && text.IndexOf("?>", StringComparison.Ordinal) is > 0 and var end)
            text = text[(end + 2)..];
        try
        {
            return [.. XmlQuery.Open($"<container>{text}</container>").Select(Places).Cast<XPathNavigator>().Select(Element)];
        }
        catch (XmlException malformed)
        {
            throw new CommandFailure($"{file}:{malformed.LineNumber}: {malformed.Message}");
        }
    }

    // What a hypervisor makes of the host's model is a CPU under another name.
    static string Element(XPathNavigator node) => node.LocalName == "mode" ? $"<cpu>{node.InnerXml}</cpu>" : node.OuterXml;
}
