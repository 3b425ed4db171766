using Vireo.Core.Errors;
using Vireo.Core.TypedParameters;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Tuning;

/// <summary>
/// What becomes of a disk's limits when some are set, as stock 9.0.0 does it: limits come in families (total, read and write of the same kind), and
/// whoever sets one of a family sets all of it.
/// </summary>
static class IoTuneRules
{
    const int Kinds = 6, Family = 3;

    /// <summary>Refuses a total beside its parts.</summary>
    internal static void CheckParts(TypedParameter[] parameters)
    {
        foreach (string kind in (string[])["bytes_sec", "iops_sec", "bytes_sec_max", "iops_sec_max", "bytes_sec_max_length", "iops_sec_max_length"])
            if (Given($"total_{kind}") && (Given($"read_{kind}") || Given($"write_{kind}")))
                throw VireoException.InvalidArgument(ErrorDomain.Domain, $"total and read/write of {kind} cannot be set at the same time");

        bool Given(string name) => parameters.GetULong(name) is > 0;
    }

    /// <summary>Refuses bursts that are slower than the rates beside them, and what no disk can do.</summary>
    internal static void CheckLargest(TypedParameter[] parameters)
    {
        foreach (TypedParameter one in parameters)
            if (one.Type is ParameterType.ULong && one.AsULong > IoTuneLimits.Most)
                throw new VireoException(ErrorCode.ArgumentUnsupported, ErrorDomain.Qemu, $"block I/O throttle limit value must be no more than {IoTuneLimits.Most}");
        for (int kind = 0; kind < Kinds; kind++)
            if (parameters.GetULong(IoTuneLimits.Rates[kind + Kinds].Name) is > 0 and var burst && parameters.GetULong(IoTuneLimits.Rates[kind].Name) > burst)
                throw QemuErrors.Unsupported($"value '{IoTuneLimits.Rates[kind + Kinds].Name}' cannot be smaller than '{IoTuneLimits.Rates[kind].Name}'");
    }

    /// <summary>A machine with other limits of a disk, and of those that are in its group from then on.</summary>
    internal static DomainDef With(DomainDef machine, Disk disk, TypedParameter[] parameters)
    {
        DiskIoTune before = disk.IoTune ?? new DiskIoTune();
        string? group = parameters.Get("group_name")?.AsString ?? before.GroupName;
        bool onlyGroup = parameters.All(static one => one.Name == "group_name");
        // Who joins a group takes its limits; who sets limits sets those of the group.
        DiskIoTune? shared = onlyGroup && group is not null
            ? machine.Devices.Disks.FirstOrDefault(other => other.Target.Device != disk.Target.Device && other.IoTune?.GroupName == group)?.IoTune : null;
        DiskIoTune next = shared ?? Change(before, parameters) with { GroupName = group };
        if (next with { GroupName = null } == new DiskIoTune())
        {
            if (group is not null && group != before.GroupName)
                throw QemuErrors.Unsupported("creating a new group/updating existing with all tune parameters zero is not supported");
            next = new DiskIoTune();
        }
        DiskIoTune? written = next == new DiskIoTune() ? null : next;
        return machine with
        {
            Devices = machine.Devices with
            {
                Disks = machine.Devices.Disks.Map(one => one.Target.Device == disk.Target.Device
                    || next.GroupName is not null && one.IoTune?.GroupName == next.GroupName ? one with { IoTune = written } : one),
            },
        };
    }

    static DiskIoTune Change(DiskIoTune before, TypedParameter[] parameters)
    {
        var rates = IoTuneLimits.Rates;
        DiskIoTune next = before;
        // Bytes, operations, and the bursts of both; the size of one request stands alone.
        for (int family = 0; family < Kinds * 2 / Family; family++)
            if (rates.Skip(family * Family).Take(Family).Any(limit => parameters.Get(limit.Name) is not null))
                foreach (IoTuneLimit limit in rates.Skip(family * Family).Take(Family))
                    next = limit.Set(next, Some(parameters.GetULong(limit.Name)));
        IoTuneLimit size = rates[^1];
        if (parameters.GetULong(size.Name) is { } request)
            next = size.Set(next, Some(request));
        for (int family = 0; family < Kinds / Family; family++)
            if (Enumerable.Range(family * Family, Family).Any(kind => parameters.Get(IoTuneLimits.Lengths[kind].Name) is not null))
                foreach (int kind in Enumerable.Range(family * Family, Family))
                    next = IoTuneLimits.Lengths[kind].Set(next, Some(parameters.GetULong(IoTuneLimits.Lengths[kind].Name)) ?? Usual(next, kind));
        return next;
    }

    // A burst that has a rate lasts a second unless somebody says otherwise.
    static ulong? Usual(DiskIoTune limits, int kind) =>
        (IoTuneLimits.Rates[kind].Get(limits) ?? IoTuneLimits.Rates[kind + Kinds].Get(limits)) is > 0 ? 1 : null;

    static ulong? Some(ulong? value) => value is 0 ? null : value;

    /// <summary>All limits, those that are none as 0, so that QEMU forgets what was set before.</summary>
    internal static DiskIoTune Whole(DiskIoTune limits)
    {
        foreach (IoTuneLimit limit in IoTuneLimits.Rates)
            limits = limit.Set(limits, limit.Get(limits) ?? 0);
        return limits;
    }
}
