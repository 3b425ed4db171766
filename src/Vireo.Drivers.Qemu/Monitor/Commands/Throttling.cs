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
