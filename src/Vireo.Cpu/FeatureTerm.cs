using Vireo.Model.Domain.Cpu;

namespace Vireo.Cpu;

/// <summary>One <c>&lt;feature&gt;</c> with what is asked of it. On a host CPU the policy says nothing.</summary>
public readonly record struct FeatureTerm(string Name, CpuFeaturePolicy Policy = CpuFeaturePolicy.Require);
