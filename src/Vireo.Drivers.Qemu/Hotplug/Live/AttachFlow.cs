using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Devices;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Drivers.Qemu.Start.Disks;
using Vireo.Drivers.Qemu.Start.Network;
using Vireo.Hypervisor.Flows;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Hotplug.Live;

/// <summary>From a device with its place and name to one that the guest has: all of it, or nothing.</summary>
static class AttachFlow
{
    /// <summary>The steps, for tests that kill the daemon at each of them.</summary>
    internal static IFlow Steps => Flow;

    static readonly Flow<PlugRun> Flow = new Flow<PlugRun>("attach")
        .Step("note", static run => run.Guest.Note(run.Device), static run => run.Guest.Note(run.NotedBefore))
        .Each("host", static run => run.Guest.Prepare(run.Device, run.Plan))
        .Each("descriptors", static run => run.Opening())
        .Each("switch", Switch)
        .Each("filters", Filters)
        .Each("traffic", Traffic)
        .Each("labels", static run => run.Guest.Label(run.Device))
        .Each("before", Before)
        .Each("backends", static run => run.Making(run.Backends))
        .Each("frontends", static run => run.Making(run.Fronts))
        .Each("after", After)
        .Step("publish", static run =>
        {
            run.Guest.Publish(def => With(def, run.Device));
            if (!run.IsAside)
                run.Guest.Tell(PlugNews.Added, run.Device);
        });

    /// <summary>Plugs a device.</summary>
    /// <param name="guest">The machine.</param>
    /// <param name="device">The device, complete.</param>
    /// <param name="aside">It only comes because another device needs it, and nobody is told of it.</param>
    /// <param name="noted">What of it was noted before, and stays so when it does not come.</param>
    /// <param name="cancel">Ends it; what was done is undone.</param>
    internal static async ValueTask RunAsync(IPlugGuest guest, Device device, bool aside, Device? noted, CancellationToken cancel)
    {
        bool done = false;
        await guest.UnlockAsync(device, cancel).ConfigureAwait(false);
        using PlugRun run = await PlugRun.PlanAsync(guest, device, cancel).ConfigureAwait(false);
        (run.IsAside, run.NotedBefore) = (aside, noted);
        try
        {
            await Flow.RunAsync(run, guest.Flows, cancel).ConfigureAwait(false);
            done = true;
        }
        finally
        {
            guest.Audit(run.Device, comes: true, done);
        }
    }

    static IEnumerable<FlowPart> Switch(PlugRun run)
    {
        if (run.Device is Interface card)
            yield return new FlowPart("switch", async cancel => run.Device = await run.Guest.PlugSwitchAsync(card, cancel).ConfigureAwait(false), () => run.Guest.UnplugSwitchAsync(card));
    }

    static IEnumerable<FlowPart> Traffic(PlugRun run)
    {
        if (run.Device is Interface { Bandwidth: { } limits } card && CardLimits.Suits(card))
            yield return new FlowPart("traffic", cancel => run.Guest.LimitAsync(card, limits, isNew: true, cancel));
    }

    static IEnumerable<FlowPart> Filters(PlugRun run)
    {
        if (run.Device is Interface card)
            yield return new FlowPart("filter", cancel => run.Guest.BindFilterAsync(card, cancel), () => run.Guest.UnbindFilterAsync(card));
    }

    static IEnumerable<FlowPart> Before(PlugRun run)
    {
        if (run.Device is Watchdog watchdog)
            yield return new FlowPart("watchdog-action", async cancel =>
                await run.Guest.Monitor.RunAsync(new WatchdogSetAction(WatchdogPlanner.ActionOf(watchdog.Action)), cancel).ConfigureAwait(false));
    }

    static IEnumerable<FlowPart> After(PlugRun run)
    {
        if (run.Device is Interface { Link: LinkState.Down, Alias: { } card })
            yield return new FlowPart("link", async cancel => await run.Guest.Monitor.RunAsync(new SetLink(card, IsUp: false), cancel).ConfigureAwait(false));
        if (run.Device is Disk { IoTune: { } limits, Alias: { } drive } disk && !BlockGraph.IsEmpty(disk.Source))
            yield return new FlowPart("limits", async cancel =>
                await run.Guest.Monitor.RunAsync(new BlockSetIoThrottle(DiskThrottling.PlaceOf(disk, drive), limits), cancel).ConfigureAwait(false));
    }

    /// <summary>A definition with a device that came; a first serial port is the console too, and memory counts.</summary>
    internal static DomainDef With(DomainDef def, Device device)
    {
        DeviceSet set = def.Devices.Insert(device);
        if (device is Serial serial && def.Devices.Serials.IsEmpty && def.Devices.Consoles.IsEmpty)
            set = set with { Consoles = [NewDevice.MirrorOf(serial)] };
        return Counted(def with { Devices = set }, device, comes: true);
    }

    /// <summary>A definition without a device that went.</summary>
    internal static DomainDef Without(DomainDef def, string alias)
    {
        if (def.Devices.FirstOrDefault(d => d.Alias == alias && d is not GuestConsole) is not { } device
            && (device = def.Devices.FirstOrDefault(d => d.Alias == alias)) is null)
            return def;
        DeviceSet set = def.Devices.Without(device);
        if (device is Serial && set.Consoles is [{ TargetType: null or ConsoleTarget.Serial } mirror, ..] && mirror.Alias == alias)
            set = set with { Consoles = set.Consoles.RemoveAt(0) };
        return Counted(def with { Devices = set }, device, comes: false);
    }

    static DomainDef Counted(DomainDef def, Device device, bool comes)
    {
        if (device is not MemoryDevice { Target.Size: var size } || def.Memory is not { } all)
            return def;
        ulong Changed(ulong before) => comes ? before + size.KiB : before > size.KiB ? before - size.KiB : 0;
        return def with
        {
            Memory = new Vireo.Core.MemorySize(Changed(all.KiB)),
            CurrentMemory = def.CurrentMemory is { } current ? new Vireo.Core.MemorySize(Changed(current.KiB)) : null,
        };
    }
}
