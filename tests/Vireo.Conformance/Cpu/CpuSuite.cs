using System.Xml.Linq;
using Vireo.Conformance.Runner;
using Vireo.Cpu;
using Vireo.Cpu.Map;
using Vireo.Cpu.X86;

namespace Vireo.Conformance.Cpu;

/// <summary>The corpus's cpu suite: every kind of case, for every architecture it has.</summary>
sealed class CpuSuite : Suite
{
    public override string Name => "cpu";

    public override Outputs Run(CaseInput input) => new CpuCase(input).Run();

    public override string? Difference(CaseInput input, string member, Output made, string? expected) => input.Word("kind") switch
    {
        // A feature that a CPU lacks is told by a result that is not there.
        "has-feature" => base.Difference(input, member, made, expected ?? "false"),
        "update-live" => UpdateLive.Difference(((Output.OfText)made).Made, expected!),
        "cpuid-signature" or "json-signature" => base.Difference(input, member, made, expected!.TrimEnd()),
        _ => base.Difference(input, member, made, expected),
    };
}

/// <summary>One case.</summary>
sealed class CpuCase(CaseInput about)
{
    readonly CpuFamily family = CpuMap.Of(new MapRelease(9, 0, 0)).Family(about.Word("arch")!)!;

    public Outputs Run() => about.Word("kind") switch
    {
        "compare" => Outputs.Result(family.Compare(Cpu("host").Spec, Cpu("cpu").Spec).Result.ToString().ToLowerInvariant()),
        "update" => Text(Update(Cpu("cpu"))),
        "baseline" => Baseline(Root("cpus").Elements("cpu").Select(CpuXml.Read), proveSupersets: true),
        "cpuid-baseline" => Baseline(about.Words("cpus").Select(p => CpuXml.Read(XDocument.Parse(about.TextAt(p)).Root!)), proveSupersets: false),
        "has-feature" => HasFeature(),
        "guest-cpu" => GuestCpu(),
        "cpuid-host" => CpuidHost(),
        "cpuid-guest" => Text(new CpuXml(X86.Decode(CpuXml.ReadData(Root("cpuid")), CpuRole.Guest, Models("qmp_models")), null)),
        "cpuid-signature" => Signature(CpuXml.ReadData(Root("cpuid"))),
        "json-signature" => Signature(FromQemu()),
        "json-cpu" => Text(new CpuXml(X86.Decode(FromQemu(), CpuRole.Guest, about.Flag("query_cpu_definitions") ? Models("qmp") : null), null)),
        "update-live" => Text(UpdateLive.Run(Cpu("cpu"), Root("enabled"), Root("disabled"))),
        var kind => throw new CaseFault($"a kind of case that nobody checks: {kind}"),
    };

    static X86Cpus X86 => CpuMap.Of(new MapRelease(9, 0, 0)).X86;

    CpuXml Update(CpuXml cpu) => cpu.IsPassthrough ? cpu : cpu with { Spec = family.Update(cpu.Spec, family.CopyMigratable(Cpu("host").Spec)) };

    Outputs Baseline(IEnumerable<CpuXml> cpus, bool proveSupersets)
    {
        CpuSpec[] specs = [.. cpus.Select(static c => c.Spec)];
        CpuSpec result = family.Baseline(specs, migratable: about.Flag("migratable"));
        if (proveSupersets && specs.Any(cpu => family.Compare(cpu, result).Result is CpuComparison.Incompatible))
            throw new CaseFault("one of the CPUs does not offer all of the baseline");
        return Text(new CpuXml(about.Flag("expand_features") ? family.Expand(result) : result, null));
    }

    Outputs HasFeature()
    {
        string feature = about.Word("feature")!;
        CpuSpec host = Cpu("host").Spec;
        bool has = family.HasFeature(host, feature);
        return has == X86.HasFeature(X86.Encode(host), feature) ? Outputs.Result(has) : throw new CaseFault("the definition and its data do not agree");
    }

    Outputs GuestCpu()
    {
        CpuSpec host = Cpu("host").Spec;
        CpuXml cpu = Cpu("cpu");
        CpuSpec guest = family.ConvertLegacy(cpu.Spec);
        family.Compare(host, guest).RequireCompatible();
        guest = family.Update(guest, host);
        if (about.Has("models"))
            guest = family.Translate(guest, [.. about.Words("models").Select(static m => new HypervisorModel(m))]);
        return Text(cpu with { Spec = guest });
    }

    Outputs CpuidHost()
    {
        CpuData data = CpuXml.ReadData(Root("cpuid"));
        return Text(new CpuXml(X86.Decode(data, CpuRole.Host), null) { Signature = data.Signature });
    }

    CpuData FromQemu() => new QemuCpu(X86Map.Shared).ToData(CpuXml.ReadExpansion(Replies("qmp")[0]));

    static Outputs Signature(CpuData data)
    {
        X86Signature s = data.Signature!.Value;
        return Outputs.Of($"{s.ToEax():x6}\nfamily: {s.Family,5} (0x{s.Family:x2})\nmodel: {s.Model,6} (0x{s.Model:x2})\nstepping: {s.Stepping,3} (0x{s.Stepping:x2})");
    }

    IReadOnlyList<HypervisorModel>? Models(string member) => about.Has(member) ? CpuXml.ReadModels(Replies(member)[1]) : null;

    static Outputs Text(CpuXml made) => Outputs.Of(made.Write());

    CpuXml Cpu(string member) => CpuXml.Read(Root(member));

    string[] Replies(string member) => about.Text(member).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);

    XElement Root(string member) => XDocument.Parse(about.Text(member)).Root!;
}
