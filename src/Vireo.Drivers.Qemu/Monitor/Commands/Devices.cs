using System.Text.Json;

namespace Vireo.Drivers.Qemu.Monitor.Commands;

/// <summary>A character device: what it is connected to, and whether the guest opened it.</summary>
public sealed record CharDevice(string Label, string Filename, bool FrontendOpen)
{
    /// <summary>The path of its pseudo terminal, if it is one.</summary>
    public string? Pty => Filename.StartsWith("pty:", StringComparison.Ordinal) ? Filename[4..] : null;
}

/// <summary>Asks for the character devices.</summary>
public sealed record QueryChardev : IQmpCommand<IReadOnlyList<CharDevice>>
{
    /// <inheritdoc/>
    public string Name => "query-chardev";

    /// <inheritdoc/>
    public IReadOnlyList<CharDevice> Read(JsonElement reply) =>
        [.. reply.Items().Select(c => new CharDevice(c.Needed("label"), c.Text("filename") ?? "", c.Flag("frontend-open") ?? false))];
}

/// <summary>Memory that is plugged in: where the guest sees it, and how much of it is there.</summary>
/// <param name="Alias">Its id.</param>
/// <param name="Address">A module's address; null for what has none of its own.</param>
/// <param name="Bytes">What the guest has of it now.</param>
public sealed record PluggedMemory(string Alias, ulong? Address, ulong Bytes);

/// <summary>Asks for the memory that is plugged in.</summary>
public sealed record QueryMemoryDevices : IQmpCommand<IReadOnlyList<PluggedMemory>>
{
    /// <inheritdoc/>
    public string Name => "query-memory-devices";

    /// <inheritdoc/>
    public IReadOnlyList<PluggedMemory> Read(JsonElement reply) =>
    [
        .. reply.Items().Select(static one => one.Member("data") ?? throw QmpErrors.Malformed("no 'data'"))
            .Where(static data => data.Text("id") is not null)
            .Select(static data => new PluggedMemory(data.Needed("id"), data.Unsigned("addr"), data.Unsigned("size") ?? throw QmpErrors.Malformed("no 'size'"))),
    ];
}

/// <summary>Asks for the balloon's size in bytes.</summary>
public sealed record QueryBalloon : IQmpCommand<long>
{
    /// <inheritdoc/>
    public string Name => "query-balloon";

    /// <inheritdoc/>
    public long Read(JsonElement reply) => reply.Number("actual") ?? throw QmpErrors.Malformed("no 'actual'");
}

/// <summary>Asks the guest for another size in bytes.</summary>
public sealed record Balloon(long Value) : IQmpAction
{
    /// <inheritdoc/>
    public string Name => "balloon";

    /// <inheritdoc/>
    public void WriteArguments(Utf8JsonWriter json) => json.WriteNumber("value", Value);
}

/// <summary>What a disk has done so far.</summary>
public sealed record BlockCounters
{
    /// <summary>The drive's legacy name, empty for -blockdev.</summary>
    public string Device { get; init; } = "";

    /// <summary>The front end's place in the object tree, or the drive's id.</summary>
    public string QDev { get; init; } = "";

    /// <summary>The node at the top.</summary>
    public string? NodeName { get; init; }

    /// <summary>Reads, and their bytes and nanoseconds.</summary>
    public (long Count, long Bytes, long Nanoseconds) Read { get; init; }

    /// <summary>Writes, and their bytes and nanoseconds.</summary>
    public (long Count, long Bytes, long Nanoseconds) Written { get; init; }

    /// <summary>Flushes and their nanoseconds.</summary>
    public (long Count, long Nanoseconds) Flushed { get; init; }

    /// <summary>The highest offset written, of the image.</summary>
    public long WriteHighest { get; init; }
}

/// <summary>Asks what the disks have done.</summary>
public sealed record QueryBlockStats : IQmpCommand<IReadOnlyList<BlockCounters>>
{
    /// <inheritdoc/>
    public string Name => "query-blockstats";

    /// <inheritdoc/>
    public IReadOnlyList<BlockCounters> Read(JsonElement reply) => [.. reply.Items().Select(ReadOne)];

    static BlockCounters ReadOne(JsonElement drive)
    {
        var stats = drive.Member("stats") ?? default;
        long Of(string name) => stats.Number(name) ?? 0;
        return new()
        {
            Device = drive.Text("device") ?? "",
            QDev = drive.Text("qdev") ?? "",
            NodeName = drive.Text("node-name"),
            Read = (Of("rd_operations"), Of("rd_bytes"), Of("rd_total_time_ns")),
            Written = (Of("wr_operations"), Of("wr_bytes"), Of("wr_total_time_ns")),
            Flushed = (Of("flush_operations"), Of("flush_total_time_ns")),
            WriteHighest = (drive.Member("parent") ?? default).Member("stats")?.Number("wr_highest_offset") ?? Of("wr_highest_offset"),
        };
    }
}
