namespace Vireo.Cpu;

/// <summary>How a host's CPU relates to one that is asked for.</summary>
public enum CpuComparison
{
    /// <summary>The host lacks something, or has something that must not be there.</summary>
    Incompatible,

    /// <summary>They are the same.</summary>
    Identical,

    /// <summary>The host has it all, and more.</summary>
    Superset,
}

/// <summary>The outcome of a comparison; <see cref="Reason"/> says why CPUs are incompatible.</summary>
public readonly record struct Comparison(CpuComparison Result, string? Reason = null)
{
    /// <summary>Throws "the CPU is incompatible with host CPU: REASON" if it is.</summary>
    public void RequireCompatible()
    {
        if (Result == CpuComparison.Incompatible)
            throw CpuErrors.Incompatible(Reason ?? "");
    }
}

/// <summary>A model that a hypervisor offers, and the features for want of which it cannot run here.</summary>
public sealed record HypervisorModel(string Name, IReadOnlyList<string> Blockers)
{
    /// <summary>A model of which only the name is known.</summary>
    public HypervisorModel(string name) : this(name, []) { }

    /// <summary>The hypervisor's own verdict on whether the model runs here as it is; null if it did not say.</summary>
    public bool? IsUsable { get; init; }
}

/// <summary>
/// What can be done with the CPUs of one family of architectures. Every operation is a function of its arguments and of the built-in
/// map; nothing here looks at the machine.
/// </summary>
public abstract class CpuFamily
{
    /// <summary>Is the host good enough for this CPU?</summary>
    public abstract Comparison Compare(CpuSpec host, CpuSpec cpu);

    /// <summary>The best CPU that all of <paramref name="cpus"/> can provide.</summary>
    /// <param name="cpus">At least one.</param>
    /// <param name="models">Models to choose from; null for all of the map.</param>
    /// <param name="migratable">Leave out features that forbid migration.</param>
    public abstract CpuSpec Baseline(IReadOnlyList<CpuSpec> cpus, IReadOnlyList<HypervisorModel>? models = null, bool migratable = false);

    /// <summary>
    /// Makes a guest's wish definite before it starts: <paramref name="guest"/> as its policies, its match rule and its use of the
    /// host's model demand it on <paramref name="host"/>.
    /// </summary>
    public abstract CpuSpec Update(CpuSpec guest, CpuSpec? host);

    /// <summary>The same CPU with the features of its model written out, sorted by name.</summary>
    public abstract CpuSpec Expand(CpuSpec cpu);

    /// <summary>The same CPU in terms of the models that a hypervisor knows.</summary>
    public abstract CpuSpec Translate(CpuSpec cpu, IReadOnlyList<HypervisorModel> models);

    /// <summary>Old names of models replaced by what they mean today; the same object if there is nothing to do.</summary>
    public virtual CpuSpec ConvertLegacy(CpuSpec cpu) => cpu;

    /// <summary>Throws "unknown CPU feature: NAME" (VIR_ERR_CONFIG_UNSUPPORTED) if the definition mentions one; where only the hypervisor knows features, all pass.</summary>
    public virtual void ValidateFeatures(CpuSpec cpu) { }

    /// <summary>The same CPU without features that forbid migration.</summary>
    public abstract CpuSpec CopyMigratable(CpuSpec cpu);

    /// <summary>Does this CPU have the feature? An unknown name is an error.</summary>
    public abstract bool HasFeature(CpuSpec cpu, string feature);

    /// <summary>Names of the models, older ones first.</summary>
    public abstract IReadOnlyList<string> ModelNames { get; }

    /// <summary>The family that an architecture belongs to; null if its CPUs have no map.</summary>
    public static CpuFamily? Of(string architecture) => architecture switch
    {
        "x86_64" or "i686" => X86.X86Cpus.Shared,
        "ppc64" or "ppc64le" => Ppc64.Ppc64Cpus.Shared,
        "aarch64" or "armv6l" or "armv7b" or "armv7l" => Arm.ArmCpus.Shared,
        _ => null,
    };
}
