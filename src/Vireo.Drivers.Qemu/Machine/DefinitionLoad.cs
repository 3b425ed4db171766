using System.Collections.Concurrent;
using Vireo.Core;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Hypervisor.Machines;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Qemu.Machine;

/// <summary>A definition that was there when the daemon started.</summary>
/// <param name="Name">The machine's name.</param>
/// <param name="Uuid">Its uuid; one of ours where none is written.</param>
/// <param name="Autostart">It starts with the host.</param>
/// <param name="Definition">The definition.</param>
sealed record FoundDefinition(string Name, Uuid Uuid, bool Autostart, PendingDefinition Definition);

/// <summary>
/// The definitions that a daemon finds when it starts. Whoever wrote them may have left out what define fills in, so they pass the
/// defaults; what is wrong with them is no reason not to list them, and is told when they start.
/// </summary>
sealed class DefinitionLoad(QemuKeeper keeper)
{
    // Whose emulator could not be asked: as written. They are completed at their first start, if they are still the same then.
    readonly ConcurrentDictionary<Uuid, DomainDef> _incomplete = new();

    /// <summary>
    /// Reads all, on all processors: a host may have ten thousand, and nobody can connect before that is done. They are completed when somebody
    /// asks for them, or by <see cref="CompleteAll"/>; nobody waits for an emulator then.
    /// </summary>
    internal async Task<IReadOnlyList<FoundDefinition>> ReadAsync()
    {
        // Each emulator is asked, and looked at, once for all of its machines. Nobody waits here: the answer may need the threads that read.
        var emulators = new ConcurrentDictionary<(string?, string?), Lazy<Task<QemuFacts>>>();
        Lazy<Task<QemuFacts>> EmulatorOf(DomainDef def) =>
            emulators.GetOrAdd((def.Os.Arch, def.Devices.Emulator), static (_, asked) => new(() => asked.Keeper.AskAsync(asked.Def)), (Keeper: this, Def: def));
        var files = keeper.Definitions.LoadAll(written =>
        {
            var def = written with { Uuid = written.Uuid ?? Uuid.NewRandom() };
            _ = EmulatorOf(def).Value;
            return def;
        });
        foreach (var problem in files.Problems) keeper.Log.FileProblem(problem.Path, problem.Text);
        foreach (var asked in emulators.Values)
            await ((Task)asked.Value).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return [.. files.Found.Select(file =>
        {
            var facts = EmulatorOf(file.Def).Value;
            return new FoundDefinition(file.Def.Name, file.Def.Uuid!.Value, file.Autostart, new(file.Def, written => Complete(written, facts)));
        })];
    }

    /// <summary>Completes what nobody has asked for yet, while clients come.</summary>
    internal static void CompleteAll(IReadOnlyList<FoundDefinition> found, CancellationToken stopping)
    {
        foreach (var one in found)
        {
            if (stopping.IsCancellationRequested) return;
            _ = one.Definition.Value;
        }
    }

    async Task<QemuFacts> AskAsync(DomainDef def) => await keeper.FactsForAsync(def, CancellationToken.None).ConfigureAwait(false);

    DomainDef Complete(DomainDef written, Task<QemuFacts> facts)
    {
        try
        {
            return keeper.Planning.WithDefaults(written, facts.GetAwaiter().GetResult());
        }
        catch (Exception e)
        {
            keeper.Log.DefinitionIncomplete(written.Name, e);
            _incomplete[written.Uuid!.Value] = written;
            return written;
        }
    }

    /// <summary>The definition to start, within the machine's job: completed now if it could not be when it was read.</summary>
    internal DomainDef ForStart(QemuMachine machine, DomainDef def, QemuFacts facts)
    {
        if (!_incomplete.TryGetValue(machine.Uuid, out var written)) return def;
        if (ReferenceEquals(written, def))
        {
            def = keeper.Planning.Complete(def, facts);
            machine.Commit(s => s with { Persistent = def });
        }
        _incomplete.TryRemove(machine.Uuid, out _);
        return def;
    }
}
