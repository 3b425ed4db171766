using Microsoft.Win32.SafeHandles;
using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Start;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Cpu;

namespace Vireo.Drivers.Qemu.Save;

/// <summary>State that a starting machine takes over.</summary>
/// <param name="State">What QEMU reads it from; null: it comes from another host.</param>
/// <param name="CpuBefore">What the definition says of the processor, if the guest has it otherwise.</param>
sealed record IncomingState(SafeFileHandle? State, CpuDef? CpuBefore)
{
    /// <summary>Lets QEMU listen for what comes from another host; what it listens for comes later.</summary>
    internal Func<StartRun, CancellationToken, ValueTask>? Listen { get; init; }
}

/// <summary>Starts machines from what was saved of them.</summary>
static class RestoreIn
{
    /// <summary>The definition of a saved machine, or another under which the guest finds the same machine.</summary>
    internal static async ValueTask<(DomainDef Def, QemuFacts Facts)> DefinitionAsync(
        QemuKeeper keeper, SaveImage image, string? xml, CancellationToken cancel)
    {
        var saved = await ReadAsync(image.Xml).ConfigureAwait(false);
        if (xml is null) return saved;
        var given = await ReadAsync(xml).ConfigureAwait(false);
        saved.Def.RequireSameAbi(given.Def);
        return given;

        async ValueTask<(DomainDef Def, QemuFacts Facts)> ReadAsync(string text)
        {
            var written = DomainDef.Parse(text);
            var facts = await keeper.FactsForAsync(written, cancel).ConfigureAwait(false);
            return (keeper.Planning.WithDefaults(written, facts), facts);
        }
    }

    /// <summary>Starts a machine, whose job the caller holds, from what was saved.</summary>
    /// <param name="keeper">The driver.</param>
    /// <param name="machine">The machine.</param>
    /// <param name="saved">The open file.</param>
    /// <param name="def">Its definition.</param>
    /// <param name="facts">The binary.</param>
    /// <param name="running">Whether it runs then; null: if it ran when it was saved.</param>
    /// <param name="diesWith">The connection that takes it along; null: it stays.</param>
    /// <param name="bypass">The kernel keeps nothing of the file in memory.</param>
    /// <param name="cancel">Gives up.</param>
    internal static async ValueTask StartAsync(
        QemuKeeper keeper, QemuMachine machine, SavedMachine saved, DomainDef def, QemuFacts facts, bool? running, object? diesWith, bool bypass, CancellationToken cancel)
    {
        using SafeFileHandle state = await saved.StateAsync(cancel).ConfigureAwait(false);
        await StartFlow.RunAsync(keeper, machine, saved.Cpu is null ? def : def with { Cpu = saved.Cpu }, facts, new StartWishes(!(running ?? saved.Image.WasRunning), diesWith)
        {
            Incoming = new IncomingState(state, saved.Cpu is null ? null : def.Cpu),
        }, cancel).ConfigureAwait(false);
        if (bypass) saved.ForgetCache();
    }

    /// <summary>Starts a defined machine: from its managed save image if there is one, which is gone then.</summary>
    internal static async ValueTask StartDefinedAsync(
        QemuKeeper keeper, QemuMachine machine, DomainDef def, QemuFacts facts, bool anew, bool bypass, StartWishes wishes, CancellationToken cancel)
    {
        string file = keeper.Paths.SaveFile(machine.Name);
        if (machine.Snapshot.HasManagedSave && !anew && await OpenAsync(keeper, machine, file).ConfigureAwait(false) is { } saved)
        {
            await using (saved)
            {
                var (savedDef, savedFacts) = await DefinitionAsync(keeper, saved.Image, null, cancel).ConfigureAwait(false);
                await StartAsync(keeper, machine, saved, savedDef, savedFacts, wishes.Paused ? false : null, wishes.DiesWith, bypass, cancel).ConfigureAwait(false);
            }
            Forget(machine, file);
            return;
        }
        if (machine.Snapshot.HasManagedSave) Forget(machine, file);
        await StartFlow.RunAsync(keeper, machine, keeper.Loading.ForStart(machine, def, facts), facts, wishes, cancel).ConfigureAwait(false);
    }

    // What was cut off while it was written is of no use to anybody.
    static async ValueTask<SavedMachine?> OpenAsync(QemuKeeper keeper, QemuMachine machine, string file)
    {
        try
        {
            return SavedMachine.Open(keeper, file);
        }
        catch (VireoException e) when (e.Message.EndsWith("save image is incomplete", StringComparison.Ordinal) || !File.Exists(file))
        {
            keeper.Log.FileProblem(file, e.Message);
            await ValueTask.CompletedTask.ConfigureAwait(false);
            return null;
        }
    }

    static void Forget(QemuMachine machine, string file)
    {
        File.Delete(file);
        machine.Commit(static s => s with { HasManagedSave = false });
    }
}
