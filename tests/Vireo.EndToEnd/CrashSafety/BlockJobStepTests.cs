using System.Collections.Concurrent;
using Vireo.Core.TypedParameters;
using Vireo.Driver;
using Vireo.EndToEnd.Qemu;
using Xunit;
using static Vireo.EndToEnd.CrashSafety.Steps;

namespace Vireo.EndToEnd.CrashSafety;

// kill -9 of the daemon at every step of what it does with the images of a running guest.

/// <summary>A disk on two images, whose content must never change.</summary>
static class StepImages
{
    static readonly TypedParameter[] refused = [new("granularity", 1u << 27)];

    internal static string Top(string folder) => Path.Join(folder, "top.qcow2");
    internal static string Base(string folder) => Path.Join(folder, "base.qcow2");
    internal static string Copy(string folder) => Path.Join(folder, "copy.qcow2");

    internal static string Target(string folder) => $"<disk type='file'><driver type='qcow2'/><source file='{Copy(folder)}'/></disk>";

    static string Disk(string file, string target, string more = "") =>
        $"<disk type='file'><driver name='qemu' type='qcow2'/><source file='{file}'/><target dev='{target}' bus='usb'/>{more}</disk>";

    internal static string Chained(string folder) => Disk(Top(folder), "sdm");

    /// <summary>While another disk reads the base nothing can be committed into it.</summary>
    internal static string Reader(string folder) => Disk(Base(folder), "sdn", "<readonly/>");

    static readonly ConcurrentDictionary<string, string> hashes = new();

    static string Kept(string image) => image + ".kept";

    internal static async Task<string> MakeAsync(string folder)
    {
        foreach (string old in new[] { Top(folder), Base(folder), Copy(folder) })
            File.Delete(old);
        if (hashes.TryGetValue(folder, out string? known))
        {
            foreach (string image in new[] { Top(folder), Base(folder) })
                File.Copy(Kept(image), image);
            return known;
        }
        await Images.MakeAsync(Base(folder), null, 7, 0);
        await Images.MakeAsync(Top(folder), Base(folder), 8, 2);
        foreach (string image in new[] { Top(folder), Base(folder) })
            File.Copy(image, Kept(image));
        return hashes[folder] = await Images.HashAsync(Top(folder));
    }

    /// <summary>Goes through all moments of the flows.</summary>
    internal static async Task RecordAsync(QemuRoot root, DomainRef guest, string folder, CancellationToken test)
    {
        const DomainDeviceModifyFlags live = DomainDeviceModifyFlags.Live;
        var jobs = root.Get<IDomainBlockJobs>();
        await MakeAsync(folder);
        await root.Get<IDomainDevices>().AttachDeviceAsync(guest, Chained(folder), live, test);
        await Assert.ThrowsAnyAsync<Exception>(() => jobs.CopyBlocksAsync(guest, "sdm", Target(folder), refused, DomainBlockCopyFlags.TransientJob, test).AsTask());
        await root.Get<IDomainDevices>().AttachDeviceAsync(guest, Reader(folder), live, test);
        await Assert.ThrowsAnyAsync<Exception>(() => jobs.CommitBlocksAsync(guest, "sdm", null, null, 0, DomainBlockCommitFlags.Active, test).AsTask());
        await jobs.CopyBlocksAsync(guest, "sdm", Target(folder), [], DomainBlockCopyFlags.TransientJob, test);
        while ((await jobs.GetBlockJobInfoAsync(guest, "sdm", default, test)) is not { Found: true, Current: var done, End: var whole } || done != whole)
            await Task.Delay(10, test);
        await jobs.AbortBlockJobAsync(guest, "sdm", DomainBlockJobAbortFlags.Pivot, test);
        await jobs.PullBlocksAsync(guest, "sdm", 0, default, test);
        while ((await jobs.GetBlockJobInfoAsync(guest, "sdm", default, test)).Found)
            await Task.Delay(10, test);
    }

    internal static async Task<(Domain Guest, string Hash)> RunningAsync(CrashRoot root)
    {
        string hash = await MakeAsync(StepDevices.FolderOf(root));
        Domain guest = await StepDevices.RunningAsync(root);
        await guest.AttachDeviceAsync(Chained(StepDevices.FolderOf(root)), DomainDeviceModifyFlags.Live, Test);
        return (guest, hash);
    }

    internal static Task ReadyAsync(Domain guest) => UntilAsync(async () => await guest.GetBlockJobInfoAsync("sdm", cancel: Test) is { Found: true } info && info.Current == info.End);

    internal static async Task UntilAsync(Func<Task<bool>> done)
    {
        for (int i = 0; i < 3000; i++)
        {
            if (await done())
                return;
            await Task.Delay(10, Test);
        }
        Assert.Fail("it did not come to that");
    }

    /// <summary>The next daemon: the guest goes on, its disk has its content, no file is left that nobody has, and jobs can be done.</summary>
    internal static async Task IsWholeAsync(CrashRoot root, string moment, string hash)
    {
        string folder = StepDevices.FolderOf(root);
        Assert.True((await root.SettleAsync(moment)).Single(d => d.Name == "c1").IsActive);
        Domain guest = await root.Client.GetDomainAsync("c1", Test);
        if ((await guest.GetXmlAsync(cancel: Test)).Contains("<mirror", StringComparison.Ordinal))
        {
            await ReadyAsync(guest);
            await guest.AbortBlockJobAsync("sdm", DomainBlockJobAbortFlags.Pivot, Test);
        }
        await UntilAsync(async () => !(await guest.GetBlockJobInfoAsync("sdm", cancel: Test)).Found);
        string xml = await guest.GetXmlAsync(cancel: Test);
        bool moved = xml.Contains(Copy(folder), StringComparison.Ordinal);
        Assert.Equal(moved, File.Exists(Copy(folder)));
        Assert.Equal(xml.Contains(Base(folder), StringComparison.Ordinal), (await Images.ChainAsync(moved ? Copy(folder) : Top(folder))).Length > 1);
        if (!moved)
        {
            await guest.CopyBlocksAsync("sdm", Target(folder), [], DomainBlockCopyFlags.TransientJob, Test);
            await ReadyAsync(guest);
            await guest.AbortBlockJobAsync("sdm", DomainBlockJobAbortFlags.Pivot, Test);
        }
        await guest.DetachDeviceAsync(Chained(folder), DomainDeviceModifyFlags.Live, Test);
        Assert.Equal(hash, await Images.HashAsync(Copy(folder)));
    }
}

public sealed class BlockJobStepTests
{
    static bool Fails(string moment) => moment.EndsWith(":undo", StringComparison.Ordinal) || moment.EndsWith(":undone", StringComparison.Ordinal);

    [Fact]
    public async Task A_copy_is_there_or_nothing_of_it() => await ForEachAsync("block-copy", async (root, moment) =>
    {
        var (_, hash) = await StepImages.RunningAsync(root);
        root.DieAt(moment);
        await DieAsync(root, async client => await (await client.GetDomainAsync("c1", Test)).CopyBlocksAsync("sdm", StepImages.Target(StepDevices.FolderOf(root)),
            Fails(moment) ? [new TypedParameter("granularity", 1u << 27)] : [], DomainBlockCopyFlags.TransientJob, Test));
        await root.StartAgainAsync();
        await StepImages.IsWholeAsync(root, moment, hash);
    }, stays: true);

    [Fact]
    public async Task A_commit_is_under_way_or_nothing_of_it() => await ForEachAsync("block-job", async (root, moment) =>
    {
        var (guest, hash) = await StepImages.RunningAsync(root);
        if (Fails(moment))
            await guest.AttachDeviceAsync(StepImages.Reader(StepDevices.FolderOf(root)), DomainDeviceModifyFlags.Live, Test);
        root.DieAt(moment);
        await DieAsync(root, async client =>
        {
            Domain again = await client.GetDomainAsync("c1", Test);
            if (Fails(moment) || moment.Contains("labels/", StringComparison.Ordinal))
                await again.CommitBlocksAsync("sdm", null, null, 0, DomainBlockCommitFlags.Active, Test);
            else
                await again.PullBlocksAsync("sdm", 0, cancel: Test);
        });
        await root.StartAgainAsync();
        if (Fails(moment))
        {
            await root.SettleAsync(moment);
            await (await root.Client.GetDomainAsync("c1", Test)).DetachDeviceAsync(StepImages.Reader(StepDevices.FolderOf(root)), DomainDeviceModifyFlags.Live, Test);
        }
        await StepImages.IsWholeAsync(root, moment, hash);
    }, stays: true);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_end_of_a_job_is_made_true_by_the_next_daemon(bool pivots) => await ForEachAsync("block-job-end", async (root, moment) =>
    {
        var (guest, hash) = await StepImages.RunningAsync(root);
        if (pivots)
        {
            await guest.CopyBlocksAsync("sdm", StepImages.Target(StepDevices.FolderOf(root)), [], DomainBlockCopyFlags.TransientJob, Test);
            await StepImages.ReadyAsync(guest);
        }
        root.DieAt(moment);
        await DieAsync(root, async client =>
        {
            Domain again = await client.GetDomainAsync("c1", Test);
            if (pivots)
                await again.AbortBlockJobAsync("sdm", DomainBlockJobAbortFlags.Pivot, Test);
            else
                await again.PullBlocksAsync("sdm", 0, cancel: Test);
            while (true)        // until the daemon dies of the job's end
                await again.GetBlockJobInfoAsync("sdm", cancel: Test);
        });
        await root.StartAgainAsync();
        await StepImages.IsWholeAsync(root, moment, hash);
    }, stays: true);
}
