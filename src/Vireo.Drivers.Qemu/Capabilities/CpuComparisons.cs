using Vireo.Core.Errors;
using Vireo.Core.Xml;
using Vireo.Cpu;
using Vireo.Cpu.Map;
using Vireo.Cpu.X86;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Offers;
using Vireo.Drivers.Qemu.Probe;
using Vireo.Model.Documents;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Cpu;

namespace Vireo.Drivers.Qemu.Capabilities;

/// <summary>CPUs compared with the host's own, and with what QEMU can give on this host.</summary>
sealed class CpuComparisons(QemuKeeper keeper) : INodeCpuModels, INodeCpuComparison, IHypervisorCpus
{
    public ValueTask<string[]> GetCpuModelNamesAsync(string arch, uint flags, CancellationToken cancel)
    {
        NodeNumbers.None(flags, "qemuConnectGetCPUModelNames", ErrorDomain.Qemu);
        return new(CpuQuestions.ModelNames(keeper.CpuMap, arch, GuestArchs.IsKnown, ErrorDomain.Qemu));
    }

    public ValueTask<CpuCompareResult> CompareCpuAsync(string xml, ConnectCompareCpuFlags flags, CancellationToken cancel)
    {
        flags.Only(ConnectCompareCpuFlags.FailIncompatible | ConnectCompareCpuFlags.ValidateXml, "qemuConnectCompareCPU");
        return new(Task.Run(() => Compare(GuestArchs.Host, keeper.Node.PhysicalCpu, Read(xml, flags), flags), cancel));
    }

    public ValueTask<string> BaselineCpuAsync(string[] cpus, ConnectBaselineCpuFlags flags, CancellationToken cancel)
    {
        flags.Only(ConnectBaselineCpuFlags.ExpandFeatures | ConnectBaselineCpuFlags.Migratable, "qemuConnectBaselineCPU");
        return new(CpuQuestions.Baseline(keeper.CpuMap, cpus, GuestArchs.IsKnown,
            expand: flags.HasFlag(ConnectBaselineCpuFlags.ExpandFeatures), migratable: flags.HasFlag(ConnectBaselineCpuFlags.Migratable)));
    }

    public ValueTask<CpuCompareResult> CompareHypervisorCpuAsync(
        string? emulator, string? arch, string? machine, string? virtType, string xml, ConnectCompareCpuFlags flags, CancellationToken cancel)
    {
        flags.Only(ConnectCompareCpuFlags.FailIncompatible | ConnectCompareCpuFlags.ValidateXml, "qemuConnectCompareHypervisorCPU");
        return new(Task.Run(async () =>
        {
            var choice = await EmulatorChoice.FindAsync(keeper.Binaries, emulator, arch, machine, virtType, cancel).ConfigureAwait(false);
            CpuSpec? host = choice.Accelerator is { } a && GuestArchs.IsNative(choice.Facts.Arch) ? HostCpu.Offered(choice.Facts, a, keeper.Node.PhysicalCpu, keeper.CpuMap.X86) : null;
            if (host is null)
                throw NotOffered(
                    $"QEMU '{choice.Facts.Emulator}' does not support reporting CPU model for virttype '{virtType ?? choice.Type.ToXml()}'");
            switch (choice.Facts.Arch)
            {
                case "x86_64" or "i686":
                    return Compare(choice.Facts.Arch, host, Read(xml, flags), flags);
                case "s390x" when choice.Facts.Has("query-cpu-model-comparison"):
                    CpuSpec cpu = CpuQuestions.ToSpec(Read(xml, flags));
                    if (cpu.Model is null)
                        throw EmulatorChoice.Invalid("cpu parameter is missing a model name");
                    return Told(
                        await keeper.Prober.AskAsync(choice.Facts.Emulator, choice.Kvm, (talk, stop) => ModelQuestions.CompareAsync(talk, host, cpu, stop), cancel)
                            .ConfigureAwait(false),
                        flags);
                default:
                    throw NotOffered($"comparing with the hypervisor CPU is not supported for arch {choice.Facts.Arch}");
            }
        }, cancel));
    }

    public ValueTask<string> BaselineHypervisorCpuAsync(
        string? emulator, string? arch, string? machine, string? virtType, string[] cpus, ConnectBaselineCpuFlags flags, CancellationToken cancel)
    {
        flags.Only(
            ConnectBaselineCpuFlags.ExpandFeatures | ConnectBaselineCpuFlags.Migratable | ConnectBaselineCpuFlags.IgnoreHost, "qemuConnectBaselineHypervisorCPU");
        return new(Task.Run(async () =>
        {
            var given = CpuQuestions.Listed(cpus).Select(static xml => StandaloneCpu.Parse(xml, GuestArchs.IsKnown)).ToList();
            var choice = await EmulatorChoice.FindAsync(keeper.Binaries, emulator, arch, machine, virtType, cancel).ConfigureAwait(false);
            if (choice.Accelerator is not { CpuModels: { IsEmpty: false } } accelerator)
                throw NotOffered(
                    $"QEMU '{choice.Facts.Emulator}' does not support any CPU models for virttype '{virtType ?? choice.Type.ToXml()}'");
            if (choice.Facts.Arch is "s390x" && choice.Facts.Has("query-cpu-model-baseline"))
            {
                CpuSpec[] asked = [.. given.Select(CpuQuestions.ToSpec)];
                ModelQuestions.Check(asked, accelerator);
                bool expand = flags.HasFlag(ConnectBaselineCpuFlags.ExpandFeatures);
                return Text(await keeper.Prober.AskAsync(
                    choice.Facts.Emulator, choice.Kvm, (talk, stop) => ModelQuestions.BaselineAsync(talk, asked, expand, stop), cancel).ConfigureAwait(false));
            }
            if (choice.Facts.Arch is not ("x86_64" or "i686") || keeper.CpuMap.Family(choice.Facts.Arch) is not { } family)
                throw NotOffered($"computing baseline hypervisor CPU is not supported for arch {choice.Facts.Arch}");
            int nameless = given.FindIndex(static cpu => cpu.Definition.Model?.Name is null);
            if (nameless >= 0)
                throw VireoException.InvalidArgument(ErrorDomain.Cpu, $"no CPU model specified at index {nameless}");
            // What forbids migration is for QEMU to say, not for the map; but where this host does not count, QEMU's view of it does not either.
            bool migratable = flags.HasFlag(ConnectBaselineCpuFlags.Migratable), ignoresHost = flags.HasFlag(ConnectBaselineCpuFlags.IgnoreHost);
            var unwanted = migratable && !ignoresHost ? HostCpu.Unmigratable(accelerator, keeper.CpuMap.X86) : new HashSet<string>();
            IReadOnlyList<HypervisorModel> models = HostCpu.ModelsOf(accelerator, keeper.CpuMap.X86);
            if (ignoresHost)
                models = [.. models.Select(static m => new HypervisorModel(m.Name))];
            CpuSpec common = family.Baseline([.. given.Select(CpuQuestions.ToSpec).Select(cpu => Without(cpu, unwanted))], models, migratable && ignoresHost);
            return CpuQuestions.Text(family, common with { AllowsFallback = false }, flags.HasFlag(ConnectBaselineCpuFlags.ExpandFeatures));
        }, cancel));
    }

    CpuCompareResult Compare(string arch, CpuSpec? host, StandaloneCpu cpu, ConnectCompareCpuFlags flags)
    {
        Comparison outcome = host?.Model is null ? new Comparison(CpuComparison.Incompatible, "cannot get host CPU capabilities")
            : keeper.CpuMap.Family(arch) is { } family ? family.Compare(host, CpuQuestions.ToSpec(cpu))
            : throw new VireoException(VirError.Of(ErrorCode.NoSupport, ErrorDomain.Cpu, $"cannot compare CPUs of {arch} architecture"));
        return Told(outcome, flags);
    }

    static CpuCompareResult Told(Comparison outcome, ConnectCompareCpuFlags flags)
    {
        if (flags.HasFlag(ConnectCompareCpuFlags.FailIncompatible))
            outcome.RequireCompatible();
        return outcome.Result switch
        {
            CpuComparison.Identical => CpuCompareResult.Identical,
            CpuComparison.Superset => CpuCompareResult.Superset,
            _ => CpuCompareResult.Incompatible,
        };
    }

    static StandaloneCpu Read(string xml, ConnectCompareCpuFlags flags)
    {
        if (flags.HasFlag(ConnectCompareCpuFlags.ValidateXml)) DocumentKinds.Cpu.Validate(xml);
        return StandaloneCpu.Parse(xml, GuestArchs.IsKnown);
    }

    static CpuSpec Without(CpuSpec cpu, IReadOnlySet<string> features) =>
        features.Count == 0 ? cpu : cpu with { Features = [.. cpu.Features.Where(f => !features.Contains(f.Name))] };

    static string Text(CpuDef cpu)
    {
        var output = new XmlOutput(new XmlOutputOptions());
        cpu.WriteXml(output);
        return output.ToString();
    }

    static VireoException NotOffered(string text) => new(ErrorCode.OperationUnsupported, ErrorDomain.Qemu, text);
}
