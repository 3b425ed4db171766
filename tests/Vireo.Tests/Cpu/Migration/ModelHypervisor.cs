using Vireo.Cpu;
using Vireo.Cpu.X86;
using Vireo.Model.Domain.Cpu;

namespace Vireo.Tests.Cpu.Migration;

/// <summary>
/// QEMU as it is: a model has what the newest map says of it, added features too and removed ones not; what the host lacks is filtered out;
/// details of a facility that is off are off.
/// </summary>
sealed class ModelHypervisor(RecordedHost host)
{
    static X86Map Map => RecordedHosts.Newest.Map;

    static readonly int virtualization = Map.FindFeature("vmx")!.Index;
    static readonly FeatureSet details = Map.SetOf(Map.Features.Where(static f => f.AnnouncedBy == "vmx").Select(static f => f.Name));

    /// <summary>What a guest of this definition sees, and what it was asked for in vain; names of the newest map.</summary>
    public (HashSet<string> Sees, HashSet<string> Filtered) Start(CpuSpec cpu)
    {
        X86Model model = Map.FindModel(cpu.Model!) ?? throw new ArgumentException($"QEMU has no model {cpu.Model}");
        FeatureSet asked = model.Features | model.Added;
        foreach (FeatureTerm one in cpu.Features)
        {
            int index = (Map.FindFeature(one.Name) ?? throw new ArgumentException($"QEMU has no property {one.Name}")).Index;
            asked = one.Policy is CpuFeaturePolicy.Force or CpuFeaturePolicy.Require ? asked.With(index) : asked.Without(index);
        }
        FeatureSet sees = asked & host.Gives;
        if (!sees.Has(virtualization))
            (sees, asked) = (sees - details, asked - details);
        return ([.. Map.NamesOf(sees)], [.. Map.NamesOf(asked - sees)]);
    }
}
