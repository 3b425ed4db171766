using Vireo.Core.Errors;
using Vireo.Core.TypedParameters;
using Vireo.Driver;
using Vireo.Drivers.Test.Domains;
using Vireo.Drivers.Test.Host;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Test.Tuning;

/// <summary>Limits of one disk's traffic.</summary>
sealed class IoTuneTuning(TestHost host) : DomainWork(host), IDomainBlockIoTune
{
    public ValueTask<TypedParameter[]> GetBlockIoTuneAsync(DomainRef domain, string? disk, DomainModificationImpact flags, CancellationToken cancel)
    {
        TestErrors.NotBoth(flags, "virDomainGetBlockIoTune");
        flags.Only(DomainModificationImpact.Live | DomainModificationImpact.Config, "testDomainGetBlockIoTune");
        // Who only asks how many parameters there are need not name a disk.
        DomainDef def = SeeDef(domain, flags);
        DiskIoTune tune = (disk is null ? null : Find(def.Devices, disk).IoTune) ?? new DiskIoTune();
        return new(IoTuneLimits.All(tune));
    }

    public ValueTask SetBlockIoTuneAsync(
        DomainRef domain, string disk, TypedParameter[] parameters, DomainModificationImpact flags, CancellationToken cancel)
    {
        TestErrors.NotBoth(flags, "virDomainSetBlockIoTune");
        flags.Only(DomainModificationImpact.Live | DomainModificationImpact.Config, "testDomainSetBlockIoTune");
        ParameterRules.Check(parameters, IoTuneLimits.Known);
        return Edit(domain, flags, def =>
        {
            Disk found = Find(def.Devices, disk);
            DiskIoTune? tune = IoTuneChanges.Change(found.IoTune ?? new DiskIoTune(), parameters);
            return def with { Devices = def.Devices with { Disks = def.Devices.Disks.Map(one => ReferenceEquals(one, found) ? one with { IoTune = tune } : one) } };
        });
    }

    static Disk Find(DeviceSet devices, string? disk) => DomainDevicesByName.FindDisk(devices, disk)
        ?? throw VireoException.InvalidArgument(ErrorDomain.Test, $"disk '{disk}' was not found in the domain config");
}
