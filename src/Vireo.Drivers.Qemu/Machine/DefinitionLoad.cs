using System.Collections.Concurrent;
using Vireo.Core;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Hypervisor.Stores;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Qemu.Machine;

/// <summary>
/// The definitions that a daemon finds when it starts. Whoever wrote them may have left out what define fills in, so they pass the
/// defaults; what is wrong with them is no reason not to list them, and is told when they start.
/// </summary>
sealed class DefinitionLoad(QemuKeeper keeper)
{
    // Whose emulator could not be asked: as written. They are completed at their first start, if they are still the same then.
    readonly ConcurrentDictionary<Uuid, DomainDef> _incomplete = new();

    /// <summary>
    /// Reads all, on all processors: a host may have ten thousand, and nobody can connect before that is done. Where the emulator is known,
    /// each is completed as soon as it is read, so that what was written is garbage at once and the collector never copies it.
    /// </summary>
    internal async Task<IReadOnlyList<StoredDefinition>> ReadAsync()
    {
        // Each emulator is asked, and looked at, once for all of its machines. Nobody waits here: the answer may need the threads that read.
        var emulators = new ConcurrentDictionary<(string?, string?), Lazy<Task<QemuFacts>>>();
        var waiting = new ConcurrentDictionary<DomainDef, Task<QemuFacts>>(ReferenceEqualityComparer.Instance);
        var files = keeper.Definitions.LoadAll(written =>
        {
            var def = written with { Uuid = written.Uuid ?? Uuid.NewRandom() };
            var facts = emulators.GetOrAdd((def.Os.Arch, def.Devices.Emulator), static (_, asked) => new(() => asked.Keeper.AskAsync(asked.Def)), (Keeper: this, Def: def)).Value;
            if (facts.IsCompleted) return Complete(def, facts);
            waiting[def] = facts;
            return def;
        });
        foreach (var problem in files.Problems) keeper.Log.FileProblem(problem.Path, problem.Text);
        if (waiting.IsEmpty) return files.Found;
        foreach (var asked in emulators.Values)
            await ((Task)asked.Value).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var found = files.Found.ToArray();
        Parallel.For(0, found.Length, i =>
        {
            if (waiting.TryGetValue(found[i].Def, out var facts)) found[i] = found[i] with { Def = Complete(found[i].Def, facts) };
        });
        return found;
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
