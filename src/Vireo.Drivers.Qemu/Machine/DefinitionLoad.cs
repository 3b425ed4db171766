using System.Collections.Concurrent;
using System.Collections.Immutable;
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

    internal async Task<ImmutableArray<StoredDefinition>> ReadAsync(CancellationToken cancel)
    {
        var files = keeper.Definitions.LoadAll();
        foreach (var problem in files.Problems) keeper.Log.FileProblem(problem.Path, problem.Text);
        var found = ImmutableArray.CreateBuilder<StoredDefinition>(files.Found.Count);
        foreach (var file in files.Found)
        {
            var def = file.Def with { Uuid = file.Def.Uuid ?? Uuid.NewRandom() };
            try
            {
                def = keeper.Planning.WithDefaults(def, await keeper.FactsForAsync(def, cancel).ConfigureAwait(false));
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                keeper.Log.DefinitionIncomplete(def.Name, e);
                _incomplete[def.Uuid!.Value] = def;
            }
            found.Add(file with { Def = def });
        }
        return found.ToImmutable();
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
