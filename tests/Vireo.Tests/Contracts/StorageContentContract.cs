using Vireo.Core.Errors;
using Vireo.Driver;
using Xunit;

namespace Vireo.Tests.Contracts;

/// <summary>What a driver keeps whose volumes have content.</summary>
[Holds(typeof(IStorageVolumeData), typeof(IStorageVolumeMeasures), typeof(IStorageVolumeResizing), typeof(IStorageVolumeWipe), typeof(IStorageVolumeWipePatterns),
    typeof(IStoragePoolTargets), typeof(IStoragePoolCapabilities))]
public abstract class StorageContentContract(ISubject subject, string folder) : Contract(subject)
{
    const int Size = 1 << 20;

    async Task<(StoragePoolRef Pool, StorageVolumeRef Volume)> VolumeAsync(ulong allocation = 0)
    {
        StoragePoolRef pool = await On<IStoragePoolLifecycle>().CreateTransientAsync(
            $"<pool type='dir'><name>c1</name><target><path>{folder}/c1</path></target></pool>", StoragePoolCreateFlags.Normal, default);
        return (pool, await On<IStorageVolumes>().CreateAsync(
            pool, $"<volume><name>v</name><capacity>{Size}</capacity><allocation>{allocation}</allocation></volume>", StorageVolumeCreateFlags.None, default));
    }

    [Fact]
    public async Task What_was_uploaded_is_downloaded()
    {
        (_, StorageVolumeRef volume) = await VolumeAsync();
        byte[] content = new byte[Size];
        new Random(1).NextBytes(content);
        await UploadAsync(volume, content, 0);
        Assert.Equal(content, await DownloadAsync(volume, 0, 0));
        Assert.Equal(content[1000..3000], await DownloadAsync(volume, 1000, 2000));
        Assert.Empty(await DownloadAsync(volume, Size + 1, 0));
        await UploadAsync(volume, content[..10], 5);
        Assert.Equal(content[..10], await DownloadAsync(volume, 5, 10));
        Assert.Equal(Size, (await DownloadAsync(volume, 0, 0)).Length);
    }

    [Fact]
    public async Task No_more_is_taken_than_was_said()
    {
        (_, StorageVolumeRef volume) = await VolumeAsync();
        var client = new Gathering();
        IStreamHandler handler = await On<IStorageVolumeData>().UploadAsync(volume, 0, 10, StorageVolumeUploadFlags.None, client, default);
        handler.Ready();
        handler.Received(new byte[100]);
        VireoException refused = await Assert.ThrowsAsync<VireoException>(async () => await handler.FinishedAsync());
        Assert.Equal(ErrorCode.SystemError, refused.Code);
    }

    [Fact]
    public async Task A_client_that_was_stopped_goes_on_when_its_stream_has_failed()
    {
        (_, StorageVolumeRef volume) = await VolumeAsync();
        var client = new Gathering();
        IStreamHandler handler = await On<IStorageVolumeData>().UploadAsync(volume, 0, 10, StorageVolumeUploadFlags.None, client, default);
        handler.Ready();
        while (handler.Received(new byte[4 * Size]) && !client.Ended.IsCompleted) { }
        Assert.Equal(ErrorCode.SystemError, (await Assert.ThrowsAsync<VireoException>(() => client.Ended)).Code);
        if (!handler.Received(new byte[1]))
            await client.Resumed.WaitAsync(TestContext.Current.CancellationToken);
        handler.Aborted();
    }

    [Fact]
    public async Task Holes_stay_holes()
    {
        (_, StorageVolumeRef volume) = await VolumeAsync();
        var client = new Gathering();
        IStreamHandler handler = await On<IStorageVolumeData>().UploadAsync(volume, 0, 0, StorageVolumeUploadFlags.SparseStream, client, default);
        handler.Ready();
        handler.Received(new byte[] { 1, 2, 3 });
        handler.ReceivedHole(2 * Size);
        handler.Received(new byte[] { 4 });
        handler.ReceivedHole(Size);
        await handler.FinishedAsync();
        StorageVolumeInfo info = await On<IStorageVolumeMeasures>().MeasureAsync(volume, StorageVolumeInfoFlags.GetPhysical, default);
        Assert.Equal(3ul * Size + 4, info.Allocation);
        Assert.True((await On<IStorageVolumeMeasures>().MeasureAsync(volume, StorageVolumeInfoFlags.UseAllocation, default)).Allocation < Size);
        byte[] whole = await DownloadAsync(volume, 0, 0, StorageVolumeDownloadFlags.SparseStream);
        Assert.Equal((3 * Size + 4, (byte)2, (byte)4), (whole.Length, whole[1], whole[3 + 2 * Size]));
    }

    [Fact]
    public async Task A_volume_in_use_is_left_alone()
    {
        (_, StorageVolumeRef volume) = await VolumeAsync();
        IStreamHandler handler = await On<IStorageVolumeData>().UploadAsync(volume, 0, 0, StorageVolumeUploadFlags.None, new Gathering(), default);
        await RefusedAsync(ErrorCode.OperationInvalid, () => On<IStorageVolumes>().DeleteAsync(volume, StorageVolumeDeleteFlags.Normal, default));
        await RefusedAsync(ErrorCode.OperationInvalid, () => On<IStorageVolumeResizing>().ResizeAsync(volume, 5 * Size, StorageVolumeResizeFlags.None, default));
        await RefusedAsync(ErrorCode.OperationInvalid, () => On<IStorageVolumeWipe>().WipeAsync(volume, 0, default));
        handler.Aborted();
        await On<IStorageVolumes>().DeleteAsync(volume, StorageVolumeDeleteFlags.Normal, default);
    }

    [Fact]
    public async Task Capacity_grows_and_shrinks_only_when_told()
    {
        (_, StorageVolumeRef volume) = await VolumeAsync();
        IStorageVolumeResizing resizing = On<IStorageVolumeResizing>();
        await resizing.ResizeAsync(volume, 2 * Size, StorageVolumeResizeFlags.None, default);
        await resizing.ResizeAsync(volume, Size, StorageVolumeResizeFlags.Delta, default);
        Assert.Equal(3ul * Size, (await InfoAsync(volume)).Capacity);
        await RefusedAsync(ErrorCode.InvalidArg, () => resizing.ResizeAsync(volume, Size, StorageVolumeResizeFlags.None, default));
        await resizing.ResizeAsync(volume, Size, StorageVolumeResizeFlags.Shrink | StorageVolumeResizeFlags.Delta, default);
        Assert.Equal(2ul * Size, (await InfoAsync(volume)).Capacity);
        await resizing.ResizeAsync(volume, 4 * Size, StorageVolumeResizeFlags.Allocate, default);
        Assert.Equal((4ul * Size, 4ul * Size), ((await InfoAsync(volume)).Capacity, (await InfoAsync(volume)).Allocation));
        await RefusedAsync(ErrorCode.InvalidArg, () => resizing.ResizeAsync(volume, Size, StorageVolumeResizeFlags.Shrink, default));
        await RefusedAsync(ErrorCode.OperationFailed, () => resizing.ResizeAsync(volume, 1ul << 62, StorageVolumeResizeFlags.Allocate, default));
        await RefusedAsync(ErrorCode.InvalidArg, () => resizing.ResizeAsync(volume, Size, (StorageVolumeResizeFlags)0x80, default));
    }

    [Theory, InlineData(0), InlineData(Size)]
    public async Task What_was_wiped_is_zero_and_as_long_as_before(int allocation)
    {
        (_, StorageVolumeRef volume) = await VolumeAsync((ulong)allocation);
        await UploadAsync(volume, [.. Enumerable.Repeat((byte)7, 5000)], 100);
        await On<IStorageVolumeWipe>().WipeAsync(volume, 0, default);
        Assert.Equal(new byte[Size], await DownloadAsync(volume, 0, 0));
        await RefusedAsync(ErrorCode.InvalidArg, () => On<IStorageVolumeWipePatterns>().WipeAsync(volume, (StorageVolumeWipeAlgorithm)99, 0, default));
        await RefusedAsync(ErrorCode.InvalidArg, () => On<IStorageVolumeWipePatterns>().WipeAsync(volume, StorageVolumeWipeAlgorithm.Zero, 1, default));
        await RefusedAsync(ErrorCode.ArgumentUnsupported, () => On<IStorageVolumeWipePatterns>().WipeAsync(volume, StorageVolumeWipeAlgorithm.Trim, 0, default));
    }

    [Fact]
    public async Task A_pool_is_found_by_its_place_and_its_kind_is_known()
    {
        (StoragePoolRef pool, _) = await VolumeAsync();
        Assert.Equal(pool, await On<IStoragePoolTargets>().LookupByTargetPathAsync($"{folder}//c1/", default));
        await RefusedAsync(ErrorCode.NoStoragePool, () => On<IStoragePoolTargets>().LookupByTargetPathAsync("/nowhere", default));
        Assert.Contains("<pool type='dir' supported='yes'>", await On<IStoragePoolCapabilities>().GetCapabilitiesAsync(0, default), StringComparison.Ordinal);
        await RefusedAsync(ErrorCode.InvalidArg, () => On<IStoragePoolCapabilities>().GetCapabilitiesAsync(1, default));
    }

    ValueTask<StorageVolumeInfo> InfoAsync(StorageVolumeRef volume) => On<IStorageVolumeMeasures>().MeasureAsync(volume, StorageVolumeInfoFlags.UseAllocation, default);

    async Task UploadAsync(StorageVolumeRef volume, byte[] content, ulong offset)
    {
        var client = new Gathering();
        IStreamHandler handler = await On<IStorageVolumeData>().UploadAsync(volume, offset, 0, StorageVolumeUploadFlags.None, client, default);
        handler.Ready();
        foreach (byte[] piece in content.Chunk(65_000))
            if (!handler.Received(piece))
                await client.Resumed.WaitAsync(TestContext.Current.CancellationToken);
        await handler.FinishedAsync();
    }

    async Task<byte[]> DownloadAsync(StorageVolumeRef volume, ulong offset, ulong length, StorageVolumeDownloadFlags flags = StorageVolumeDownloadFlags.None)
    {
        var client = new Gathering();
        IStreamHandler handler = await On<IStorageVolumeData>().DownloadAsync(volume, offset, length, flags, client, default);
        client.Handler = handler;
        handler.Ready();
        await client.Ended.WaitAsync(TestContext.Current.CancellationToken);
        await handler.FinishedAsync();
        return client.Bytes;
    }

    /// <summary>A client that is slow now and then.</summary>
#pragma warning disable CA1001 // memory and a semaphore without a wait handle: nothing to dispose
    sealed class Gathering : IStreamSink
#pragma warning restore CA1001
    {
        readonly MemoryStream bytes = new();
        readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        readonly SemaphoreSlim resumed = new(0);
        int pieces;

        public IStreamHandler? Handler { get; set; }

        public Task Ended => ended.Task;

        public SemaphoreSlim Resumed => resumed;

        public byte[] Bytes => bytes.ToArray();

        public bool Send(ReadOnlySpan<byte> data)
        {
            bytes.Write(data);
            return Slow();
        }

        public bool SendHole(long length)
        {
            bytes.Write(new byte[length]);
            return Slow();
        }

        bool Slow()
        {
            if (++pieces % 2 == 0)
                return true;
            ThreadPool.QueueUserWorkItem(_ => Handler!.Ready());
            return false;
        }

        public void Resume() => resumed.Release();

        public void End() => ended.TrySetResult();

        public void Fail(VirError error) => ended.TrySetException(new VireoException(error));
    }
}
