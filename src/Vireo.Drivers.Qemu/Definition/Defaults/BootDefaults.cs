using Vireo.Core;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Definition.Defaults;

/// <summary>s390 firmware knows capitals only.</summary>
static class BootDefaults
{
    public static DomainDef Apply(DomainDef machine, DefinitionContext context) => machine with
    {
        Devices = machine.Devices with
        {
            Disks = machine.Devices.Disks.Map(static d => d.Boot is { LoadParm: not null } boot ? d with { Boot = Capitals(boot) } : d),
            Interfaces = machine.Devices.Interfaces.Map(static d => d.Boot is { LoadParm: not null } boot ? d with { Boot = Capitals(boot) } : d),
            Hostdevs = machine.Devices.Hostdevs.Map(static d => d.Boot is { LoadParm: not null } boot ? d with { Boot = Capitals(boot) } : d),
        },
    };

    static DeviceBoot Capitals(DeviceBoot boot) => boot with { LoadParm = boot.LoadParm?.ToUpperInvariant() };
}
