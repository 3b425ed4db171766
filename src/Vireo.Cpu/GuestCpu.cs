using Vireo.Core;
using Vireo.Model.Domain.Cpu;

namespace Vireo.Cpu;

/// <summary>Between a domain's <c>&lt;cpu&gt;</c> and what the operations work on.</summary>
public static class GuestCpu
{
    /// <summary>The part of a definition that the operations read.</summary>
    public static CpuSpec ToSpec(this CpuDef def) => new()
    {
        Role = CpuRole.Guest,
        Model = def.Model?.Name,
        Vendor = def.Vendor,
        Match = def.Match ?? CpuMatch.Exact,
        FollowsHost = def.Mode == CpuMode.HostModel,
        AllowsFallback = def.Model?.Fallback != CpuFallback.Forbid,
        Features = [.. def.Features.Select(f => new FeatureTerm(f.Name, f.Policy ?? CpuFeaturePolicy.Require))],
    };

    /// <summary>The definition with the result of an operation in it; a model once given is a custom CPU.</summary>
    public static CpuDef With(this CpuDef def, CpuSpec spec) => def with
    {
        Mode = spec.FollowsHost ? CpuMode.HostModel : CpuMode.Custom,
        Match = spec.FollowsHost ? def.Match : spec.Match,
        Model = spec.Model is null ? null : (def.Model ?? new CpuModel()) with
        {
            Name = spec.Model,
            Fallback = spec.AllowsFallback ? CpuFallback.Allow : CpuFallback.Forbid,
        },
        Vendor = spec.Vendor,
        Features = [.. spec.Features.Select(f => new CpuFeature { Name = f.Name, Policy = f.Policy })],
    };
}
