using Vireo.Core.Xml.Schema;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Cpu;

namespace Vireo.Model.Documents;

/// <summary>A CPU standing alone: what a guest's machine has, or what a host says of its own in capabilities.</summary>
static class CpuDocument
{
    /// <summary>What may stand in either.</summary>
    public static Shape Shape { get; } = ShapeBuilder.Build("CpuDocument", "A guest's CPU, or with an architecture a host's.", static s =>
    {
        s.Inline(CpuDef.XmlShape);
        HostParts(s);
        s.Either(["arch!", "features", "microcode", "signature", "counter", "pages"], ["@mode", "@match", "@check", "@migratable", "numa", "cache"]);
    });

    /// <summary>A host's CPU in its capabilities.</summary>
    public static Shape Host => field ??= ShapeBuilder.Build("CpuDocument.host", "The host's CPU.", static s =>
    {
        s.Inline(CpuDef.XmlShape).Without("@mode", "@match", "@check", "@migratable", "numa", "cache");
        HostParts(s);
        s.Required("arch");
    });

    static void HostParts(ShapeBuilder s)
    {
        s.TextChild("arch", OsDef.Architecture);
        s.Child("features", static () => ShapeBuilder.Build("CpuDocument.features", "Features of old hosts.", static f => f.Flag("pae").Flag("nonpae").Flag("vmx").Flag("svm")));
        s.Group("microcode").Attribute("version", Forms.Range(1, uint.MaxValue), required: true);
        s.Group("signature").Attribute("family", Forms.Range(1, uint.MaxValue), required: true).Attribute("model", ValueShapes.Number<uint>(), required: true)
            .Attribute("stepping", ValueShapes.Number<uint>(), required: true);
        s.Group("counter").Attribute("name", ValueShapes.Text, required: true).Attribute("frequency", Forms.Range(1, ulong.MaxValue), required: true)
            .Attribute("scaling", ValueShapes.YesNo, required: true);
        s.Group("pages", max: 0).Attribute("unit", ValueShapes.Unit).Attribute("size", ValueShapes.Number<uint>(), required: true);
    }
}
