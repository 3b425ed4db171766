using Vireo.Core.Xml.Schema;
using Vireo.Model.Documents;

namespace Vireo.Model.Domain;

public sealed partial record DomainDef
{
    static void DescribeXml(ShapeBuilder s) => s
        .Form("name", Forms.Pattern("a name without line breaks", "[^\\n]+"))
        .Form("memory", Forms.Range(0, ulong.MaxValue))
        .Since("0.0.1", "name").Since("4.4.0", "genid").Since("0.7.2", "description").Since("0.9.10", "title", "metadata").Since("0.1.0", "bootloader");

    static void DescribeGenerationId(ShapeBuilder s) =>
        s.Child("genid", static () => ShapeBuilder.Build("GenerationId", "An id that changes when the guest's time jumps.", static id => id.Text(ValueShapes.Uuid)));

    static void DescribeForeign(ShapeBuilder s)
    {
        foreach (string space in (string[])["qemu/1.0", "lxc/1.0", "xen/1.0", "bhyve/1.0"])
            foreach (string name in (string[])["commandline", "capabilities", "deprecation", "override", "namespace"])
                s.Child(name, static () => Shape.Any, space: Schemas + space);
        s.Child("datacenterpath", static () => Shape.Any, space: Schemas + "vmware/1.0");
    }
}

public sealed partial record VcpuCount
{
    static void DescribeXml(ShapeBuilder s) => s.Form("@current", Forms.Range(1, 65535)).Text(Forms.Range(1, 65535), required: true);
}

public sealed partial record NumaMemory
{
    static void DescribeXml(ShapeBuilder s) => s.Cases("placement", "static", ["static", "@nodeset"], ["auto"]);
}

public sealed partial record NumaNodeMemory
{
    static void DescribeXml(ShapeBuilder s) => s.Required("@mode");
}

public sealed partial record ClockDef
{
    static void DescribeXml(ShapeBuilder s) => s
        .Form("@adjustment", Forms.Either(Forms.Words("reset"), Forms.Pattern("seconds, as +60", @"(-|\+)?[0-9]+")))
        .Form("@timezone", Forms.Pattern("a time zone's name", @"[a-zA-Z0-9_\.\+\-/]+"))
        .Cases("offset", null, ["localtime|utc", "@adjustment"], ["timezone", "@timezone"], ["variable", "@adjustment", "@basis"], ["absolute", "@start!"]);
}

public sealed partial record TimerDef
{
    static void DescribeXml(ShapeBuilder s) => s.Cases("name", null,
        ["platform|rtc", "@track", "@tickpolicy", "catchup"], ["tsc", "@tickpolicy", "@frequency", "@mode", "catchup"],
        ["hpet|pit|armvtimer", "@tickpolicy", "catchup"], ["kvmclock|hypervclock"]);
}

public sealed partial record SecurityLabel
{
    static void DescribeXml(ShapeBuilder s) => s.Cases("type", "dynamic",
        ["dynamic", "@relabel?yes", "label", "imagelabel", "baselabel"], ["static", "@relabel", "label!", "imagelabel"], ["none", "@relabel?no"]);
}
