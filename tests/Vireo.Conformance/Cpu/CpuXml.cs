using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Vireo.Cpu;
using Vireo.Cpu.X86;
using Vireo.Model.Domain.Cpu;

namespace Vireo.Conformance.Cpu;

/// <summary>The documents of the cpu suite: <c>&lt;cpu&gt;</c> with the topology kept as it is, CPUID data, QMP replies.</summary>
sealed record CpuXml(CpuSpec Spec, XElement? Topology)
{
    public static CpuXml Read(XElement cpu)
    {
        bool host = cpu.Element("arch") is not null;
        XElement? model = cpu.Element("model");
        var spec = new CpuSpec
        {
            Role = host ? CpuRole.Host : CpuRole.Guest,
            Architecture = cpu.Element("arch")?.Value,
            Model = model?.Value,
            Vendor = cpu.Element("vendor")?.Value,
            Match = Enum.Parse<CpuMatch>((string?)cpu.Attribute("match") ?? "exact", ignoreCase: true),
            FollowsHost = (string?)cpu.Attribute("mode") == "host-model",
            AllowsFallback = (string?)model?.Attribute("fallback") != "forbid",
            Features = [.. cpu.Elements("feature").Select(Feature)],
        };
        return new CpuXml(spec, cpu.Element("topology")) { IsPassthrough = (string?)cpu.Attribute("mode") == "host-passthrough" };
    }

    static FeatureTerm Feature(XElement element) => new(
        (string)element.Attribute("name")!,
        Enum.Parse<CpuFeaturePolicy>((string?)element.Attribute("policy") ?? "require", ignoreCase: true));

    public string Write()
    {
        if (IsPassthrough)
            return "<cpu mode='host-passthrough'/>\n";
        var text = new StringBuilder();
        bool host = Spec.Role == CpuRole.Host;
        string open = host ? "<cpu>" : Spec.FollowsHost ? "<cpu mode='host-model'" : $"<cpu mode='custom' match='{Lower(Spec.Match)}'>";
        if (Spec is { FollowsHost: true, Model: null, Features.Count: 0 } && Topology is null)
            return open + "/>\n";
        text.Append(open).Append(Spec.FollowsHost ? ">\n" : "\n");
        if (host)
            text.Append("  <arch>x86_64</arch>\n");
        if (Spec.Model is not null)
            text.Append(host ? "  <model>" : $"  <model fallback='{(Spec.AllowsFallback ? "allow" : "forbid")}'>").Append(Spec.Model).Append("</model>\n");
        if (Spec.Vendor is not null)
            text.Append(CultureInfo.InvariantCulture, $"  <vendor>{Spec.Vendor}</vendor>\n");
        if (Signature is { } s)
            text.Append(CultureInfo.InvariantCulture, $"  <signature family='{s.Family}' model='{s.Model}' stepping='{s.Stepping}'/>\n");
        if (Topology is not null)
            text.Append("  <topology ").Append(string.Join(' ', new[] { "sockets", "dies", "cores", "threads" }.Select(n => $"{n}='{(string?)Topology.Attribute(n) ?? "1"}'"))).Append("/>\n");
        foreach (FeatureTerm one in Spec.Features)
            text.Append(host ? "  <feature " : $"  <feature policy='{Lower(one.Policy)}' ").Append(CultureInfo.InvariantCulture, $"name='{one.Name}'/>\n");
        return text.Append("</cpu>\n").ToString();
    }

    public X86Signature? Signature { get; init; }

    /// <summary>The host's CPU itself: there is nothing to compute.</summary>
    public bool IsPassthrough { get; init; }

    static string Lower(Enum value) => value.ToString().ToLowerInvariant();

    public static CpuData ReadData(XElement root)
    {
        var data = new CpuData();
        foreach (XElement leaf in root.Elements("cpuid"))
            data.Set(Hex(leaf, "eax_in"), Hex(leaf, "ecx_in"), new CpuidWords(Hex(leaf, "eax"), Hex(leaf, "ebx"), Hex(leaf, "ecx"), Hex(leaf, "edx")));
        foreach (XElement msr in root.Elements("msr"))
            data.SetMsr(Hex(msr, "index"), Hex(msr, "eax") | (ulong)Hex(msr, "edx") << 32);
        return data;
    }

    static uint Hex(XElement element, string attribute) =>
        element.Attribute(attribute) is { } a ? Convert.ToUInt32(a.Value, 16) : 0;

    public static QemuExpansion ReadExpansion(string reply)
    {
        JsonElement props = JsonDocument.Parse(reply).RootElement.GetProperty("return").GetProperty("model").GetProperty("props");
        return new QemuExpansion
        {
            Switches = props.EnumerateObject().Where(p => p.Value.ValueKind is JsonValueKind.True or JsonValueKind.False)
                .ToDictionary(p => p.Name, p => p.Value.GetBoolean()),
            Vendor = props.GetProperty("vendor").GetString(),
            Family = props.GetProperty("family").GetUInt32(),
            Model = props.GetProperty("model").GetUInt32(),
            Stepping = props.GetProperty("stepping").GetUInt32(),
        };
    }

    public static IReadOnlyList<HypervisorModel> ReadModels(string reply) =>
    [
        .. JsonDocument.Parse(reply).RootElement.GetProperty("return").EnumerateArray().Select(m => new HypervisorModel(
            m.GetProperty("name").GetString()!,
            m.TryGetProperty("unavailable-features", out JsonElement missing)
                ? [.. missing.EnumerateArray().Select(f => new QemuCpu(X86Map.Shared).FromQemu(f.GetString()!))]
                : [])),
    ];
}
