using System.Collections.Immutable;
using Vireo.Core.TypedParameters;
using Vireo.Model.Domain.Devices;

namespace Vireo.Driver;

/// <summary>One limit of a disk's traffic: its parameter, what it is, and limits with another one. 0 is no limit.</summary>
/// <param name="Name">The parameter.</param>
/// <param name="Get">What a disk has; null: none.</param>
/// <param name="Set">Limits with another one.</param>
public sealed record IoTuneLimit(string Name, Func<DiskIoTune, ulong?> Get, Func<DiskIoTune, ulong?, DiskIoTune> Set);

/// <summary>The limits of a disk's traffic as parameters of calls: VIR_DOMAIN_BLOCK_IOTUNE_*.</summary>
public static class IoTuneLimits
{
    /// <summary>No limit may be larger.</summary>
    public const ulong Most = 1_000_000_000_000_000;

    /// <summary>Rates, bursts and the size that counts as one request.</summary>
    public static ImmutableArray<IoTuneLimit> Rates { get; } =
    [
        new("total_bytes_sec", tune => tune.TotalBytes, (tune, value) => tune with { TotalBytes = value }),
        new("read_bytes_sec", tune => tune.ReadBytes, (tune, value) => tune with { ReadBytes = value }),
        new("write_bytes_sec", tune => tune.WriteBytes, (tune, value) => tune with { WriteBytes = value }),
        new("total_iops_sec", tune => tune.TotalIops, (tune, value) => tune with { TotalIops = value }),
        new("read_iops_sec", tune => tune.ReadIops, (tune, value) => tune with { ReadIops = value }),
        new("write_iops_sec", tune => tune.WriteIops, (tune, value) => tune with { WriteIops = value }),
        new("total_bytes_sec_max", tune => tune.TotalBytesMax, (tune, value) => tune with { TotalBytesMax = value }),
        new("read_bytes_sec_max", tune => tune.ReadBytesMax, (tune, value) => tune with { ReadBytesMax = value }),
        new("write_bytes_sec_max", tune => tune.WriteBytesMax, (tune, value) => tune with { WriteBytesMax = value }),
        new("total_iops_sec_max", tune => tune.TotalIopsMax, (tune, value) => tune with { TotalIopsMax = value }),
        new("read_iops_sec_max", tune => tune.ReadIopsMax, (tune, value) => tune with { ReadIopsMax = value }),
        new("write_iops_sec_max", tune => tune.WriteIopsMax, (tune, value) => tune with { WriteIopsMax = value }),
        new("size_iops_sec", tune => tune.SizeIops, (tune, value) => tune with { SizeIops = value }),
    ];

    /// <summary>How long bursts may last, in seconds.</summary>
    public static ImmutableArray<IoTuneLimit> Lengths { get; } =
    [
        new("total_bytes_sec_max_length", tune => tune.TotalBytesMaxLength, (tune, value) => tune with { TotalBytesMaxLength = value }),
        new("read_bytes_sec_max_length", tune => tune.ReadBytesMaxLength, (tune, value) => tune with { ReadBytesMaxLength = value }),
        new("write_bytes_sec_max_length", tune => tune.WriteBytesMaxLength, (tune, value) => tune with { WriteBytesMaxLength = value }),
        new("total_iops_sec_max_length", tune => tune.TotalIopsMaxLength, (tune, value) => tune with { TotalIopsMaxLength = value }),
        new("read_iops_sec_max_length", tune => tune.ReadIopsMaxLength, (tune, value) => tune with { ReadIopsMaxLength = value }),
        new("write_iops_sec_max_length", tune => tune.WriteIopsMaxLength, (tune, value) => tune with { WriteIopsMaxLength = value }),
    ];

    /// <summary>All names and types.</summary>
    public static (string, ParameterType)[] Known => [.. Rates.Concat(Lengths).Select(static limit => (limit.Name, ParameterType.ULong)), ("group_name", ParameterType.String)];

    /// <summary>All of a disk's, in the order in which they are told.</summary>
    public static TypedParameter[] All(DiskIoTune tune)
    {
        TypedParameter Value(IoTuneLimit limit) => new(limit.Name, limit.Get(tune) ?? 0);
        return [.. Rates.Select(Value), new("group_name", tune.GroupName ?? ""), .. Lengths.Select(Value)];
    }
}
