using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Drivers.Qemu.Devices;
using Vireo.Drivers.Qemu.Monitor;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Drivers.Qemu.Start.Disks;
using Vireo.Hypervisor.Flows;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Hotplug.Live;

/// <summary>
/// Another medium in a drive, or none. The new one is opened before the old one is taken out, and the old one is put back if anything fails, so
/// that a drive is never left without what it had.
/// </summary>
static class MediaChange
{
    static readonly TimeSpan TrayPatience = TimeSpan.FromSeconds(5);

    sealed class Change(IPlugGuest guest, Disk before, Disk after, bool force, PlugRun old, PlugRun now) : IDisposable
    {
        internal IPlugGuest Guest => guest;
        internal Disk Before => before;
        internal Disk After => after;
        internal bool Force => force;
        internal PlugRun Old => old;
        internal PlugRun Now => now;
        internal string Drive => before.Alias!;
        internal string? OldTop => TopOf(old);
        internal string? NewTop => TopOf(now);

        static string? TopOf(PlugRun run) => run.Backends.OfType<QemuBlockdev>().LastOrDefault()?["node-name"]?.AsText();

        public void Dispose()
        {
            old.Dispose();
            now.Dispose();
        }
    }

    /// <summary>The steps, for tests that kill the daemon at each of them.</summary>
    internal static IFlow Steps => Flow;

    static readonly Flow<Change> Flow = new Flow<Change>("change-media")
        .Each("host", static c => c.Guest.Prepare(c.After, c.Now.Plan))
        .Each("labels", static c => c.Guest.Label(c.After))
        .Each("new", static c => c.Now.Making(c.Now.Backends))
        .Step("open", OpenAsync, static async c => await c.Guest.Monitor.RunAsync(new BlockdevCloseTray(c.Drive), CancellationToken.None).ConfigureAwait(false))
        .Step("take-out", static async (c, cancel) =>
        {
            if (c.OldTop is not null)
                await c.Guest.Monitor.RunAsync(new BlockdevRemoveMedium(c.Drive), cancel).ConfigureAwait(false);
        }, static async c =>
        {
            if (c.OldTop is { } node)
                await c.Guest.Monitor.RunAsync(new BlockdevInsertMedium(c.Drive, node), CancellationToken.None).ConfigureAwait(false);
        })
        .Step("put-in", static async (c, cancel) =>
        {
            if (c.NewTop is { } node)
                await c.Guest.Monitor.RunAsync(new BlockdevInsertMedium(c.Drive, node), cancel).ConfigureAwait(false);
        }, static async c =>
        {
            if (c.NewTop is not null)
                await c.Guest.Monitor.RunAsync(new BlockdevRemoveMedium(c.Drive), CancellationToken.None).ConfigureAwait(false);
        })
        .Step("limits", static async (c, cancel) =>
        {
            if (c.NewTop is not null && c.After.IoTune is { } limits)
                await c.Guest.Monitor.RunAsync(new BlockSetIoThrottle(DiskThrottling.PlaceOf(c.After, c.Drive), limits), cancel).ConfigureAwait(false);
        })
        .Step("close", static async (c, cancel) => await c.Guest.Monitor.RunAsync(new BlockdevCloseTray(c.Drive), cancel).ConfigureAwait(false))
        .Step("publish", static c => c.Guest.Publish(def => With(def, c.After)))
        .Always("old", static async c =>
        {
            foreach (QemuPart part in c.Old.Backends.Reverse())
                await c.Old.TakeAwayAsync(part).ConfigureAwait(false);
            await c.Guest.ReleaseAsync(c.Before, c.Old.Plan).ConfigureAwait(false);
        });

    /// <summary>Changes the medium of a drive to that of a document.</summary>
    /// <exception cref="VireoException">VIR_ERR_OPERATION_FAILED: the guest holds the tray; whatever is wrong with the medium.</exception>
    internal static async ValueTask RunAsync(IPlugGuest guest, Disk drive, Disk wanted, bool force, CancellationToken cancel)
    {
        Blocks.Jobs.BlockJobErrors.CheckFree(guest.BlockJobs, drive);
        Disk bare = drive with { Source = wanted.Source with { Index = null }, BackingStore = wanted.BackingStore, Driver = drive.Driver is { } driver ? driver with { Type = wanted.Driver?.Type } : wanted.Driver };
        await guest.ReachAsync(bare, cancel).ConfigureAwait(false);
        Disk after = LiveChanges.Numbered(guest, (Disk)guest.Locate(bare));
        after = after with
        {
            Source = after.Source with { Index = after.Source.Index ?? guest.NextImage() },      // an empty drive has a number too
            Driver = after.Driver is { } made ? made with { Type = wanted.Driver?.Type } : null,
            Target = after.Target with { Tray = null },
        };
        await guest.UnlockAsync(after, cancel).ConfigureAwait(false);
        using var change = new Change(guest, drive, after, force, PlugRun.Of(guest, drive), PlugRun.Of(guest, after));
        bool done = false;
        try
        {
            await Flow.RunAsync(change, guest.Flows, cancel).ConfigureAwait(false);
            done = true;
        }
        finally
        {
            guest.Audit(after, comes: true, done);
        }
    }

    // A guest that holds its tray is asked to let go.
    static async ValueTask OpenAsync(Change c, CancellationToken cancel)
    {
        using var opened = c.Guest.Monitor.Expect<DeviceTrayMovedEvent>(e => e.Id == c.Drive && e.Open);
        try
        {
            await c.Guest.Monitor.RunAsync(new BlockdevOpenTray(c.Drive, c.Force), cancel).ConfigureAwait(false);
        }
        catch (QmpRefusal refusal) when (refusal.Description.Contains("is locked", StringComparison.Ordinal))
        {
            if (await opened.WithinAsync(TrayPatience, c.Guest.Time, cancel).ConfigureAwait(false) is null)
                throw HotplugErrors.Failed($"timed out waiting to open tray of '{c.Before.Target.Device}'");
        }
    }

    static DomainDef With(DomainDef def, Disk after) =>
        def.Devices.Disks.FirstOrDefault(d => d.Alias == after.Alias) is { } now ? def with { Devices = def.Devices.Replace(now, after) } : def;
}
