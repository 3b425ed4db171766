using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Hypervisor.Machines;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Qemu.Machine;

/// <summary>
/// Takes over definitions that somebody put into the folder or changed there, as libvirtd does when it is told to reload: those that
/// are new are told as defined, those that changed are changed silently, those whose file went away stay.
/// </summary>
static class DefinitionReload
{
    internal static Task RunAsync(QemuKeeper keeper, CancellationToken stopping)
    {
        var files = keeper.Definitions.Read();
        foreach (var problem in files.Problems) keeper.Log.FileProblem(problem.Path, problem.Text);
        // Each by itself: a guest that does not answer keeps no other from being reloaded.
        return Task.WhenAll(files.Found.Select(file => OneAsync(keeper, file.Def, stopping)));
    }

    static async Task OneAsync(QemuKeeper keeper, DomainDef seen, CancellationToken stopping)
    {
        try
        {
            var uuid = seen.Uuid ?? keeper.Machines.Find(seen.Name)?.Uuid ?? Vireo.Core.Uuid.NewRandom();
            await using var claim = await keeper.Machines.ClaimAsync(seen.Name, uuid, ClaimFor.Define, "reload", stopping).ConfigureAwait(false);
            // Read again now that nobody else changes it.
            if (keeper.Definitions.Find(seen.Name) is not { } file) return;
            var machine = claim.Machine;
            var def = file.Def with { Uuid = uuid };
            def = keeper.Planning.Complete(def, await keeper.FactsForAsync(def, stopping).ConfigureAwait(false));
            if (machine.Snapshot.Persistent is not { } old || !Same(old, def))
                machine.Commit(s => s with { Persistent = def, IsUpdated = s.IsActive });
            machine.Commit(s => s with { Autostart = file.Autostart });
            if (!claim.IsNew) return;
            claim.Publish();
            machine.Raise(machine.Lifecycle(DomainEventType.Defined, (int)DomainEventDefinedDetail.Added));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The next daemon reads them all.
        }
        catch (Exception e)
        {
            keeper.Log.FileProblem(keeper.Paths.DefinitionFile(seen.Name), e.Message);
        }
    }

    static bool Same(DomainDef one, DomainDef other) => Text(one) == Text(other);

    static string Text(DomainDef def) => def.ToXml(DomainFormat.Inactive | DomainFormat.Secure);
}
