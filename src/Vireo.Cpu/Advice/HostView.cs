namespace Vireo.Cpu.Advice;

/// <summary>What is known of a host's CPU, from its capabilities, its domain capabilities, or both.</summary>
public sealed record HostView
{
    /// <summary>How the host is called in reports.</summary>
    public required string Name { get; init; }

    /// <summary>What its hypervisor can give to guests; null: not known.</summary>
    public CpuSpec? Offers { get; init; }

    /// <summary>The processor; null: not known.</summary>
    public CpuSpec? Physical { get; init; }

    /// <summary>Models that its hypervisor knows; empty: not known.</summary>
    public IReadOnlyList<HypervisorModel> Models { get; init; } = [];

    /// <summary>What guests can have there, as far as it is known.</summary>
    public CpuSpec? Best => Offers ?? Physical;
}
