using Vireo.Conformance.Runner;
using Vireo.Core.Xml.Schema;
using Vireo.Model.Documents;

namespace Vireo.Conformance.Schemas;

/// <summary>Whether documents are valid.</summary>
sealed class SchemasSuite : Suite
{
    /// <summary>The files of the CPU suites: a CPU, several of them to be combined, or what CPUID says.</summary>
    static readonly DocumentKind CpuTests = new("internal-cpu-baseline", "data of CPU tests",
    [
        .. DocumentKinds.Cpu.Roots,
        new ChildShape("cpuTest", static () => ShapeBuilder.Build("CpuTest", null, static s => s.Child("cpu", static () => DocumentKinds.Cpu.Roots[0].Shape, 1, 0)), 1, 1),
        new ChildShape("cpudata", static () => ShapeBuilder.Build("CpuData", null, static s =>
        {
            s.Attribute("arch", new OneOfWords("x86"), required: true);
            Registers(s.Group("cpuid", min: 1, max: 0), "eax_in", "ecx_in", "eax", "ebx", "ecx", "edx");
            Registers(s.Group("msr", max: 0), "index", "eax", "edx");
        }), 1, 1),
    ]);

    /// <summary>Devices as the block tests have them: with what QEMU's driver remembers, and disks perhaps without a target.</summary>
    static readonly DocumentKind DeviceTests = DocumentKinds.Device with
    {
        Ignored = ["privateData"],
        Roots = [.. DocumentKinds.Device.Roots.Select(static root => root.Name is "disk"
            ? root with { Of = () => ShapeBuilder.Build("Disk", null, s => s.Inline(root.Shape).Optional("target")) } : root)],
    };

    public override string Name => "schemas";

    public override bool HasOutputs => false;

    public override Outputs Run(CaseInput input)
    {
        string name = Path.GetFileNameWithoutExtension(input.Word("schema")!);
        DocumentKind? kind = name switch
        {
            "internal-cpu-baseline" => CpuTests,
            "internal-device" => DeviceTests,
            _ => DocumentKinds.Find(name),
        };
        (kind ?? throw new CaseFault($"no definition of {name} documents yet")).Validate(input.Text("input"));
        return [];
    }

    static void Registers(ShapeBuilder element, params string[] names)
    {
        foreach (string name in names)
            element.Attribute(name, new PatternText("a number in hexadecimal", "(0x)?[0-9a-f]+"), required: true);
    }
}
