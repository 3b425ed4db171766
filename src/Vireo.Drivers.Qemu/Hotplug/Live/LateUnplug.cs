using Vireo.Driver;
using Vireo.Drivers.Qemu.Hotplug.Vcpus;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Hypervisor.Jobs;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Hotplug.Live;

/// <summary>What a guest says of a device when nobody waits for it any more, or while no daemon was there to hear it.</summary>
static class LateUnplug
{
    /// <summary>Brings what QEMU told of a device to whoever waits, or takes care of it.</summary>
    internal static void Tell(QemuKeeper keeper, QemuMachine machine, LiveQemu live, string alias, Unplug answer)
    {
        if (answer is Unplug.Rejected)
            machine.Raise(new DomainDeviceRemovalFailedEvent(machine.Snapshot.Ref, alias));
        if (live.Unplugs.Tell(alias, answer) || answer is not Unplug.Gone)
            return;
        if (Find(machine, alias) is not null || alias.StartsWith("vcpu", StringComparison.Ordinal))
            _ = RemoveAsync(keeper, machine, live, alias);
    }

    static Device? Find(QemuMachine machine, string alias) => machine.Snapshot.Live?.Devices.FirstOrDefault(d => d.Alias == alias);

    static async Task RemoveAsync(QemuKeeper keeper, QemuMachine machine, LiveQemu live, string alias)
    {
        try
        {
            await using var job = await machine.EnterAsync(Job.Modify, "unplug", CancellationToken.None).ConfigureAwait(false);
            if (machine.Live != live)
                return;
            if (Find(machine, alias) is not { } device)
                await VcpuFlow.ShowAsync(keeper, machine, live, VcpuFlow.Of(keeper, machine, live), job.Interrupted).ConfigureAwait(false);
            else
                await DetachFlow.RemoveAsync(new MachinePlugGuest(keeper, machine, live), device).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            keeper.Log.UnplugFailed(machine.Name, alias, e);
        }
    }

    /// <summary>
    /// Forgets devices that QEMU does not have (any more): a daemon before this one was plugging them when it ended, or was not there when the
    /// guest let them go.
    /// </summary>
    internal static async ValueTask ReconcileAsync(QemuKeeper keeper, QemuMachine machine, LiveQemu live, CancellationToken cancel)
    {
        if (machine.Snapshot.Live is not { } def)
            return;
        var listed = await live.Monitor.RunAsync(new QomList("/machine/peripheral"), cancel).ConfigureAwait(false);
        HashSet<string> there = [.. listed.Select(static p => p.Name)];
        var guest = new MachinePlugGuest(keeper, machine, live);
        foreach (Device device in def.Devices.ToList())
        {
            if (device.Alias is not { } alias || there.Contains(alias) || device is MemoryBalloon or Iommu or NvramDevice)
                continue;
            using (PlugRun run = PlugRun.Of(guest, device))
                if (!run.Fronts.Any(front => PlugRun.IdOf(front) == alias))
                    continue;       // QEMU does not know it by its name
            await DetachFlow.RemoveAsync(guest, device, unheard: true).ConfigureAwait(false);
        }
        live.Note(listed, machine.Snapshot.Live ?? def);
        await MediumCheck.RunAsync(guest, cancel).ConfigureAwait(false);
        if (!def.Vcpus.IsEmpty)
            await VcpuFlow.ShowAsync(keeper, machine, live, VcpuFlow.Of(keeper, machine, live), cancel).ConfigureAwait(false);
    }
}
