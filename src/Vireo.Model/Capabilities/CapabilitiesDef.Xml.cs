using System.Globalization;
using System.Text;
using Vireo.Core.Xml;

namespace Vireo.Model.Capabilities;

public sealed partial record CapabilitiesDef
{
    /// <summary>Writes the document in libvirt's layout: its parts are set apart by empty lines.</summary>
    public string ToXml()
    {
        var text = new StringBuilder("<capabilities>\n\n");
        Part(text, o => HostXml.Write(o, Host));
        foreach (GuestDef guest in Guests)
            Part(text, o => GuestXml.Write(o, guest));
        return text.Append("</capabilities>\n").ToString();
    }

    static void Part(StringBuilder text, Action<XmlOutput> write)
    {
        var output = new XmlOutput(new XmlOutputOptions(Indent: 1));
        write(output);
        string part = output.ToString();
        text.Append(part.StartsWith(' ') ? "" : "  ").Append(part.TrimEnd('\n')).Append("\n\n");
    }
}

/// <summary>Short forms for elements that consist of attributes.</summary>
static class XmlOutputShorthand
{
    public static void Element(this XmlOutput o, string name, params ReadOnlySpan<(string Name, object? Value)> attributes)
    {
        o.Open(name);
        o.Attributes(attributes);
        o.Close(name);
    }

    public static void Attributes(this XmlOutput o, params ReadOnlySpan<(string Name, object? Value)> attributes)
    {
        foreach ((string name, object? value) in attributes)
            o.Attribute(name, Convert.ToString(value, CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : null);
    }

    public static void ElementWithText(this XmlOutput o, string name, object text, params ReadOnlySpan<(string Name, object? Value)> attributes)
    {
        o.Open(name);
        o.Attributes(attributes);
        o.Text(Convert.ToString(text, CultureInfo.InvariantCulture));
        o.Close(name);
    }
}
