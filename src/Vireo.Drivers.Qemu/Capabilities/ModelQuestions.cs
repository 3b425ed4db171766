using System.Text.Json;
using Vireo.Cpu;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Monitor;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Cpu;

namespace Vireo.Drivers.Qemu.Capabilities;

/// <summary>
/// Comparisons and baselines where no map knows the models and QEMU itself has to be asked, as on s390. Which of QEMU's answers
/// means what, and how a baseline is written, is documented with query-cpu-model-comparison and -baseline, and was seen of stock's.
/// </summary>
static class ModelQuestions
{
    /// <summary>How the CPU that QEMU gives on this host relates to another, which must have a model.</summary>
    internal static async Task<Comparison> CompareAsync(QmpMonitor talk, CpuSpec host, CpuSpec cpu, CancellationToken cancel)
    {
        string relation = await talk.RunAsync(new QueryCpuModelComparison(Asked(host), Asked(cpu)), cancel).ConfigureAwait(false);
        return new Comparison(relation switch
        {
            "identical" => CpuComparison.Identical,
            "superset" => CpuComparison.Superset,
            _ => CpuComparison.Incompatible,
        });
    }

    /// <summary>Refuses CPUs that QEMU cannot be asked about.</summary>
    internal static void Check(IReadOnlyList<CpuSpec> cpus, AcceleratorFacts accelerator)
    {
        for (int i = 0; i < cpus.Count; i++)
        {
            if (cpus[i].Model is not { } model)
                throw Offers.EmulatorChoice.Invalid($"no CPU model specified at index {i}");
            if (!accelerator.CpuModels.Any(m => m.Name == model))
                throw Offers.EmulatorChoice.Invalid($"CPU model '{model}' not supported by hypervisor");
        }
    }

    /// <summary>The best CPU that all of them can provide, as an element that says only what is on.</summary>
    /// <param name="talk">QEMU.</param>
    /// <param name="cpus">At least one; <see cref="Check"/>ed.</param>
    /// <param name="expand">With the features of its model written out, sorted by name.</param>
    /// <param name="cancel">Gives up.</param>
    internal static async Task<CpuDef> BaselineAsync(QmpMonitor talk, IReadOnlyList<CpuSpec> cpus, bool expand, CancellationToken cancel)
    {
        AskedCpu common = Asked(cpus[0]);
        foreach (CpuSpec cpu in cpus.Skip(1))
            common = Asked(await talk.RunAsync(new QueryCpuModelBaseline(common, Asked(cpu)), cancel).ConfigureAwait(false));
        if (expand || cpus.Count == 1)
            common = Asked(await talk.RunAsync(new QueryCpuModelExpansion(expand ? "full" : "static", common.Model) { Switches = common.Switches }, cancel)
                .ConfigureAwait(false));
        IEnumerable<string> on = common.Switches.Where(static s => s.Value).Select(static s => s.Key);
        return new CpuDef
        {
            Model = new CpuModel { Name = common.Model },
            Features = [.. (expand ? on.Order(StringComparer.Ordinal) : on).Select(static name => new CpuFeature { Name = name })],
        };
    }

    static AskedCpu Asked(CpuSpec cpu) => new(
        cpu.Model!, [.. cpu.Features.Select(static f => KeyValuePair.Create(f.Name, f.Policy is CpuFeaturePolicy.Require or CpuFeaturePolicy.Force))]);

    static AskedCpu Asked(ExpandedCpu cpu) => new(
        cpu.Model,
        [
            .. cpu.Properties.Where(static p => p.Value.ValueKind is JsonValueKind.True or JsonValueKind.False)
                .Select(static p => KeyValuePair.Create(p.Key, p.Value.ValueKind is JsonValueKind.True)),
        ]);
}
