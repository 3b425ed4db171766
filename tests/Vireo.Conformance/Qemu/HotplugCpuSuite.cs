using System.Collections.Frozen;
using System.Text.Json;
using Vireo.Conformance.Runner;
using Vireo.Core;
using Vireo.Drivers.Qemu.Definition;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Drivers.Qemu.Hotplug.Live;
using Vireo.Drivers.Qemu.Hotplug.Vcpus;
using Vireo.Drivers.Qemu.Machine.Vcpus;
using Vireo.Drivers.Qemu.Monitor;
using Vireo.Model.Domain;

namespace Vireo.Conformance.Qemu;

/// <summary>Virtual CPUs of a running machine and of its definition, against a scripted QEMU.</summary>
sealed class HotplugCpuSuite : Suite
{
    public override string Name => "qemu-hotplug-cpu";

    public override Outputs Run(CaseInput input) => RunAsync(input).GetAwaiter().GetResult();

    async Task<Outputs> RunAsync(CaseInput input)
    {
        var @case = new QemuCase(input);
        DomainDef written = DomainDef.Parse(input.Text("domain"), DomainParse.None);
        QemuFacts facts = @case.FactsFor(written) with { Flags = HotplugSuite.FlagsOf(input, Name).ToFrozenSet(StringComparer.Ordinal) };
        DomainDef config = DefinitionPasses.Complete(written, new DefinitionContext { Facts = facts, IsNew = false, Inactive = false });
        DomainDef live = Aliases.Apply(config) with { Id = 7 };
        await using var qemu = new ScriptedQemu(Script(input.Text("qmp")), out Stream line);
        await using var monitor = new QmpMonitor(line);
        await monitor.OpenAsync(CancellationToken.None);
        var vcpus = new LiveVcpus(monitor, new UnplugWaits(), TimeSpan.FromMilliseconds(20), TimeProvider.System);
        IReadOnlyList<MachineVcpu> all = await vcpus.AskAsync(live, CancellationToken.None);
        IReadOnlyList<int> chosen;
        if (input.Word("kind") is "set-count")
        {
            int count = input.Json("vcpus").GetInt32();
            chosen = LiveVcpus.Choose(all, count);
            config = VcpuSet.WithCount(config, (uint)count, hotpluggable: true);
        }
        else
        {
            bool there = input.Flag("enable");
            CpuSet which = CpuSet.TryParse(input.Word("cpumap")!, out CpuSet? map) ? map : throw new CaseFault("not a map of CPUs");
            chosen = [LiveVcpus.Choose(all, which, there)];
            config = VcpuSet.WithState(config, which, there);
        }
        foreach (int at in chosen)
        {
            if (all[at].IsOnline)
                await vcpus.RemoveAsync(all, at, CancellationToken.None);
            else
                await vcpus.AddAsync(all, at, CancellationToken.None);
            all = await vcpus.AskAsync(live, CancellationToken.None);
        }
        if ((qemu.Fault ?? (qemu.Left > 0 ? $"{qemu.Left} commands of the script were not asked" : null)) is { } fault)
            throw new CaseFault(fault);
        return new Outputs
        {
            ["expected_live"] = Output.Text(LiveVcpus.Show(live, all).ToXml(DomainFormat.Secure)),
            ["expected_config"] = Output.Text(config.ToXml(DomainFormat.Secure | DomainFormat.Inactive)),
        };
    }

    // Commands and answers by turns, each a document.
    static IEnumerable<(string, string)> Script(string text)
    {
        string[] documents = [.. text.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
        for (int i = 0; i + 1 < documents.Length; i += 2)
        {
            using JsonDocument command = JsonDocument.Parse(documents[i]);
            yield return (command.RootElement.GetProperty("execute").GetString()!, documents[i + 1]);
        }
    }
}
