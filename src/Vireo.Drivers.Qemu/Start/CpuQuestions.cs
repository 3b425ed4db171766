using System.Text.Json;
using Vireo.Cpu.X86;
using Vireo.Drivers.Qemu.Monitor;
using Vireo.Drivers.Qemu.Monitor.Commands;

namespace Vireo.Drivers.Qemu.Start;

/// <summary>
/// Asks QEMU which CPU a guest really has. Two properties hold all CPUID leaves and a third what could not be had. Features in model specific registers are asked one
/// by one while they are few; where a register of many is announced, as those of virtualization are, QEMU writes the whole model out once instead.
/// </summary>
/// <param name="talk">QEMU.</param>
/// <param name="path">The vCPU's object.</param>
/// <param name="map">The features to tell apart.</param>
/// <param name="spell">How this binary spells one.</param>
sealed class CpuQuestions(QmpMonitor talk, string path, X86Map map, Func<string, string> spell)
{
    /// <summary>Most properties that are asked one by one.</summary>
    internal const int MostSingle = 20;

    /// <summary>Asks.</summary>
    /// <param name="model">The model that QEMU was started with.</param>
    /// <param name="switches">And what was set on top of it.</param>
    /// <param name="cancel">Gives up.</param>
    internal async Task<QemuLiveCpu> AskAsync(string? model, IReadOnlyList<KeyValuePair<string, bool>> switches, CancellationToken cancel)
    {
        // All are asked before the first is answered.
        var words = talk.RunAsync(new QomGetCpuid(path, "feature-words"), cancel);
        var filtered = talk.RunAsync(new QomGetCpuid(path, "filtered-features"), cancel);
        var unavailable = talk.RunAsync(new QomGet(path, "unavailable-features"), cancel);
        await Task.WhenAll(words, filtered, unavailable).ConfigureAwait(false);
        var live = new QemuLiveCpu
        {
            Enabled = Words(await words.ConfigureAwait(false)),
            Filtered = Words(await filtered.ConfigureAwait(false)),
            Unavailable = [.. (await unavailable.ConfigureAwait(false)).Items().Select(static n => n.GetString() ?? "")],
        };
        IReadOnlyList<string> names = new QemuCpu(map).SwitchesToAsk(live.Enabled);
        return live with
        {
            Switches = (names.Count > MostSingle && model is not null ? await WholeAsync(model, switches, names, live.Unavailable, cancel).ConfigureAwait(false) : null)
                ?? await EachAsync(names, cancel).ConfigureAwait(false),
        };
    }

    /// <summary>Null if this QEMU does not write models out.</summary>
    async Task<IReadOnlyDictionary<string, bool>?> WholeAsync(
        string model, IReadOnlyList<KeyValuePair<string, bool>> switches, IReadOnlyList<string> names, IReadOnlyList<string> unavailable, CancellationToken cancel)
    {
        try
        {
            ExpandedCpu whole = await talk.RunAsync(new QueryCpuModelExpansion("full", model) { Switches = switches }, cancel).ConfigureAwait(false);
            HashSet<string> on =
            [
                .. whole.Properties.Where(static p => p.Value.ValueKind is JsonValueKind.True).Select(p => map.FindQemuFeature(p.Key)?.Name ?? p.Key),
            ];
            on.ExceptWith(unavailable.Select(n => map.FindQemuFeature(n)?.Name ?? n));
            return names.ToDictionary(static name => name, on.Contains, StringComparer.Ordinal);
        }
        catch (QmpRefusal)
        {
            return null;
        }
    }

    async Task<IReadOnlyDictionary<string, bool>> EachAsync(IReadOnlyList<string> names, CancellationToken cancel)
    {
        var switches = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var (name, asked) in names.Select(name => (name, talk.RunAsync(new QomGet(path, spell(name)), cancel))).ToList())
        {
            try
            {
                switches[name] = (await asked.ConfigureAwait(false)).ValueKind == JsonValueKind.True;
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
}
