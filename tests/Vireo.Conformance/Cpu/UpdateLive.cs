using System.Xml.Linq;
using Vireo.Core.Errors;
using Vireo.Cpu;
using Vireo.Cpu.X86;
using Vireo.Model.Domain.Cpu;

namespace Vireo.Conformance.Cpu;

/// <summary>A CPU after the hypervisor told what it really gave; equality is that of what the guest may rely on, as the corpus's page says.</summary>
static class UpdateLive
{
    public static CpuXml Run(CpuXml cpu, XElement enabled, XElement disabled) => cpu with
    {
        Spec = X86Cpus.Shared.UpdateLive(
            cpu.Spec, X86Map.Shared.Decode(CpuXml.ReadData(enabled)), X86Map.Shared.Decode(CpuXml.ReadData(disabled)), LiveCheck.Adopt),
    };

    public static string? Difference(string made, string wanted)
    {
        CpuSpec live = Read(made), expected = Read(wanted);
        try
        {
            if (live.Model != expected.Model)
                live = X86Cpus.Shared.Translate(live with { AllowsFallback = true }, [new HypervisorModel(expected.Model ?? "")]);
        }
        catch (VireoException refused)
        {
            return $"want model {expected.Model} got {live.Model}: {refused.Message}";
        }
        Dictionary<string, CpuFeaturePolicy> want = Policies(expected), have = Policies(live);
        foreach (string name in want.Keys.Union(have.Keys).Order(StringComparer.Ordinal))
        {
            bool needs = want.GetValueOrDefault(name, CpuFeaturePolicy.Optional) is CpuFeaturePolicy.Require;
            bool gives = have.GetValueOrDefault(name, CpuFeaturePolicy.Optional) is CpuFeaturePolicy.Require;
            if (needs != gives)
                return $"feature {name}: want {(needs ? "required" : "not required")}";
            if (want.TryGetValue(name, out CpuFeaturePolicy policy) && policy is CpuFeaturePolicy.Disable && have.GetValueOrDefault(name) is not CpuFeaturePolicy.Disable)
                return $"feature {name}: want disabled";
        }
        return null;
    }

    static CpuSpec Read(string text) => CpuXml.Read(XDocument.Parse(text).Root!).Spec;

    static Dictionary<string, CpuFeaturePolicy> Policies(CpuSpec cpu) =>
        X86Cpus.Shared.Expand(cpu).Features.ToDictionary(static f => f.Name, static f => f.Policy, StringComparer.Ordinal);
}
