using Vireo.Core.Xml.Schema;
using Vireo.Model.Documents;

namespace Vireo.Model.Capabilities;

public sealed partial record DomainCapabilities
{
    static void DescribeXml(ShapeBuilder s)
    {
        s.Form("path", Forms.AbsolutePath);
        s.Group("vcpu").Required("@max");
        s.Group("iothreads").Required("@supported");
        s.Inside("memoryBacking", static memory => memory.Without("value"));
    }
}

public sealed partial record CapabilityChoice
{
    static void DescribeXml(ShapeBuilder s) => s.Ordered();
}

public sealed partial record CapabilityCpu
{
    static void DescribeXml(ShapeBuilder s) => s.Required("mode");
}

public sealed partial record CapabilityCpuMode
{
    /// <summary>A host's processor has enumerations, its model is one with features, and models by name are many.</summary>
    static void DescribeXml(ShapeBuilder s)
    {
        Shape host = ShapeBuilder.Build("CapabilityCpuMode.host", null, static h => h.Child("enum", static () => CapabilityEnum.XmlShape, max: 0));
        Shape model = ShapeBuilder.Build("CapabilityCpuMode.model", null, static m => m.Child("model", static () => Described)
            .TextChild("vendor", ValueShapes.Text).Child("feature", static () => CapabilityCpuFeature.XmlShape, max: 0).Ordered());
        Shape named = ShapeBuilder.Build("CapabilityCpuMode.named", null, static n => n.Child("model", static () => Named, max: 0));
        s.Without("@name", "enum", "model", "vendor", "feature").Choice("name", null,
        [
            new Alternative("host-passthrough", () => host), new Alternative("maximum", () => host), new Alternative("host-model", () => model), new Alternative("custom", () => named),
        ]);
    }

    static Shape Described => field ??= ShapeBuilder.Build("CapabilityCpuModel.described", CapabilityCpuModel.XmlShape.Summary, static m =>
        m.Inline(CapabilityCpuModel.XmlShape).Without("@usable", "@deprecated", "@vendor").Form("@fallback", Forms.Words("allow", "forbid"))
            .Form("@vendor_id", Forms.Pattern("twelve characters other than a comma", "[^,]{12}")).Text(ValueShapes.Text));

    static Shape Named => field ??= ShapeBuilder.Build("CapabilityCpuModel.named", CapabilityCpuModel.XmlShape.Summary, static m =>
        m.Inline(CapabilityCpuModel.XmlShape).Without("@fallback", "@vendor_id").Form("@usable", Forms.Words("yes", "no", "unknown")).Required("@usable", "@vendor").Text(ValueShapes.Text));
}

public sealed partial record CapabilityCpuFeature
{
    static void DescribeXml(ShapeBuilder s) => s.Form("@name", Forms.FeatureName).Form("@policy", Forms.Words("force", "require", "optional", "disable", "forbid"));
}

public sealed partial record CapabilityDevices
{
    static void DescribeXml(ShapeBuilder s)
    {
        s.Ordered();
        foreach (string device in (string[])["disk", "graphics", "video", "hostdev", "rng", "filesystem", "tpm", "redirdev", "channel"])
            s.Inside(device, static choice => choice.Without("value"));
    }
}

public sealed partial record CapabilityFeatures
{
    static void DescribeXml(ShapeBuilder s)
    {
        s.Ordered().Inside("gic", static choice => choice.Without("value")).Inside("hyperv", static choice => choice.Without("value"));
        foreach (string feature in (string[])["vmcoreinfo", "genid", "backingStoreInput", "backup", "s390-pv"])
            s.Group(feature).Required("@supported");
    }
}

public sealed partial record CapabilitySev
{
    static void DescribeXml(ShapeBuilder s) => s.Ordered().Either(["cbitpos!", "reducedPhysBits!", "maxGuests!", "maxESGuests!"], []);
}

public sealed partial record CapabilitySgx
{
    static void DescribeXml(ShapeBuilder s) => s.Ordered();
}
