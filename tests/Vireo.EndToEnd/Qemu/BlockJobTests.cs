using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Vireo.Core.Errors;
using Vireo.Core.TypedParameters;
using Vireo.Driver;
using Xunit;

namespace Vireo.EndToEnd.Qemu;

/// <summary>A real guest whose disk stands on four images, a, b, c and d, each with a megabyte of its own.</summary>
sealed partial class ChainedGuest : IAsyncDisposable
{
    static readonly CancellationToken Test = CancellationToken.None;
    readonly ConcurrentQueue<string> told = new();

    ChainedGuest(QemuRoot root, string folder) => (Root, Folder) = (root, folder);

    internal QemuRoot Root { get; }
    internal string Folder { get; }
    internal DomainRef Guest { get; private set; }
    internal IDomainBlockJobs Jobs => Root.Get<IDomainBlockJobs>();
    internal string Content { get; private set; } = "";

    internal string At(string name) => Path.Join(Folder, name + ".qcow2");

    internal static async Task<ChainedGuest> StartAsync()
    {
        var root = await new QemuRoot().StartAsync();
        string folder = Path.Join(root.Paths.Root!, "images");
        Directory.CreateDirectory(folder);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folder, (UnixFileMode)0b111_101_101);
        var made = new ChainedGuest(root, folder);
        await Images.MakeAsync(made.At("a"), null, 1, 0);
        await Images.MakeAsync(made.At("b"), made.At("a"), 2, 1);
        await Images.MakeAsync(made.At("c"), made.At("b"), 3, 2);
        await Images.MakeAsync(made.At("d"), made.At("c"), 4, 3);
        made.Content = await Images.HashAsync(made.At("d"));
        string xml = QemuRoot.Guest("blocks").Replace("<serial type='pty'/>", $"<disk type='file'><driver name='qemu' type='qcow2'/><source file='{made.At("d")}'/><target dev='vda' bus='virtio'/></disk>", StringComparison.Ordinal);
        DomainRef guest = await root.Get<IDomainDefinition>().DefineAsync(xml, default, Test);
        await root.Get<IDomainEvents>().SubscribeAsync(DomainEventId.BlockJob2, null, e => made.told.Enqueue($"{((DomainBlockJob2Event)e).Target} {((DomainBlockJob2Event)e).Type} {((DomainBlockJob2Event)e).Status}"), Test);
        await root.Get<IDomainEvents>().SubscribeAsync(DomainEventId.BlockJob, null, e => made.told.Enqueue($"{Path.GetFileNameWithoutExtension(((DomainBlockJobEvent)e).Disk)} {((DomainBlockJobEvent)e).Type} {((DomainBlockJobEvent)e).Status}"), Test);
        made.Guest = await root.Get<IDomainPower>().CreateAsync(guest, DomainCreateFlags.StartPaused, Test);
        return made;
    }

    internal async Task HeardAsync(params string[] events)
    {
        for (int i = 0; i < 3000 && told.Count < events.Length; i++) await Task.Delay(10, Test);
        Assert.Equal(events, told);
        told.Clear();
    }

    internal async Task<string> XmlAsync(DomainXmlFlags flags = default) => await Root.Get<IDomainInfo>().GetXmlAsync(Guest, flags, Test);

    /// <summary>The images that the document says the disk has, the top first.</summary>
    internal async Task<string[]> ShownAsync(DomainXmlFlags flags = default) =>
        [.. Source().Matches(await XmlAsync(flags)).Select(static m => m.Groups[1].Value)];

    /// <summary>The document and the images say the same.</summary>
    internal async Task IsOnAsync(params string[] chain)
    {
        Assert.Equal(chain, await ShownAsync());
        Assert.Equal(chain.Select(static c => c + ".qcow2"), await Images.ChainAsync(At(chain[0])));
    }

    /// <summary>The same, and what the guest would read is what it was. It has ended then: before that QEMU need not have written everything.</summary>
    internal async Task IsWholeAsync(params string[] chain)
    {
        await IsOnAsync(chain);
        await Root.Get<IDomainPower>().DestroyAsync(Guest, Test);
        Assert.Equal(Content, await Images.HashAsync(At(chain[0])));
    }

    internal async Task RefusedAsync(ErrorCode code, string text, Func<ValueTask> call)
    {
        var refused = await Assert.ThrowsAsync<VireoException>(() => call().AsTask());
        Assert.Equal((code, text), (refused.Code, refused.Message));
    }

    [GeneratedRegex("<source file='[^']*/([a-z0-9]+)\\.qcow2'")]
    private static partial Regex Source();

    public ValueTask DisposeAsync() => Root.DisposeAsync();
}

/// <summary>Jobs on the blocks of guests that run, with their contents.</summary>
public sealed class BlockJobTests
{
    static CancellationToken Test => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_pull_draws_images_up_to_a_base_and_then_all()
    {
        await using var guest = await ChainedGuest.StartAsync();
        await guest.Jobs.RebaseBlocksAsync(guest.Guest, "vda", guest.At("b"), 0, default, Test);
        await guest.HeardAsync("d Pull Completed", "vda Pull Completed");
        await guest.IsOnAsync("d", "b", "a");
        await guest.Jobs.PullBlocksAsync(guest.Guest, "vda", 0, default, Test);
        await guest.HeardAsync("d Pull Completed", "vda Pull Completed");
        await guest.IsOnAsync("d");
        Assert.False((await guest.Jobs.GetBlockJobInfoAsync(guest.Guest, "vda", default, Test)).Found);
        await guest.IsWholeAsync("d");
    }

    [Fact]
    public async Task A_commit_writes_images_down_and_deletes_them_if_asked()
    {
        await using var guest = await ChainedGuest.StartAsync();
        await guest.Jobs.CommitBlocksAsync(guest.Guest, "vda", guest.At("a"), guest.At("c"), 0, DomainBlockCommitFlags.Delete, Test);
        await guest.HeardAsync("d Commit Completed", "vda Commit Completed");
        await guest.IsOnAsync("d", "a");
        Assert.False(File.Exists(guest.At("b")) || File.Exists(guest.At("c")));
        await guest.RefusedAsync(ErrorCode.InvalidArg, "invalid argument: commit of 'vda' active layer requires active flag",
            () => guest.Jobs.CommitBlocksAsync(guest.Guest, "vda", null, null, 0, default, Test));
        await guest.IsWholeAsync("d", "a");
    }

    [Fact]
    public async Task An_active_commit_is_given_up_or_gone_over_to()
    {
        await using var guest = await ChainedGuest.StartAsync();
        await guest.Jobs.CommitBlocksAsync(guest.Guest, "vda", null, null, 0, DomainBlockCommitFlags.Active, Test);
        await guest.HeardAsync("d ActiveCommit Ready", "vda ActiveCommit Ready");
        string xml = await guest.XmlAsync();
        Assert.Contains("<mirror type='file' job='active-commit' ready='yes'>", xml, StringComparison.Ordinal);
        await guest.RefusedAsync(ErrorCode.BlockCopyActive, "block copy still active: disk 'vda' already in active block job",
            () => guest.Jobs.PullBlocksAsync(guest.Guest, "vda", 0, default, Test));
        await guest.Jobs.AbortBlockJobAsync(guest.Guest, "vda", default, Test);
        await guest.HeardAsync("d ActiveCommit Canceled", "vda ActiveCommit Canceled");
        await guest.IsOnAsync("d", "c", "b", "a");
        await guest.Jobs.CommitBlocksAsync(guest.Guest, "vda", guest.At("b"), null, 0, DomainBlockCommitFlags.Active, Test);
        await guest.HeardAsync("d ActiveCommit Ready", "vda ActiveCommit Ready");
        await guest.Jobs.AbortBlockJobAsync(guest.Guest, "vda", DomainBlockJobAbortFlags.Pivot, Test);
        await guest.HeardAsync("b ActiveCommit Completed", "vda ActiveCommit Completed");
        Assert.Equal("b", (await guest.ShownAsync(DomainXmlFlags.Inactive))[0]);
        await guest.IsWholeAsync("b", "a");
    }

    [Theory]
    [InlineData(DomainBlockCopyFlags.None)]
    [InlineData(DomainBlockCopyFlags.Shallow)]
    public async Task A_copy_survives_the_daemon_and_becomes_the_disk(DomainBlockCopyFlags how)
    {
        await using var guest = await ChainedGuest.StartAsync();
        string target = $"<disk type='file'><driver type='qcow2'/><source file='{guest.At("x")}'/></disk>";
        await guest.RefusedAsync(ErrorCode.OperationInvalid, "Requested operation is not valid: domain is not transient",
            () => guest.Jobs.CopyBlocksAsync(guest.Guest, "vda", target, [], how, Test));
        await guest.Jobs.CopyBlocksAsync(guest.Guest, "vda", target, [new TypedParameter("granularity", 65536u)], how | DomainBlockCopyFlags.TransientJob, Test);
        await guest.HeardAsync("d Copy Ready", "vda Copy Ready");
        await guest.Root.StopAsync();
        await guest.Root.StartAsync();
        BlockJobInfo info = await guest.Jobs.GetBlockJobInfoAsync(guest.Guest, "vda", default, Test);
        Assert.Equal((true, DomainBlockJobType.Copy), (info.Found, info.Type));
        Assert.Equal(info.End, info.Current);
        await guest.RefusedAsync(ErrorCode.ConfigUnsupported, $"unsupported configuration: external destination file for disk vda already exists and is not a block device: {guest.At("c")}", async () =>
        {
            await guest.Jobs.AbortBlockJobAsync(guest.Guest, "vda", DomainBlockJobAbortFlags.Pivot, Test);
            await guest.Jobs.CopyBlocksAsync(guest.Guest, "vda", target.Replace(guest.At("x"), guest.At("c"), StringComparison.Ordinal), [], how | DomainBlockCopyFlags.TransientJob, Test);
        });
        Assert.Equal("x", (await guest.ShownAsync(DomainXmlFlags.Inactive))[0]);
        await guest.IsWholeAsync(how is DomainBlockCopyFlags.Shallow ? ["x", "c", "b", "a"] : ["x"]);
    }

    [Fact]
    public async Task What_would_move_a_disk_away_waits_for_its_job()
    {
        await using var guest = await ChainedGuest.StartAsync();
        await guest.Jobs.PullBlocksAsync(guest.Guest, "vda", 1, DomainBlockPullFlags.BandwidthBytes, Test);
        Assert.Equal(1ul, (await guest.Jobs.GetBlockJobInfoAsync(guest.Guest, "vda", DomainBlockJobInfoFlags.BandwidthBytes, Test)).Bandwidth);
        await guest.RefusedAsync(ErrorCode.OperationInvalid, "Requested operation is not valid: domain has active block job",
            () => guest.Root.Get<IDomainSave>().SaveAsync(guest.Guest, Path.Join(guest.Folder, "save"), null, default, Test));
        await guest.RefusedAsync(ErrorCode.OperationUnsupported, "Operation not supported: disk 'vda' already in active block job",
            () => guest.Root.Get<IDomainDevices>().DetachDeviceAsync(guest.Guest, $"<disk type='file'><source file='{guest.At("d")}'/><target dev='vda' bus='virtio'/></disk>", DomainDeviceModifyFlags.Live, Test));
        await guest.Jobs.SetBlockJobSpeedAsync(guest.Guest, "vda", 0, default, Test);
        await guest.HeardAsync("d Pull Completed", "vda Pull Completed");
        await guest.IsWholeAsync("d");
    }
}
