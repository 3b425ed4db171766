using System.Text.Json;
using System.Xml.Linq;
using Vireo.Core.Errors;
using Vireo.Cpu;
using Vireo.Cpu.X86;
using Xunit;

namespace Vireo.Conformance.Cpu;

/// <summary>The corpus's cpu suite: every kind of case, for every architecture it has.</summary>
public class CpuSuite
{
    static readonly string? suite = Environment.GetEnvironmentVariable("VIREO_CORPUS") is { Length: > 0 } corpus ? Path.Combine(corpus, "cpu") : null;

    // Cases that are allowed to differ, each with its reason.
    static readonly Dictionary<string, string> exceptions = new(StringComparer.Ordinal);

    public static TheoryData<string> Names()
    {
        var names = new TheoryData<string>();
        if (suite is null)
            names.Add("-");
        else
            foreach (JsonElement one in Cases())
                names.Add(one.GetProperty("name").GetString()!);
        return names;
    }

    [Theory, MemberData(nameof(Names))]
    public void Answers_as_the_corpus_says(string name)
    {
        Assert.SkipWhen(suite is null, "VIREO_CORPUS names no corpus");
        Assert.SkipWhen(exceptions.TryGetValue(name, out string? reason), reason ?? "");
        JsonElement one = Cases().First(c => c.GetProperty("name").GetString() == name);
        var run = new CpuCase(suite!, one);
        if (one.GetProperty("expect").GetString() == "ok")
            run.Check();
        else
            Assert.Throws<VireoException>(run.Check);
    }

    static IEnumerable<JsonElement> Cases() =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(suite!, "cases.json"))).RootElement.EnumerateArray();
}

/// <summary>One case.</summary>
sealed class CpuCase(string folder, JsonElement about)
{
    readonly CpuFamily family = CpuFamily.Of(about.GetProperty("arch").GetString()!)!;

    public void Check()
    {
        switch (about.GetProperty("kind").GetString())
        {
            case "compare": Compare(); break;
            case "update": Update(); break;
            case "baseline": Baseline(Root("cpus").Elements("cpu").Select(CpuXml.Read)); break;
            case "cpuid-baseline": Baseline(about.GetProperty("cpus").EnumerateArray().Select(p => CpuXml.Read(Load(p.GetString()!)))); break;
            case "has-feature": HasFeature(); break;
            case "guest-cpu": GuestCpu(); break;
            case "cpuid-host": CpuidHost(); break;
            case "cpuid-guest": CpuidGuest(); break;
            case "cpuid-signature": Signature(CpuXml.ReadData(Root("cpuid"))); break;
            case "json-signature": Signature(FromQemu()); break;
            case "json-cpu": JsonCpu(); break;
            case "update-live": UpdateLive(); break;
            default: Assert.Fail("a kind of case that nobody checks"); break;
        }
    }

    static X86Cpus X86 => X86Cpus.Shared;

    void Compare() =>
        Assert.Equal(about.GetProperty("result").GetString(), family.Compare(Cpu("host").Spec, Cpu("cpu").Spec).Result.ToString().ToLowerInvariant());

    void Update()
    {
        CpuXml cpu = Cpu("cpu");
        Same(cpu.IsPassthrough ? cpu : cpu with { Spec = family.Update(cpu.Spec, family.CopyMigratable(Cpu("host").Spec)) });
    }

    void Baseline(IEnumerable<CpuXml> cpus)
    {
        CpuSpec[] specs = [.. cpus.Select(c => c.Spec)];
        CpuSpec result = family.Baseline(specs, migratable: Flag("migratable"));
        CpuSpec shown = Flag("expand_features") ? family.Expand(result) : result;
        Same(new CpuXml(shown, null));
        if (about.GetProperty("kind").GetString() == "baseline")
            Assert.All(specs, cpu => Assert.NotEqual(CpuComparison.Incompatible, family.Compare(cpu, result).Result));
    }

    void HasFeature()
    {
        string feature = about.GetProperty("feature").GetString()!;
        CpuSpec host = Cpu("host").Spec;
        bool expected = about.TryGetProperty("result", out JsonElement result) && result.GetBoolean();
        Assert.Equal(expected, family.HasFeature(host, feature));
        Assert.Equal(expected, X86.HasFeature(X86.Encode(host), feature));
    }

    void GuestCpu()
    {
        CpuSpec host = Cpu("host").Spec;
        CpuXml cpu = Cpu("cpu");
        CpuSpec guest = family.ConvertLegacy(cpu.Spec);
        family.Compare(host, guest).RequireCompatible();
        guest = family.Update(guest, host);
        if (about.TryGetProperty("models", out JsonElement models))
            guest = family.Translate(guest, [.. models.EnumerateArray().Select(m => new HypervisorModel(m.GetString()!))]);
        Same(cpu with { Spec = guest });
    }

    void CpuidHost()
    {
        CpuData data = CpuXml.ReadData(Root("cpuid"));
        Same(new CpuXml(X86.Decode(data, CpuRole.Host), null) { Signature = data.Signature });
    }

    void CpuidGuest() =>
        Same(new CpuXml(X86.Decode(CpuXml.ReadData(Root("cpuid")), CpuRole.Guest, Models("qmp_models")), null));

    void JsonCpu() =>
        Same(new CpuXml(X86.Decode(FromQemu(), CpuRole.Guest, Flag("query_cpu_definitions") ? Models("qmp") : null), null));

    CpuData FromQemu() => new QemuCpu(X86Map.Shared).ToData(CpuXml.ReadExpansion(Replies("qmp")[0]));

    void Signature(CpuData data)
    {
        X86Signature s = data.Signature!.Value;
        string text = $"{s.ToEax():x6}\nfamily: {s.Family,5} (0x{s.Family:x2})\nmodel: {s.Model,6} (0x{s.Model:x2})\nstepping: {s.Stepping,3} (0x{s.Stepping:x2})\n";
        Assert.Equal(Text("expected").TrimEnd(), text.TrimEnd());
    }

    void UpdateLive()
    {
        CpuSpec live = X86.UpdateLive(
            Cpu("cpu").Spec, X86Map.Shared.Decode(CpuXml.ReadData(Root("enabled"))), X86Map.Shared.Decode(CpuXml.ReadData(Root("disabled"))), LiveCheck.Adopt);
        CpuSpec expected = Cpu("expected").Spec;
        if (live.Model != expected.Model)
            live = X86.Translate(live with { AllowsFallback = true }, [new HypervisorModel(expected.Model!)]);
        Dictionary<string, string> want = Policies(expected), have = Policies(live);
        Assert.Equal(expected.Model, live.Model);
        Assert.Equal(want.Where(f => f.Value == "Require").Select(f => f.Key).Order(), have.Where(f => f.Value == "Require").Select(f => f.Key).Order());
        Assert.All(want.Where(f => f.Value == "Disable"), f => Assert.Equal("Disable", have.GetValueOrDefault(f.Key)));
    }

    static Dictionary<string, string> Policies(CpuSpec cpu) => X86.Expand(cpu).Features.ToDictionary(f => f.Name, f => f.Policy.ToString());

    IReadOnlyList<HypervisorModel>? Models(string field) =>
        about.TryGetProperty(field, out _) ? CpuXml.ReadModels(Replies(field)[1]) : null;

    void Same(CpuXml made) => Assert.Equal(Text("expected"), made.Write());

    bool Flag(string field) => about.TryGetProperty(field, out JsonElement value) && value.GetBoolean();

    CpuXml Cpu(string field) => CpuXml.Read(Root(field));

    string[] Replies(string field) => Text(field).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);

    XElement Root(string field) => Load(about.GetProperty(field).GetString()!);

    XElement Load(string path) => XDocument.Load(Path.Combine(folder, path)).Root!;

    string Text(string field) => File.ReadAllText(Path.Combine(folder, about.GetProperty(field).GetString()!));
}
