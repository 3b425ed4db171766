using Vireo.Drivers.Qemu.Monitor.Commands;

namespace Vireo.Drivers.Qemu.Machine.Vcpus;

/// <summary>One virtual CPU of a running machine.</summary>
public sealed record MachineVcpu
{
    /// <summary>It is there.</summary>
    public bool IsOnline { get; init; }

    /// <summary>It can be taken out, or put in.</summary>
    public bool IsHotpluggable { get; init; }

    /// <summary>The host's thread; 0: it is not there, or QEMU runs all in one.</summary>
    public int ThreadId { get; init; }

    /// <summary>QEMU's number; null: it is not there.</summary>
    public int? Index { get; init; }

    /// <summary>Which place on the board it is the first of; null: it belongs to the place of one before it.</summary>
    public CpuSlot? Slot { get; init; }

    /// <summary>The how-manieth place to be taken; 0: it is free, or not the first of its place.</summary>
    public int Order { get; init; }

    /// <summary>The name of the device that was plugged; null: it was there from the start.</summary>
    public string? Alias => Slot?.QomPath is { } path && path.StartsWith(Plugged, StringComparison.Ordinal) ? path[Plugged.Length..].Split('/')[0] : null;

    internal const string Plugged = "/machine/peripheral/";
}

/// <summary>
/// Brings together what QEMU says of its threads and of the places on its board. vCPUs are numbered by place, the first place first; places were taken in the
/// order of QEMU's own numbers.
/// </summary>
public static class MachineVcpus
{
    /// <summary>The vCPUs of a machine.</summary>
    /// <param name="most">How many it can have.</param>
    /// <param name="threads">Those that are there.</param>
    /// <param name="slots">The places, the last first; empty: this QEMU or machine has no such thing.</param>
    public static IReadOnlyList<MachineVcpu> Of(int most, IReadOnlyList<CpuThread> threads, IReadOnlyList<CpuSlot> slots)
    {
        if (slots.Sum(static s => s.Vcpus) != most)
            return [.. Enumerable.Range(0, most).Select(i => i < threads.Count
                ? new MachineVcpu { IsOnline = true, ThreadId = threads[i].ThreadId, Index = threads[i].Index } : new MachineVcpu())];
        var all = new MachineVcpu[most];
        var places = new List<(CpuSlot Slot, int First, int Next)>();
        int at = 0;
        foreach (CpuSlot slot in slots.Reverse())
        {
            places.Add((slot, at, 0));
            var one = new MachineVcpu { IsOnline = slot.QomPath is not null, IsHotpluggable = slot.QomPath?.StartsWith(MachineVcpu.Plugged, StringComparison.Ordinal) is not false };
            for (int i = 0; i < slot.Vcpus; i++)
                all[at++] = i == 0 ? one with { Slot = slot } : one;
        }
        int order = 0;
        foreach (CpuThread thread in threads)
        {
            int found = places.FindIndex(p => p.Next < p.Slot.Vcpus && IsIn(thread.QomPath, p.Slot.QomPath));
            if (found < 0)
                continue;
            var (slot, first, next) = places[found];
            all[first + next] = all[first + next] with { ThreadId = thread.ThreadId, Index = thread.Index, Order = next == 0 ? ++order : 0 };
            places[found] = (slot, first, next + 1);
        }
        return all;
    }

    static bool IsIn(string path, string? slot) => slot is not null && path.StartsWith(slot, StringComparison.Ordinal) && (path.Length == slot.Length || path[slot.Length] == '/');
}
