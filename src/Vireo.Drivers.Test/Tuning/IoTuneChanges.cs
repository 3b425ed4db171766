using Vireo.Core.Errors;
using Vireo.Core.TypedParameters;
using Vireo.Driver;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Test.Tuning;

/// <summary>What must hold between the limits of a disk.</summary>
static class IoTuneChanges
{
    /// <summary>Limits with those that were given, the others as they are.</summary>
    /// <exception cref="VireoException">ArgumentUnsupported for what is too much, InvalidArg for what does not go together.</exception>
    public static DiskIoTune? Change(DiskIoTune tune, TypedParameter[] parameters)
    {
        foreach (IoTuneLimit limit in (IEnumerable<IoTuneLimit>)[.. IoTuneLimits.Rates, .. IoTuneLimits.Lengths])
        {
            if (parameters.GetULong(limit.Name) is not { } value)
                continue;
            if (value > IoTuneLimits.Most)
                throw new VireoException(ErrorCode.ArgumentUnsupported, ErrorDomain.Test, $"block I/O throttle limit value must be no more than {IoTuneLimits.Most}");
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
            if ((IoTuneLimits.Rates[rate].Get(tune) ?? 0) > (IoTuneLimits.Rates[rate + 6].Get(tune) ?? 0))
                throw VireoException.InvalidArgument(ErrorDomain.Test, $"{IoTuneLimits.Rates[rate].Name} cannot be set higher than {IoTuneLimits.Rates[rate + 6].Name} ");
        }
        return tune == new DiskIoTune() ? null : tune;
    }

    static void Together(ulong? total, ulong? read, ulong? write, string what)
    {
        if (total is not null && (read ?? write) is not null)
            throw VireoException.InvalidArgument(ErrorDomain.Test, $"total and read/write of {what} cannot be set at the same time");
    }
}
