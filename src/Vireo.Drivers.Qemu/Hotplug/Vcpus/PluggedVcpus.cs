using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Machine.Vcpus;
using Vireo.Drivers.Qemu.Start;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Qemu.Hotplug.Vcpus;

/// <summary>Virtual CPUs that can go again while the machine runs: they are plugged before its first instruction, in their order.</summary>
static class PluggedVcpus
{
    internal static async ValueTask AddAsync(StartRun run, CancellationToken cancel)
    {
        if (run.Live.Vcpus.IsEmpty)
            return;
        Vcpu[] wanted = [.. VcpuSet.Of(run.Live).Where(static v => v is { Enabled: true, Hotpluggable: true }).OrderBy(static v => v.Order ?? uint.MaxValue).ThenBy(static v => v.Id)];
        var vcpus = new LiveVcpus(run.Talk, run.Qemu!.Unplugs, TimeSpan.Zero, run.Keeper.Time);
        if (!run.Facts.Has("query-hotpluggable-cpus"))
        {
            if (wanted.Length > 0)
                throw QemuErrors.Unsupported("vcpu hotplug is not supported by this QEMU");
            return;
        }
        var all = await vcpus.AskAsync(run.Live, cancel).ConfigureAwait(false);
        foreach (Vcpu one in wanted)
            if (all[(int)one.Id] is { Slot: not null, IsOnline: false })
                await vcpus.AddAsync(all, (int)one.Id, cancel).ConfigureAwait(false);
        if (wanted.Length > 0)
            all = await vcpus.AskAsync(run.Live, cancel).ConfigureAwait(false);
        run.Live = LiveVcpus.Show(run.Live, all);
        run.Machine.Commit(s => s with { Live = run.Live });
    }
}
