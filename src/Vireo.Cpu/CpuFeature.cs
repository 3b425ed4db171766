namespace Vireo.Cpu;

/// <summary>What a guest's definition asks of one feature.</summary>
public enum FeaturePolicy
{
    /// <summary>The guest must have it; the hypervisor provides it even if the host does not.</summary>
    Force,

    /// <summary>The guest must have it.</summary>
    Require,

    /// <summary>The guest has it if the host has it.</summary>
    Optional,

    /// <summary>The guest must not see it.</summary>
    Disable,

    /// <summary>The guest does not run on a host that has it.</summary>
    Forbid,
}

/// <summary>One <c>&lt;feature&gt;</c>. On a host CPU the policy says nothing.</summary>
public readonly record struct CpuFeature(string Name, FeaturePolicy Policy = FeaturePolicy.Require);
