using System.Numerics;
using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Core.Xml;

namespace Vireo.Model.Capabilities;

public sealed partial record CapabilitiesDef
{
    /// <summary>Reads a document, as a client does that got it from a daemon; what later releases say more is skipped.</summary>
    /// <exception cref="VireoException">It is no document of capabilities, or a number in it is none.</exception>
    public static CapabilitiesDef Parse(string xml) =>
        XmlInput.Document(xml, "capabilities", new XmlInputOptions("capabilities", From: ErrorDomain.Capabilities), static x =>
        {
            HostDef? host = null;
            var guests = new ValueListBuilder<GuestDef>();
            for (int at = x.Enter(); x.NextChild(at);)
                switch (x.Name)
                {
                    case "host": host ??= HostReader.Host(x); break;
                    case "guest": guests.Add(GuestReader.Guest(x)); break;
                }
            return new CapabilitiesDef { Host = host ?? new HostDef { Cpu = new HostCpu { Arch = "" } }, Guests = guests.ToList() };
        });
}

/// <summary>Short forms for elements that consist of attributes.</summary>
static class XmlInputShorthand
{
    public static T Number<T>(this XmlInput x, string attribute) where T : struct, IBinaryInteger<T>, IMinMaxValue<T> =>
        x.Number<T>(x.Attribute(attribute), attribute) ?? T.Zero;

    public static T? Optional<T>(this XmlInput x, string attribute) where T : struct, IBinaryInteger<T>, IMinMaxValue<T> =>
        x.Number<T>(x.Attribute(attribute), attribute);

    public static string Word(this XmlInput x, string attribute) => x.Attribute(attribute) ?? "";

    public static bool? Switch(this XmlInput x, string attribute) => x.YesNo(x.Attribute(attribute), attribute);

    public static CpuSet Cpus(this XmlInput x, string attribute) => x.Value<CpuSet>(x.Attribute(attribute), attribute) ?? CpuSet.Of([]);

    /// <summary>An attribute's number in the unit that <c>unit</c> says.</summary>
    public static ulong KiB(this XmlInput x, string attribute) => x.Memory(x.Attribute(attribute), x.Attribute("unit"), attribute)?.KiB ?? 0;

    /// <summary>What <paramref name="read"/> makes of each child of that name; the others are skipped.</summary>
    public static ValueList<T> Each<T>(this XmlInput x, string name, Func<XmlInput, T> read)
    {
        var all = new ValueListBuilder<T>();
        for (int at = x.Enter(); x.NextChild(at);)
            if (x.Name == name)
                all.Add(read(x));
        return all.ToList();
    }
}
