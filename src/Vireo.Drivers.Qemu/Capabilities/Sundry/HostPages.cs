using System.Globalization;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Host.Topology;

namespace Vireo.Drivers.Qemu.Capabilities;

/// <summary>Pages of the host's memory, by size and cell.</summary>
sealed class HostPages(QemuNode node) : INodePages, INodePageAllocation
{
    static uint Usual => (uint)(Environment.SystemPageSize / 1024);

    public ValueTask<ulong[]> GetFreePagesAsync(uint[] sizes, int startCell, uint cellCount, uint flags, CancellationToken cancel)
    {
        if (flags != 0)
            throw QemuErrors.UnknownFlags("qemuNodeGetFreePages", flags);
        return new(Task.Run(() =>
        {
            List<ulong> free = [];
            foreach (int cell in Cells(startCell, cellCount))
                foreach (uint size in sizes)
                    free.Add(size == Usual ? FreeOf(cell) : Huge(cell, size, "free_hugepages"));
            return free.ToArray();
        }, cancel));
    }

    // A first cell of -1 is the whole host.
    IEnumerable<int> Cells(int first, uint count)
    {
        if (first < 0)
            return [-1];
        int[] known = [.. node.Nodes.Read().Select(static cell => cell.Id)];
        int last = known[^1];
        if (first > last)
            throw VireoException.Internal(ErrorDomain.None, $"start cell {first} out of range (0-{last})");
        return known.Where(id => id >= first && id < (long)first + count);
    }

    ulong FreeOf(int cell) => (cell < 0 ? node.Nodes.Sum().FreeKiB : node.Nodes.Read().FirstOrDefault(one => one.Id == cell)?.FreeKiB ?? 0) / Usual;

    static string FolderOf(int cell, uint size) => cell < 0 ? $"/sys/kernel/mm/hugepages/hugepages-{size}kB" : $"/sys/devices/system/node/node{cell}/hugepages/hugepages-{size}kB";

    ulong Huge(int cell, uint size, string file) => node.Tree.Number($"{FolderOf(cell, size)}/{file}") is { } number and >= 0 ? (ulong)number : throw Unknown(size);

    static VireoException Unknown(uint size) => new(ErrorCode.OperationFailed, ErrorDomain.None, $"page size {size} is not available");

    public ValueTask<int> AllocatePagesAsync(uint[] sizes, ulong[] counts, int startCell, uint cellCount, NodeAllocatePagesFlags flags, CancellationToken cancel)
    {
        flags.Only(NodeAllocatePagesFlags.Set, "qemuNodeAllocPages");
        bool add = !flags.HasFlag(NodeAllocatePagesFlags.Set);
        return new(Task.Run(() =>
        {
            int done = 0;
            foreach (int cell in Cells(startCell, cellCount))
                for (int i = 0; i < sizes.Length; i++, done++)
                    Allocate(cell, sizes[i], i < counts.Length ? counts[i] : 0, add);
            return done;
        }, cancel));
    }

    void Allocate(int cell, uint size, ulong count, bool add)
    {
        if (size == Usual)
            throw new VireoException(ErrorCode.OperationUnsupported, ErrorDomain.None, "system pages pool can't be modified");
        ulong wanted = add ? checked(Huge(cell, size, "nr_hugepages") + count) : count;
        string path = $"{FolderOf(cell, size)}/nr_hugepages";
        if (!File.Exists(path))
            throw Unknown(size);
        try
        {
            File.WriteAllText(path, wanted.ToString(CultureInfo.InvariantCulture));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw VireoException.System(ErrorDomain.None, e is UnauthorizedAccessException ? 13 : 22, $"Unable to write to: {path}");
        }
        // The kernel takes what it finds.
        if (Huge(cell, size, "nr_hugepages") < wanted)
            throw new VireoException(ErrorCode.OperationFailed, ErrorDomain.None, $"Unable to allocate {(add ? count : wanted)} pages. Allocated only {Huge(cell, size, "nr_hugepages")}");
    }
}
