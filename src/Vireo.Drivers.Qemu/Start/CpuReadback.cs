using System.Diagnostics;
using Vireo.Cpu.Map;
using Vireo.Cpu.X86;
using Vireo.Drivers.Qemu.CommandLine.Machine;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Monitor;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Qemu.Start;

/// <summary>Corrects a starting guest's definition by the CPU that it really has, and notes that.</summary>
static class CpuReadback
{
    internal static async ValueTask<DomainDef> RunAsync(StartRun run, CancellationToken cancel)
    {
        if (run.Facts.Arch is not ("x86_64" or "i686") || run.Live.Cpu is not { } cpu || !QemuGuest.IsManaged(cpu)) return run.Live;
        if (run.Cpus is not [{ QomPath: { Length: > 0 } path }, ..]) return run.Live;
        long started = Stopwatch.GetTimestamp();
        bool kvm = run.Live.Type is DomainType.Kvm;
        CpuMap map = run.Keeper.CpuMap;
        // Asked by the map that has the most names, for the contract.
        var questions = new CpuQuestions(run.Talk, path, CpuContracts.Names, CpuSwitches.Spelling(kvm, run.Facts, map));
        QemuLiveCpu live = await questions.AskAsync(cpu.Model?.Name, CpuSwitches.Of(cpu, kvm, run.Facts, map), cancel).ConfigureAwait(false);
        var now = run.Live with { Cpu = QemuGuest.Adopt(cpu, live, map.X86) };
        // What QEMU was asked for is kept where it got something else.
        if (now.Cpu is { } adopted && adopted != cpu with { Check = adopted.Check }) run.Qemu!.CpuBefore = run.Live.Cpu;
        if (now.Cpu?.Model?.Name is { } model) run.Qemu!.Contract = run.Keeper.Contracts.Write(run.Machine.Name, model, live);
        run.Machine.Commit(s => s with { Live = now });
        run.Keeper.Log.CpuReadBack(run.Machine.Name, (long)Stopwatch.GetElapsedTime(started).TotalMicroseconds);
        return now;
    }

    /// <summary>Notes what a guest sees that was started by a daemon which noted nothing; null: QEMU does not tell, or there is nothing to note.</summary>
    internal static async ValueTask<GuestContract?> NoteAsync(QemuKeeper keeper, QemuMachine machine, LiveQemu live, CancellationToken cancel)
    {
        if (live.Facts.Arch is not ("x86_64" or "i686") || machine.Snapshot.Live is not { Cpu: { Model.Name: { } model } cpu } def || !QemuGuest.IsManaged(cpu)) return null;
        try
        {
            if (await live.Monitor.RunAsync(new QueryCpusFast(), cancel).ConfigureAwait(false) is not [{ QomPath: { Length: > 0 } path }, ..]) return null;
            bool kvm = def.Type is DomainType.Kvm;
            var questions = new CpuQuestions(live.Monitor, path, CpuContracts.Names, CpuSwitches.Spelling(kvm, live.Facts, keeper.CpuMap));
            return keeper.Contracts.Write(
                machine.Name, model, await questions.AskAsync(model, CpuSwitches.Of(cpu, kvm, live.Facts, keeper.CpuMap), cancel).ConfigureAwait(false));
        }
        catch (QmpRefusal)
        {
            return null;
        }
    }
}
