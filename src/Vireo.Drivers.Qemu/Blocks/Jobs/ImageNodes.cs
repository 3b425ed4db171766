using System.Collections.Immutable;
using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Drivers.Qemu.Devices;
using Vireo.Drivers.Qemu.Hotplug.Live;
using Vireo.Drivers.Qemu.Monitor;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Blocks.Jobs;

/// <summary>Block nodes of images that come and go while a guest runs.</summary>
static class ImageNodes
{
    // QEMU makes guessing a passphrase as dear as this processor allows, and measures that by its own processor time, which the kernel now and then says has not gone on.
    const string Unmeasured = "Unable to get accurate CPU usage";
    const int MostTries = 5;

    /// <summary>The parts of a disk's images, the deepest first.</summary>
    internal static ImmutableArray<QemuPart> Of(IPlugGuest guest, Disk disk)
    {
        using PlugRun run = PlugRun.Of(guest, disk);
        return run.Backends;
    }

    /// <summary>Those that one has and others have not.</summary>
    internal static IReadOnlyList<QemuPart> Without(this ImmutableArray<QemuPart> parts, IEnumerable<QemuPart> others)
    {
        HashSet<string> known = [.. others.Select(NameOf)];
        return [.. parts.Where(p => !known.Contains(NameOf(p)))];
    }

    static string NameOf(QemuPart part) => part switch
    {
        QemuBlockdev node => "node " + node["node-name"]?.AsText(),
        QemuObject made => "object " + made.Id,
        _ => part.GetType().Name,
    };

    /// <summary>Takes nodes and objects away, the top first. What is still in use or gone already stays or is gone.</summary>
    internal static async ValueTask RemoveAsync(IPlugGuest guest, Disk was, Disk? now)
    {
        using PlugRun run = PlugRun.Of(guest, was);
        foreach (QemuPart part in run.Backends.Without(now is null ? [] : Of(guest, now)).Reverse())
            await run.TakeAwayAsync(part).ConfigureAwait(false);
    }

    /// <summary>The images of a disk as QEMU's options say them, the top first.</summary>
    internal static IReadOnlyList<BlockImage> ImagesOf(IPlugGuest guest, Disk disk)
    {
        var at = new PlanContext(guest.Def, guest.Facts, guest.Start, static _ => throw NoDescriptors(), 0);
        return [.. BlockGraph.ImagesOf(disk, at).Select(static i => i.Image)];
    }

    /// <summary>Writes the beginning of an image, by a job of QEMU's.</summary>
    /// <exception cref="VireoException">VIR_ERR_OPERATION_FAILED: the job failed.</exception>
    internal static async ValueTask CreateAsync(QmpMonitor monitor, string node, QemuProperties options, CancellationToken cancel)
    {
        string? why = null;
        for (int tries = 0; tries < MostTries; tries++)
        {
            why = await TryCreateAsync(monitor, node, options, cancel).ConfigureAwait(false);
            if (why is null)
                return;
            if (!why.Contains(Unmeasured, StringComparison.Ordinal))
                break;
        }
        throw new VireoException(ErrorCode.OperationFailed, ErrorDomain.Qemu, $"failed to format image: '{why}'");
    }

    static async ValueTask<string?> TryCreateAsync(QmpMonitor monitor, string node, QemuProperties options, CancellationToken cancel)
    {
        string job = $"create-{node}";
        using var ended = monitor.Expect<JobStatusEvent>(e => e.Id == job && e.Status == "concluded");
        await monitor.RunAsync(new BlockdevCreate(job, options), cancel).ConfigureAwait(false);
        await ended.Happened.WaitAsync(cancel).ConfigureAwait(false);
        JobReport? made = (await monitor.RunAsync(new QueryJobs(), cancel).ConfigureAwait(false)).FirstOrDefault(j => j.Id == job);
        await monitor.RunAsync(new JobDismiss(job), cancel).ConfigureAwait(false);
        return made?.Error;
    }

    /// <summary>Bytes that the guest sees of an image.</summary>
    internal static async ValueTask<ulong> CapacityAsync(QmpMonitor monitor, string node, CancellationToken cancel) =>
        (ulong)((await monitor.RunAsync(new QueryNamedBlockNodes(), cancel).ConfigureAwait(false)).FirstOrDefault(n => n.Name == node)?.VirtualSize ?? 0);

    static VireoException NoDescriptors() => VireoException.NoSupport("images by descriptor beside a disk that runs", ErrorDomain.Qemu);
}
