using System.Text.Json;
using System.Xml.Linq;
using Vireo.Cpu.Map;
using Vireo.Cpu.X86;

namespace Vireo.Tests.Cpu.Migration;

/// <summary>A host under some QEMU: the features that it can give to a guest, by the newest map.</summary>
public sealed record RecordedHost(string Name, FeatureSet Gives, CpuData Data)
{
    public override string ToString() => Name;
}

/// <summary>Hosts to try things on: a few made up ones, and with a corpus all that were recorded there.</summary>
static class RecordedHosts
{
    public static X86Cpus Newest { get; } = CpuMap.Of(CpuMap.Newest).X86;

    /// <summary>Made up: processors with more and with less than their model, with and without virtualization in guests.</summary>
    public static IEnumerable<RecordedHost> MadeUp()
    {
        yield return Of("Intel with nested guests", "Intel", ["GraniteRapids", "Icelake-Server", "Haswell"], plus: ["vmx", "ss", "tsc_adjust", "hypervisor"], minus: ["hle", "rtm"]);
        yield return Of("older Intel with nested guests", "Intel", ["Cascadelake-Server"], plus: ["vmx", "ss", "tsc_adjust", "hypervisor"], minus: ["hle", "rtm", "vmx-ins-outs"], new(6, 85, 6));
        yield return Of("Intel without nested guests", "Intel", ["Skylake-Server-IBRS"], plus: ["ss", "hypervisor", "intel-pt"], minus: []);
        yield return Of("AMD with monitor", "AMD", ["EPYC-Turin", "EPYC", "Opteron_G3"], plus: ["monitor", "hypervisor", "topoext"], minus: []);
        yield return Of("old AMD", "AMD", ["Opteron_G3"], plus: ["3dnow", "3dnowext"], minus: ["abm"]);
        yield return Of("emulated", "AMD", ["qemu64"], plus: ["ssse3", "sse4.1", "aes", "movbe", "la57", "xsave", "avx", "smap", "monitor"], minus: ["svm"]);
    }

    /// <summary>The corpus's: processors with the answers of the QEMU that ran on them, and QEMU's releases.</summary>
    public static IEnumerable<RecordedHost> Recorded(string corpus)
    {
        foreach (string file in Directory.EnumerateFiles(Path.Join(corpus, "cpu", "data", "cputestdata"), "x86_64-cpuid-*.json").Order(StringComparer.Ordinal))
            yield return FromReplies(Path.GetFileNameWithoutExtension(file), File.ReadAllText(file));
        foreach (string file in Directory.EnumerateFiles(Path.Join(corpus, "qemu-capabilities", "data"), "caps_*.x86_64.xml").Order(StringComparer.Ordinal))
            foreach (XElement host in XDocument.Load(file).Root!.Elements("hostCPU"))
                yield return Of($"{Path.GetFileNameWithoutExtension(file)} {(string?)host.Attribute("type")}", host.Elements("property")
                    .Where(static p => (string?)p.Attribute("value") == "true").Select(static p => (string)p.Attribute("name")!),
                    host.Elements("property").FirstOrDefault(static p => (string?)p.Attribute("name") == "vendor")?.Attribute("value")?.Value);
    }

    static RecordedHost FromReplies(string name, string text)
    {
        using JsonDocument reply = JsonDocument.Parse(text.Split("\n\n")[0]);
        JsonElement props = reply.RootElement.GetProperty("return").GetProperty("model").GetProperty("props");
        return Of(name, props.EnumerateObject().Where(static p => p.Value.ValueKind == JsonValueKind.True).Select(static p => p.Name), props.GetProperty("vendor").GetString());
    }

    static RecordedHost Of(string name, string vendor, string[] models, string[] plus, string[] minus, X86Signature? signature = null)
    {
        X86Map map = Newest.Map;
        FeatureSet gives = map.SetOf(plus);
        foreach (string model in models)
            gives |= map.FindModel(model)!.Features | map.FindModel(model)!.Added;
        return Of(name, map.NamesOf(gives - map.SetOf(minus)), map.FindVendor(vendor)!.Text, signature);
    }

    static RecordedHost Of(string name, IEnumerable<string> features, string? vendor, X86Signature? signature = null)
    {
        CpuData data = new QemuCpu(Newest.Map).ToData(new QemuExpansion
        {
            Switches = features.Distinct().ToDictionary(static f => f, static _ => true),
            Vendor = vendor, Family = signature?.Family, Model = signature?.Model, Stepping = signature?.Stepping,
        });
        return new RecordedHost(name, Newest.Map.Decode(data), data);
    }
}
