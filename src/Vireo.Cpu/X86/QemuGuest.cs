using Vireo.Model.Domain.Cpu;

namespace Vireo.Cpu.X86;

/// <summary>A guest's <c>&lt;cpu&gt;</c> on its way through a start under QEMU: made definite before, corrected after.</summary>
public static class QemuGuest
{
    // CPUID reports them, but they follow from the guest's own doing or from host facilities: QEMU has no switch for them.
    static readonly HashSet<string> notForQemu = new(StringComparer.Ordinal) { "cmt", "mbm_total", "mbm_local", "osxsave", "ospke" };

    /// <summary>Can QEMU be told to have a feature or not to have it?</summary>
    public static bool HasSwitch(string feature) => !notForQemu.Contains(feature);

    /// <summary>Is there a model whose features this library looks after? Passed-through and absent CPUs are QEMU's own affair.</summary>
    public static bool IsManaged(CpuDef? cpu) =>
        cpu is not null && (cpu.Mode == CpuMode.HostModel || (cpu.Mode is null or CpuMode.Custom && cpu.Model?.Name is not null));

    /// <summary>
    /// The definition to start with: checked against the host if the guest asks for that, the host's model filled in, optional features
    /// decided, the model one that QEMU knows.
    /// </summary>
    /// <param name="cpu">As defined.</param>
    /// <param name="host">The CPU that QEMU can give on this host: its expanded host model, decoded as a guest's CPU.</param>
    /// <param name="models">The models that QEMU knows.</param>
    /// <param name="by">What models mean; null: as the default release has it.</param>
    /// <param name="known">The features that QEMU knows; null or empty: it does not tell.</param>
    public static CpuDef Prepare(
        CpuDef cpu, CpuSpec? host, IReadOnlyList<HypervisorModel> models, X86Cpus? by = null, IReadOnlySet<string>? known = null)
    {
        X86Cpus x86 = by ?? X86Cpus.Shared;
        CpuSpec spec = cpu.ToSpec();
        x86.ValidateFeatures(spec);
        if (!IsManaged(cpu) || IsLeftToQemu(spec, x86.Map))
            return cpu;
        (spec, FeatureTerm[] blind) = Seen(spec, x86.Map);
        if (!spec.FollowsHost)
            _ = x86.Map.RequireModel(spec.Model);
        if (cpu is { Check: CpuCheck.Partial } && !spec.FollowsHost && !IsVouchedFor(spec, models))
            x86.Compare(host ?? throw CpuErrors.Incompatible("unknown host CPU"), spec).RequireCompatible();
        spec = x86.Update(spec, host);
        spec = spec with { Features = [.. spec.Features.Where(static f => HasSwitch(f.Name))] };
        spec = x86.Translate(spec, models, known ?? new HashSet<string>());
        return cpu.With(spec with { AllowsFallback = false, Features = [.. spec.Features, .. blind] });
    }

    /// <summary>
    /// Does the hypervisor itself say that it can run this? Its verdict is on the model as it knows it, which a map may know less well, and
    /// holds as long as nothing but disabled features comes on top.
    /// </summary>
    public static bool IsVouchedFor(CpuSpec cpu, IReadOnlyList<HypervisorModel> models) =>
        cpu is { Match: CpuMatch.Exact } && cpu.Features.All(f => f.Policy == CpuFeaturePolicy.Disable)
        && models.Any(m => m.Name == cpu.Model && m.IsUsable == true);

    /// <summary>The definition of the running guest, as <c>dumpxml</c> shows it: what QEMU gave, with nothing left to decide.</summary>
    /// <param name="cpu">What <see cref="Prepare"/> gave.</param>
    /// <param name="live">QEMU's answers.</param>
    /// <param name="by">What models mean; null: as the default release has it.</param>
    public static CpuDef Adopt(CpuDef cpu, QemuLiveCpu live, X86Cpus? by = null)
    {
        X86Cpus x86 = by ?? X86Cpus.Shared;
        if (!IsManaged(cpu) || IsLeftToQemu(cpu.ToSpec(), x86.Map))
            return cpu;
        var qemu = new QemuCpu(x86.Map);
        (CpuSpec spec, FeatureTerm[] blind) = Seen(cpu.ToSpec(), x86.Map);
        spec = x86.UpdateLive(
            spec, qemu.Enabled(live), qemu.Disabled(live), cpu.Check == CpuCheck.Full ? LiveCheck.Full : LiveCheck.Adopt);
        return cpu.With(spec with { Features = [.. spec.Features, .. blind] }) with { Check = CpuCheck.Full };
    }

    // A map whose entry for the model makes no sense must not keep the guest from starting.
    static bool IsLeftToQemu(CpuSpec cpu, X86Map map) => !cpu.FollowsHost && cpu.Model is { } model && map.IsDisabled(model);

    /// <summary>A definition without the features whose entries make no sense, and these: QEMU is told of them, and nothing is concluded from them.</summary>
    static (CpuSpec Cpu, FeatureTerm[] Blind) Seen(CpuSpec cpu, X86Map map)
    {
        FeatureTerm[] blind = [.. cpu.Features.Where(f => map.IsDisabled(f.Name))];
        return (blind.Length == 0 ? cpu : cpu with { Features = [.. cpu.Features.Except(blind)] }, blind);
    }
}
