using Vireo.Core.Xml;

namespace Vireo.Model.Capabilities;

/// <summary>Writes <c>&lt;guest&gt;</c>.</summary>
static class GuestXml
{
    public static void Write(XmlOutput o, GuestDef guest)
    {
        o.Open("guest");
        o.TextElement("os_type", guest.OsType);
        o.Open("arch");
        o.Attribute("name", guest.Arch);
        o.ElementWithText("wordsize", guest.WordSize);
        o.TextElement("emulator", guest.Emulator);
        o.TextElement("loader", guest.Loader);
        foreach (GuestMachine machine in guest.Machines)
            o.ElementWithText(
                "machine", machine.Name,
                ("canonical", machine.Canonical), ("maxCpus", machine.MaxCpus > 0 ? (object)machine.MaxCpus : null), ("deprecated", machine.Deprecated ? "yes" : null));
        foreach (string type in guest.DomainTypes)
            o.Element("domain", ("type", type));
        o.Close("arch");
        if (!guest.Features.IsEmpty)
        {
            o.Open("features");
            foreach (GuestFeature feature in guest.Features)
                o.Element(feature.Name, ("default", XmlOutput.OnOff(feature.Default)), ("toggle", XmlOutput.YesNo(feature.Toggle)));
            o.Close("features");
        }
        o.Close("guest");
    }
}
