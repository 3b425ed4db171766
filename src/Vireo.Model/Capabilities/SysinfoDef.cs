using Vireo.Core;
using Vireo.Core.Xml;

namespace Vireo.Model.Capabilities;

/// <summary>What the firmware says about the host: the document of <c>virsh sysinfo</c>.</summary>
/// <param name="Sections">Its parts, in the order in which they are written.</param>
public sealed record SysinfoDef(ValueList<SysinfoSection> Sections)
{
    /// <summary>Writes the document.</summary>
    public string ToXml()
    {
        var o = new XmlOutput(new XmlOutputOptions());
        o.Open("sysinfo");
        o.Attribute("type", "smbios");
        foreach (SysinfoSection section in Sections)
        {
            o.Open(section.Name);
            foreach (SysinfoEntry entry in section.Entries)
                o.ElementWithText("entry", entry.Value, ("name", entry.Name));
            o.Close(section.Name);
        }
        o.Close("sysinfo");
        return o.ToString();
    }
}

/// <summary>One table, such as <c>bios</c> or one of several <c>processor</c>.</summary>
public sealed record SysinfoSection(string Name, ValueList<SysinfoEntry> Entries);

/// <summary>A value; strings of the maker have no name.</summary>
public readonly record struct SysinfoEntry(string? Name, string Value);
