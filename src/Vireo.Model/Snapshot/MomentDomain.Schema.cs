using Vireo.Core.Xml.Schema;
using Vireo.Model.Domain;

namespace Vireo.Model.Snapshot;

public sealed partial record MomentDomain
{
    /// <summary>A whole machine, or without a type its uuid alone.</summary>
    internal static Shape Shape => field ??= ShapeBuilder.Build("MomentDomain", "The machine as it was then.", static s =>
    {
        Shape whole = ShapeBuilder.Build("MomentDomain.whole", DomainDef.XmlShape.Summary, static w => w.Inline(DomainDef.XmlShape).Without("@type"));
        Shape named = ShapeBuilder.Build("MomentDomain.named", null, static n => n.TextChild("uuid", ValueShapes.Uuid, 1));
        s.Choice("type", null, [.. DomainTypeNames.XmlShape.Words.Select(word => new Alternative(word, () => whole)), new Alternative(null, () => named)]);
    });
}
