using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Vireo.Core.Errors;
using Vireo.Core.TypedParameters;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Devices;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Monitor;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Hypervisor.Machines;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Capabilities;

/// <summary>Disks in numbers.</summary>
sealed partial class DomainBlocks(QemuConnection connection) : IDomainBlockStatistics, IDomainBlockParameters
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async ValueTask<BlockStatistics> GetBlockStatisticsAsync(DomainRef domain, string path, CancellationToken cancel)
    {
        var c = await SumAsync(domain, path, cancel).ConfigureAwait(false);
        return new BlockStatistics(c.Read.Count, c.Read.Bytes, c.Written.Count, c.Written.Bytes, -1);
    }

    public async ValueTask<TypedParameter[]> GetBlockParametersAsync(DomainRef domain, string path, uint flags, CancellationToken cancel)
    {
        var c = await SumAsync(domain, path, cancel).ConfigureAwait(false);
        return
        [
            new("wr_bytes", c.Written.Bytes), new("wr_operations", c.Written.Count),
            new("rd_bytes", c.Read.Bytes), new("rd_operations", c.Read.Count), new("flush_operations", c.Flushed.Count),
            new("wr_total_times", c.Written.Nanoseconds), new("rd_total_times", c.Read.Nanoseconds), new("flush_total_times", c.Flushed.Nanoseconds),
        ];
    }

    async ValueTask<BlockCounters> SumAsync(DomainRef domain, string path, CancellationToken cancel)
    {
        var machine = connection.Get(domain);
        if (machine.Live is not { } live || machine.Snapshot.Live is not { } def) throw MachineErrors.NotRunning();
        var disks = path.Length == 0 ? [.. def.Devices.Disks] : new[] { Find(def, path) };
        var counters = await CountersAsync(live, cancel).ConfigureAwait(false);
        var sum = new BlockCounters();
        foreach (var disk in disks)
            if (Of(counters, disk) is { } one) sum = Add(sum, one);
        return sum;
    }

    internal static async ValueTask<IReadOnlyList<BlockCounters>> CountersAsync(LiveQemu live, CancellationToken cancel)
    {
        if (await live.AskAsync(new QueryBlockStats(), cancel).ConfigureAwait(false) is { } counters) live.LastBlocks = counters;
        return live.LastBlocks;
    }

    internal static BlockCounters? Of(IReadOnlyList<BlockCounters> counters, Disk disk) =>
        counters.FirstOrDefault(c => disk.Alias is { } alias && (c.Device == "drive-" + alias || c.QDev == alias
            || c.QDev.StartsWith($"/machine/peripheral/{alias}/", StringComparison.Ordinal) || c.QDev == $"/machine/peripheral/{alias}"));

    static BlockCounters Add(BlockCounters a, BlockCounters b) => new()
    {
        Read = (a.Read.Count + b.Read.Count, a.Read.Bytes + b.Read.Bytes, a.Read.Nanoseconds + b.Read.Nanoseconds),
        Written = (a.Written.Count + b.Written.Count, a.Written.Bytes + b.Written.Bytes, a.Written.Nanoseconds + b.Written.Nanoseconds),
        Flushed = (a.Flushed.Count + b.Flushed.Count, a.Flushed.Nanoseconds + b.Flushed.Nanoseconds),
    };

    internal static Disk? FindOrNull(DomainDef def, string path) => def.Devices.Disks.FirstOrDefault(d => d.Target.Device == path || PathOf(d) == path);

    static Disk Find(DomainDef def, string path) => FindOrNull(def, path)
        ?? throw VireoException.InvalidArgument(ErrorDomain.Qemu, $"invalid path: {path}");

    internal static string? PathOf(Disk disk) => disk.Source switch
    {
        DiskSource.OfFile file => file.Path,
        DiskSource.OfBlock block => block.Path,
        _ => null,
    };

    public async ValueTask<BlockInfo> GetBlockInfoAsync(DomainRef domain, string path, uint flags, CancellationToken cancel)
    {
        QemuMachine machine = connection.Get(domain);
        var disk = FindOrNull(machine.Snapshot.Def!, path)
            ?? throw VireoException.InvalidArgument(ErrorDomain.Qemu, $"invalid path {path} not assigned to domain");
        if (BlockGraph.IsEmpty(disk.Source))
            throw VireoException.InvalidArgument(ErrorDomain.Qemu, $"disk '{path}' does not currently have a source assigned");
        if (machine.Live is not { } live)
            return disk.Source is DiskSource.OfNetwork network
                ? throw VireoException.Internal(ErrorDomain.Storage, $"missing storage backend for network files using {network.Protocol.ToXml()} protocol")
                : await LookAsync(disk, path, cancel).ConfigureAwait(false);
        BlockInfo? file = disk.Source is DiskSource.OfFile { FdGroup: null } or DiskSource.OfBlock ? await LookAsync(disk, path, cancel).ConfigureAwait(false) : null;
        return await OpenedAsync(live, disk, file, cancel).ConfigureAwait(false) ?? file
            ?? throw new VireoException(ErrorCode.OperationTimeout, ErrorDomain.Qemu, $"the guest's process does not tell of the disk '{path}'");
    }

    /// <summary>The numbers of an image that QEMU has open. Of a raw one it knows how far was written; where it does not, the kernel knows how long a file is.</summary>
    static async ValueTask<BlockInfo?> OpenedAsync(LiveQemu live, Disk disk, BlockInfo? file, CancellationToken cancel)
    {
        if (Of(await CountersAsync(live, cancel).ConfigureAwait(false), disk) is not { NodeName: { } name } counters
            || (await live.AskAsync(new QueryNamedBlockNodes(), cancel).ConfigureAwait(false))?.FirstOrDefault(n => n.Name == name) is not { } node)
            return null;
        ulong capacity = (ulong)node.VirtualSize, taken = node.ActualSize > 0 ? (ulong)node.ActualSize : capacity;
        bool isGrown = disk.Source is DiskSource.OfFile && disk.Driver?.Type is not (null or StorageFormat.Raw);
        return counters.WriteHighest > 0 && !isGrown
            ? new BlockInfo((ulong)counters.WriteHighest, capacity, taken)
            : new BlockInfo(taken, capacity, file?.Physical ?? taken);
    }

    async ValueTask<BlockInfo> LookAsync(Disk disk, string path, CancellationToken cancel)
    {
        if (PathOf(disk) is not { } file)
            throw VireoException.InvalidArgument(ErrorDomain.Qemu, $"disk '{path}' does not currently have a source assigned");
        StorageFormat format = disk.Driver?.Type ?? StorageFormat.Raw;
        try
        {
            return await connection.Keeper.Looks.LookAsync(file, format.ToXml(), one => Measure(one, format), Patience, cancel).ConfigureAwait(false);
        }
        catch (TimeoutException e)
        {
            throw new VireoException(ErrorCode.OperationTimeout, ErrorDomain.Qemu, $"the storage of '{file}' does not answer", e);
        }
    }

    /// <summary>Bytes that a file takes on the host; 0: not known.</summary>
    internal static unsafe long AllocatedOf(string file)
    {
        byte* found = stackalloc byte[256];
        return statx(-100, file, 0, 0x7ff, found) < 0 ? 0 : (long)(*(ulong*)(found + 48) * 512);
    }

    internal static unsafe BlockInfo Measure(string file, StorageFormat format)
    {
        byte* found = stackalloc byte[256];
        if (statx(-100, file, 0, 0x7ff, found) < 0)
            throw VireoException.System(ErrorDomain.Qemu, Marshal.GetLastPInvokeError(), $"Failed to open file '{file}'");
        ulong physical = *(ulong*)(found + 40), allocation = *(ulong*)(found + 48) * 512, capacity = physical;
        using var image = File.OpenHandle(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        Span<byte> head = stackalloc byte[32];
        if (format == StorageFormat.Qcow2 && RandomAccess.Read(image, head, 0) == head.Length)
            capacity = BinaryPrimitives.ReadUInt64BigEndian(head[24..]);
        return new BlockInfo(allocation, capacity, physical);
    }

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int statx(int folder, string path, int flags, uint mask, byte* result);
}
