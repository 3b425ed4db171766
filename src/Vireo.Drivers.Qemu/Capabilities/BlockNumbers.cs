using Vireo.Core.Errors;
using Vireo.Core.TypedParameters;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Devices;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Host.Files;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Capabilities;

/// <summary>The group of a guest's statistics that is about its disks.</summary>
static class BlockNumbers
{
    static readonly TimeSpan patience = TimeSpan.FromMilliseconds(500);

    internal static async ValueTask AddAsync(FileLooks looks, List<TypedParameter> to, LiveQemu? live, DomainDef def, CancellationToken cancel)
    {
        bool ask = live is not null && !def.Devices.Disks.IsEmpty;
        var counters = ask ? await DomainBlocks.CountersAsync(live!, cancel).ConfigureAwait(false) : [];
        var nodes = ask ? await SizesAsync(looks, live!, def, counters, cancel).ConfigureAwait(false) : [];
        to.Add(new("block.count", (uint)def.Devices.Disks.Count));
        for (int i = 0; i < def.Devices.Disks.Count; i++)
            await AddDiskAsync(looks, to, $"block.{i}.", def.Devices.Disks[i], live is not null, counters, nodes, cancel).ConfigureAwait(false);
    }

    // How large a file is for the guest stays, and what it takes the host's kernel knows: QEMU is asked for what is new, or is no file.
    static async ValueTask<IReadOnlyList<BlockNode>> SizesAsync(FileLooks looks, LiveQemu live, DomainDef def, IReadOnlyList<BlockCounters> counters, CancellationToken cancel)
    {
        bool known = def.Devices.Disks.All(disk => BlockGraph.IsEmpty(disk.Source)
            || disk.Source is DiskSource.OfFile { FdGroup: null } && DomainBlocks.Of(counters, disk) is { NodeName: { } node } && live.Sizes.ContainsKey(node));
        if (known)
            return await Task.WhenAll(def.Devices.Disks.Select(disk => (Path: DomainBlocks.PathOf(disk), Node: DomainBlocks.Of(counters, disk)?.NodeName))
                .Where(static one => one is { Path: not null, Node: not null })
                .Select(async one => new BlockNode(one.Node!, live.Sizes.GetValueOrDefault(one.Node!),
                    await LookAsync(looks, one.Path!, "allocated", DomainBlocks.AllocatedOf, cancel).ConfigureAwait(false)))).ConfigureAwait(false);
        if (await live.AskAsync(new QueryNamedBlockNodes(), cancel).ConfigureAwait(false) is not { } nodes) return [];
        foreach (BlockNode node in nodes) live.Sizes[node.Name] = node.VirtualSize;
        return nodes;
    }

    static async ValueTask AddDiskAsync(
        FileLooks looks, List<TypedParameter> to, string prefix, Disk disk, bool live, IReadOnlyList<BlockCounters> counters, IReadOnlyList<BlockNode> nodes, CancellationToken cancel)
    {
        void Add(string name, long value) => to.Add(new(prefix + name, (ulong)value));

        to.Add(new($"{prefix}name", disk.Target.Device));
        string? path = DomainBlocks.PathOf(disk);
        if (path is not null) to.Add(new($"{prefix}path", path));
        if (live && disk.Source.Index is { } index) to.Add(new($"{prefix}backingIndex", index));
        var c = DomainBlocks.Of(counters, disk);
        if (c is not null)
        {
            foreach (var (key, value) in new[]
            {
                ("rd.reqs", c.Read.Count), ("rd.bytes", c.Read.Bytes), ("rd.times", c.Read.Nanoseconds), ("wr.reqs", c.Written.Count),
                ("wr.bytes", c.Written.Bytes), ("wr.times", c.Written.Nanoseconds), ("fl.reqs", c.Flushed.Count), ("fl.times", c.Flushed.Nanoseconds),
            })
                Add(key, value);
        }
        if (path is null && (!live || BlockGraph.IsEmpty(disk.Source))) return;
        if (live)
        {
            if (c is null) return;
            Add("allocation", c.WriteHighest);
            var node = nodes.FirstOrDefault(n => n.Name == c.NodeName);
            if (node is { VirtualSize: > 0 }) Add("capacity", node.VirtualSize);
            // An image that takes nothing yet shows its length.
            if (node is { ActualSize: > 0 }) Add("physical", node.ActualSize);
            else if (path is null) Add("physical", node?.VirtualSize ?? 0);
            else if (await MeasureAsync(looks, path, disk, cancel).ConfigureAwait(false) is { } file) Add("physical", (long)file.Physical);
        }
        else if (await MeasureAsync(looks, path!, disk, cancel).ConfigureAwait(false) is { } file)
        {
            foreach (var (key, value) in new[] { ("allocation", file.Allocation), ("capacity", file.Capacity), ("physical", file.Physical) })
                if (value > 0) Add(key, (long)value);
        }
    }

    static async ValueTask<BlockInfo?> MeasureAsync(FileLooks looks, string path, Disk disk, CancellationToken cancel)
    {
        StorageFormat format = disk.Driver?.Type ?? StorageFormat.Raw;
        return await LookAsync<BlockInfo?>(looks, path, format.ToXml(), file => DomainBlocks.Measure(file, format), cancel).ConfigureAwait(false);
    }

    // A file that cannot be read, or does not answer, has no numbers; the others' are wanted all the same.
    static async ValueTask<T?> LookAsync<T>(FileLooks looks, string path, string kind, Func<string, T> look, CancellationToken cancel)
    {
        try
        {
            return await looks.LookAsync(path, kind, look, patience, cancel).ConfigureAwait(false);
        }
        catch (Exception e) when (e is VireoException or IOException or UnauthorizedAccessException or TimeoutException)
        {
            return default;
        }
    }
}
