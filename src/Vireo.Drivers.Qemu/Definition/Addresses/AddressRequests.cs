using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Definition.Addresses;

/// <summary>&lt;address type='pci'/&gt; alone asks for any PCI address; that is what a device without one gets.</summary>
static class AddressRequests
{
    public static DomainDef Apply(DomainDef machine, DefinitionContext context)
    {
        DeviceSet set = machine.Devices;
        return machine with
        {
            Devices = set with
            {
                Controllers = set.Controllers.Map(static d => IsRequest(d) ? d with { Address = null } : d),
                Interfaces = set.Interfaces.Map(static d => IsRequest(d) ? d with { Address = null } : d),
                Sounds = set.Sounds.Map(static d => IsRequest(d) ? d with { Address = null } : d),
                Disks = set.Disks.Map(static d => IsRequest(d) ? d with { Address = null } : d),
                MemoryBalloon = set.MemoryBalloon is { } balloon && IsRequest(balloon) ? balloon with { Address = null } : set.MemoryBalloon,
                Rngs = set.Rngs.Map(static d => IsRequest(d) ? d with { Address = null } : d),
                Watchdogs = set.Watchdogs.Map(static d => IsRequest(d) ? d with { Address = null } : d),
                Videos = set.Videos.Map(static d => IsRequest(d) ? d with { Address = null } : d),
                Inputs = set.Inputs.Map(static d => IsRequest(d) ? d with { Address = null } : d),
            },
        };
    }

    static bool IsRequest(Device device) => device.Address is DeviceAddress.Pci { Domain: 0, Bus: 0, Slot: 0, Function: 0 };
}
