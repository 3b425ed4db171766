using System.Text.Json;
using Vireo.Cpu.X86;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Monitor;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Qemu.Start;

/// <summary>
/// Asks QEMU which CPU the guest really has. Two properties hold all CPUID leaves; only features in model specific registers are
/// asked one by one.
/// </summary>
static class CpuReadback
{
    internal static async ValueTask<DomainDef> RunAsync(StartRun run, CancellationToken cancel)
    {
        if (run.Facts.Arch is not ("x86_64" or "i686") || run.Live.Cpu is not { } cpu || !QemuGuest.IsManaged(cpu)) return run.Live;
        if (run.Cpus is not [{ QomPath: { Length: > 0 } path }, ..]) return run.Live;
        // Asked by the map that has the most names, for the contract.
        var reader = new QemuCpu(CpuContracts.Names);
        // All are asked before the first is answered.
        var words = run.Talk.RunAsync(new QomGetCpuid(path, "feature-words"), cancel);
        var filtered = run.Talk.RunAsync(new QomGetCpuid(path, "filtered-features"), cancel);
        var unavailable = run.Talk.RunAsync(new QomGet(path, "unavailable-features"), cancel);
        await Task.WhenAll(words, filtered, unavailable).ConfigureAwait(false);
        var enabled = Words(await words.ConfigureAwait(false));
        var live = new QemuLiveCpu
        {
            Enabled = enabled,
            Filtered = Words(await filtered.ConfigureAwait(false)),
            Unavailable = Names(await unavailable.ConfigureAwait(false)),
            Switches = await AskSwitchesAsync(run.Talk, path, reader.SwitchesToAsk(enabled), cancel).ConfigureAwait(false),
        };
        var now = run.Live with { Cpu = QemuGuest.Adopt(cpu, live, run.Keeper.CpuMap.X86) };
        // What QEMU was asked for is kept where it got something else.
        if (now.Cpu is { } adopted && adopted != cpu with { Check = adopted.Check }) run.Qemu!.CpuBefore = run.Live.Cpu;
        if (now.Cpu?.Model?.Name is { } model) run.Qemu!.Contract = run.Keeper.Contracts.Write(run.Machine.Name, model, live);
        run.Machine.Commit(s => s with { Live = now });
        return now;
    }

    static async ValueTask<IReadOnlyDictionary<string, bool>> AskSwitchesAsync(
        QmpMonitor monitor, string path, IReadOnlyList<string> names, CancellationToken cancel)
    {
        var switches = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var (name, asked) in names.Select(name => (name, monitor.RunAsync(new QomGet(path, name), cancel))).ToList())
        {
            try
            {
                var value = await asked.ConfigureAwait(false);
                switches[name] = value.ValueKind == JsonValueKind.True;
            }
            catch (QmpRefusal)
            {
                // This QEMU does not know the feature.
            }
        }
        return switches;
    }

    static IReadOnlyList<QemuFeatureWord> Words(IReadOnlyList<CpuidWord> words) =>
        [.. words.Select(w => new QemuFeatureWord(w.Leaf, w.Subleaf, Enum.Parse<CpuidRegister>(w.Register, ignoreCase: true), w.Bits))];

    static IReadOnlyList<string> Names(JsonElement list) => [.. list.Items().Select(n => n.GetString() ?? "")];
}
