using System.Collections.Immutable;
using Vireo.Core.Errors;
using Vireo.Core.TypedParameters;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Test.Tuning;

/// <summary>One limit of a disk's traffic: its parameter, what it is, and limits with another one. 0 is no limit.</summary>
sealed record IoTuneLimit(string Name, Func<DiskIoTune, ulong?> Get, Func<DiskIoTune, ulong?, DiskIoTune> Set);

/// <summary>The limits that there are, and what must hold between them.</summary>
static class IoTuneLimits
{
    /// <summary>No limit may be larger.</summary>
    const ulong Most = 1_000_000_000_000_000;

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

    /// <summary>Limits with those that were given, the others as they are.</summary>
    /// <exception cref="VireoException">ArgumentUnsupported for what is too much, InvalidArg for what does not go together.</exception>
    public static DiskIoTune? Change(DiskIoTune tune, TypedParameter[] parameters)
    {
        foreach (IoTuneLimit limit in (IEnumerable<IoTuneLimit>)[.. Rates, .. Lengths])
        {
            if (parameters.GetULong(limit.Name) is not { } value)
                continue;
            if (value > Most)
                throw new VireoException(ErrorCode.ArgumentUnsupported, ErrorDomain.Test, $"block I/O throttle limit value must be no more than {Most}");
            tune = limit.Set(tune, value is 0 ? null : value);
        }
        if (parameters.Get("group_name")?.AsString is { } group)
            tune = tune with { GroupName = group };
        Together(tune.TotalBytes, tune.ReadBytes, tune.WriteBytes, "bytes_sec");
        Together(tune.TotalIops, tune.ReadIops, tune.WriteIops, "iops_sec");
        Together(tune.TotalBytesMax, tune.ReadBytesMax, tune.WriteBytesMax, "bytes_sec_max");
        Together(tune.TotalIopsMax, tune.ReadIopsMax, tune.WriteIopsMax, "iops_sec_max");
        for (int rate = 0; rate < 6; rate++)
        {
            if ((Rates[rate].Get(tune) ?? 0) > (Rates[rate + 6].Get(tune) ?? 0))
                throw VireoException.InvalidArgument(ErrorDomain.Test, $"{Rates[rate].Name} cannot be set higher than {Rates[rate + 6].Name} ");
        }
        return tune == new DiskIoTune() ? null : tune;
    }

    static void Together(ulong? total, ulong? read, ulong? write, string what)
    {
        if (total is not null && (read ?? write) is not null)
            throw VireoException.InvalidArgument(ErrorDomain.Test, $"total and read/write of {what} cannot be set at the same time");
    }
}
