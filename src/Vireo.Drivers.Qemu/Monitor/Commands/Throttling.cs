using System.Text.Json;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Monitor.Commands;

/// <summary>Limits the traffic of a disk; what is not limited is 0.</summary>
/// <param name="Id">The disk's front end.</param>
/// <param name="Limits">The limits.</param>
public sealed record BlockSetIoThrottle(string Id, DiskIoTune Limits) : IQmpAction
{
    /// <inheritdoc/>
    public string Name => "block_set_io_throttle";

    /// <inheritdoc/>
    public void WriteArguments(Utf8JsonWriter json)
    {
        json.WriteString("id", Id);
        json.WriteNumber("bps", Limits.TotalBytes ?? 0);
        json.WriteNumber("bps_rd", Limits.ReadBytes ?? 0);
        json.WriteNumber("bps_wr", Limits.WriteBytes ?? 0);
        json.WriteNumber("iops", Limits.TotalIops ?? 0);
        json.WriteNumber("iops_rd", Limits.ReadIops ?? 0);
        json.WriteNumber("iops_wr", Limits.WriteIops ?? 0);
        void More(string name, ulong? value)
        {
            if (value is { } number)
                json.WriteNumber(name, number);
        }
        More("bps_max", Limits.TotalBytesMax);
        More("bps_rd_max", Limits.ReadBytesMax);
        More("bps_wr_max", Limits.WriteBytesMax);
        More("iops_max", Limits.TotalIopsMax);
        More("iops_rd_max", Limits.ReadIopsMax);
        More("iops_wr_max", Limits.WriteIopsMax);
        More("iops_size", Limits.SizeIops);
        if (Limits.GroupName is { } group)
            json.WriteString("group", group);
        More("bps_max_length", Limits.TotalBytesMaxLength);
        More("bps_rd_max_length", Limits.ReadBytesMaxLength);
        More("bps_wr_max_length", Limits.WriteBytesMaxLength);
        More("iops_max_length", Limits.TotalIopsMaxLength);
        More("iops_rd_max_length", Limits.ReadIopsMaxLength);
        More("iops_wr_max_length", Limits.WriteIopsMaxLength);
    }
}

/// <summary>A drive and the limits of what is in it.</summary>
/// <param name="QDev">Its front end: an id or a place in the object tree.</param>
/// <param name="Limits">The limits; null: there is nothing in it.</param>
/// <param name="Status">"ok", "failed", "nospace"; null: the drive does not say.</param>
public sealed record DriveLimits(string QDev, DiskIoTune? Limits, string? Status);

/// <summary>Asks for the limits of the drives, and which of them failed.</summary>
public sealed record QueryBlockLimits : IQmpCommand<IReadOnlyList<DriveLimits>>
{
    /// <inheritdoc/>
    public string Name => "query-block";

    /// <inheritdoc/>
    public IReadOnlyList<DriveLimits> Read(JsonElement reply) =>
        [.. reply.Items().Select(static one => new DriveLimits(one.Text("qdev") ?? "", one.Member("inserted") is { } medium ? Limits(medium) : null, one.Text("io-status")))];

    static DiskIoTune Limits(JsonElement medium)
    {
        ulong? Of(string name) => medium.Unsigned(name) is > 0 and var value ? value : null;
        return new DiskIoTune
        {
            TotalBytes = Of("bps"), ReadBytes = Of("bps_rd"), WriteBytes = Of("bps_wr"),
            TotalIops = Of("iops"), ReadIops = Of("iops_rd"), WriteIops = Of("iops_wr"),
            TotalBytesMax = Of("bps_max"), ReadBytesMax = Of("bps_rd_max"), WriteBytesMax = Of("bps_wr_max"),
            TotalIopsMax = Of("iops_max"), ReadIopsMax = Of("iops_rd_max"), WriteIopsMax = Of("iops_wr_max"),
            SizeIops = Of("iops_size"), GroupName = medium.Text("group"),
            TotalBytesMaxLength = Of("bps_max_length"), ReadBytesMaxLength = Of("bps_rd_max_length"), WriteBytesMaxLength = Of("bps_wr_max_length"),
            TotalIopsMaxLength = Of("iops_max_length"), ReadIopsMaxLength = Of("iops_rd_max_length"), WriteIopsMaxLength = Of("iops_wr_max_length"),
        };
    }
}

/// <summary>Has QEMU tell once when something was written beyond an offset of a node.</summary>
/// <param name="Node">The node.</param>
/// <param name="Threshold">The offset in bytes; 0: it does not tell any more.</param>
public sealed record BlockSetWriteThreshold(string Node, ulong Threshold) : IQmpAction
{
    /// <inheritdoc/>
    public string Name => "block-set-write-threshold";

    /// <inheritdoc/>
    public void WriteArguments(Utf8JsonWriter json)
    {
        json.WriteString("node-name", Node);
        json.WriteNumber("write-threshold", Threshold);
    }
}
