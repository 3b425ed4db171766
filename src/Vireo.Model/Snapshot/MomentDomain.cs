using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Core.Xml;
using Vireo.Model.Domain;

namespace Vireo.Model.Snapshot;

/// <summary>The machine of a snapshot or checkpoint as it was then.</summary>
/// <param name="Def">Its definition; null in documents of old, which name it only.</param>
/// <param name="Uuid">Who it is when there is no definition.</param>
public sealed partial record MomentDomain(DomainDef? Def, Uuid? Uuid = null)
{
    /// <summary>Reads <c>&lt;domain&gt;</c>; without a type it is a name tag.</summary>
    internal static void Read(XmlInput x, ref MomentDomain? domain)
    {
        if (domain is not null || x.Inactive)
            return;
        if (x.Attribute("type") is not null)
        {
            domain = new MomentDomain(x.Inner(ErrorDomain.Domain, inactive: true, DomainDef.ReadXml));
            return;
        }
        Uuid? uuid = null;
        int depth = x.Enter();
        while (x.NextChild(depth))
            if (x.Name == "uuid")
                uuid ??= x.Uuid(XmlInput.NonEmpty(x.Text()), null);
        domain = new MomentDomain(null, uuid);
    }

    internal void Write(XmlOutput o)
    {
        if (Def is not null)
        {
            Def.WriteXml(o);
            return;
        }
        o.Open("domain");
        o.TextElement("uuid", Uuid?.ToString());
        o.CloseNonEmpty("domain");
    }

    internal static void ReadActive(XmlInput x, ref bool? active) => active ??= x.Inactive ? null : x.Text()?.Trim() is { } text && text != "0";

    internal static void WriteActive(XmlOutput o, bool? active) => o.TextElement("active", active switch { true => "1", false => "0", null => null });
}
