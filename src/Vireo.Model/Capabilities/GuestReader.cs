using Vireo.Core;
using Vireo.Core.Xml;

namespace Vireo.Model.Capabilities;

/// <summary>Reads <c>&lt;guest&gt;</c>.</summary>
static class GuestReader
{
    public static GuestDef Guest(XmlInput x)
    {
        string os = "";
        GuestDef? guest = null;
        ValueList<GuestFeature> features = default;
        for (int at = x.Enter(); x.NextChild(at);)
            switch (x.Name)
            {
                case "os_type": os = x.Text() ?? ""; break;
                case "arch": guest ??= Arch(x); break;
                case "features": features = Features(x); break;
            }
        return (guest ?? new GuestDef { OsType = os, Arch = "", WordSize = 0 }) with { OsType = os, Features = features };
    }

    static GuestDef Arch(XmlInput x)
    {
        string arch = x.Word("name");
        int word = 0;
        string? emulator = null, loader = null;
        var machines = new ValueListBuilder<GuestMachine>();
        var types = new ValueListBuilder<string>();
        for (int at = x.Enter(); x.NextChild(at);)
            switch (x.Name)
            {
                case "wordsize": word = x.Number<int>(x.Text(), null) ?? 0; break;
                case "emulator": emulator = x.Text(); break;
                case "loader": loader = x.Text(); break;
                case "machine": machines.Add(Machine(x)); break;
                case "domain": types.Add(x.Word("type")); break;
            }
        return new GuestDef
        {
            OsType = "", Arch = arch, WordSize = word, Emulator = emulator, Loader = loader, Machines = machines.ToList(), DomainTypes = types.ToList(),
        };
    }

    static GuestMachine Machine(XmlInput x)
    {
        var machine = new GuestMachine("", x.Attribute("canonical"), x.Number<int>("maxCpus"), x.Switch("deprecated") is true);
        return machine with { Name = x.Text() ?? "" };
    }

    static ValueList<GuestFeature> Features(XmlInput x)
    {
        var features = new ValueListBuilder<GuestFeature>();
        for (int at = x.Enter(); x.NextChild(at);)
            features.Add(new GuestFeature(x.Name, x.OnOff(x.Attribute("default"), "default"), x.Switch("toggle")));
        return features.ToList();
    }
}
