using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Monitor;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Hypervisor.Flows;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Hotplug.Live;

/// <summary>
/// Takes a device out of a running machine: the guest is asked to let it go, and when it has, the plan is undone backwards. A guest may take as
/// long as it likes; until it has let go, the device is there.
/// </summary>
static class DetachFlow
{
    sealed record Wish(PlugRun Run, string Alias);

    /// <summary>The steps, for tests that kill the daemon at each of them.</summary>
    internal static IReadOnlyList<IFlow> Steps => [Asking, Removing];

    static readonly Flow<Wish> Asking = new Flow<Wish>("detach")
        .Step("ask", static async (wish, cancel) => await wish.Run.Guest.Monitor.RunAsync(new DeviceDel(wish.Alias), cancel).ConfigureAwait(false));

    // The definition forgets the device last: as long as it has it, a later daemon finds what is left of it.
    static readonly Flow<PlugRun> Removing = new Flow<PlugRun>("remove")
        .Always("backends", static async run =>
        {
            foreach (var part in run.Backends.Reverse())
                await run.TakeAwayAsync(part).ConfigureAwait(false);
        })
        .Always("filter", static run => run.Device is Interface card ? run.Guest.UnbindFilterAsync(card) : ValueTask.CompletedTask)
        .Always("switch", static run => run.Device is Interface card ? run.Guest.UnplugSwitchAsync(card) : ValueTask.CompletedTask)
        .Always("host", static run => run.Guest.ReleaseAsync(run.Device, run.Plan))
        .Always("network", static run => run.Device is Interface card ? run.Guest.UnplugAsync(card) : ValueTask.CompletedTask)
        .Always("publish", static run =>
        {
            run.Guest.Publish(def => AttachFlow.Without(def, run.Device.Alias!));
            run.Guest.Tell(PlugNews.Removed, run.Device);
        });

    /// <summary>Asks for a device, and takes it away if the guest lets it go soon enough.</summary>
    /// <param name="guest">The machine.</param>
    /// <param name="device">One of its devices.</param>
    /// <param name="waits">The caller wants to know; else the answer is taken care of when it comes.</param>
    /// <param name="cancel">Ends the waiting.</param>
    /// <exception cref="VireoException">VIR_ERR_OPERATION_FAILED: the guest keeps it; whatever QEMU says.</exception>
    internal static async ValueTask<Unplug> RunAsync(IPlugGuest guest, Device device, bool waits, CancellationToken cancel)
    {
        using PlugRun run = PlugRun.Of(guest, device);
        if (run.Fronts.IsEmpty)
        {
            await RemoveAsync(guest, device).ConfigureAwait(false);
            return Unplug.Gone;
        }
        string alias = device.Alias!;
        Task<Unplug>? answer = waits ? guest.Unplugs.Expect(alias) : null;
        Unplug outcome = Unplug.Pending;
        try
        {
            await Asking.RunAsync(new Wish(run, alias), guest.Flows, cancel).ConfigureAwait(false);
            if (answer is null)
                return Unplug.Pending;
            await Task.WhenAny(answer, Task.Delay(guest.UnplugPatience, guest.Time, cancel)).ConfigureAwait(false);
        }
        catch (QmpRefusal refusal) when (refusal.IsUnknownDevice)
        {
            outcome = Unplug.Gone;
        }
        catch
        {
            guest.Audit(device, comes: false, success: false);
            throw;
        }
        finally
        {
            if (answer is not null && guest.Unplugs.GiveUp(alias, answer) is not Unplug.Pending and var said)
                outcome = said;
        }
        if (outcome is Unplug.Rejected)
            throw HotplugErrors.Failed("unplug of device was rejected by the guest");
        if (outcome is Unplug.Gone)
            await RemoveAsync(guest, device).ConfigureAwait(false);
        return outcome;
    }

    /// <summary>Takes away what is left of a device that the guest has let go.</summary>
    /// <param name="guest">The machine.</param>
    /// <param name="device">The device.</param>
    /// <param name="unheard">See <see cref="PlugRun.WasUnheard"/>.</param>
    internal static async ValueTask RemoveAsync(IPlugGuest guest, Device device, bool unheard = false)
    {
        using PlugRun run = PlugRun.Of(guest, device);
        run.WasUnheard = unheard;
        await Removing.RunAsync(run, guest.Flows, CancellationToken.None).ConfigureAwait(false);
        guest.Audit(device, comes: false, success: true);
    }
}
