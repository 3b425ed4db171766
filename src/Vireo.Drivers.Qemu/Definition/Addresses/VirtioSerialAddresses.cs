using Vireo.Core;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Definition.Addresses;

/// <summary>Ports of virtio-serial controllers for channels and consoles. Port 0 is for consoles.</summary>
static class VirtioSerialAddresses
{
    const uint PortsPerController = 31;

    public static DomainDef Apply(DomainDef machine, DefinitionContext context)
    {
        DeviceSet set = machine.Devices;
        var taken = new HashSet<(uint Controller, uint Port)>();
        foreach (Device device in set.Channels.Cast<Device>().Concat(set.Consoles))
            if (device.Address is DeviceAddress.VirtioSerial { } given && given.Port != 0)
                taken.Add((given.Controller, given.Port));

        uint first = set.Controllers.Where(static c => c.Type is ControllerType.VirtioSerial).Select(static c => c.Index ?? 0).DefaultIfEmpty().Min();

        DeviceAddress.VirtioSerial Assign(DeviceAddress? written, bool console)
        {
            var hint = written as DeviceAddress.VirtioSerial;
            if (hint is { Port: not 0 })
                return hint;
            if (console && hint is null && taken.Add((0, 0)))
                return new DeviceAddress.VirtioSerial();
            for (uint controller = hint?.Controller ?? first; ; controller++)
                for (uint port = 1; port < PortsPerController; port++)
                    if (taken.Add((controller, port)))
                        return new DeviceAddress.VirtioSerial { Controller = controller, Bus = hint?.Bus ?? 0, Port = port };
        }

        return machine with
        {
            Devices = set with
            {
                Channels = set.Channels.Map(c => c.Target is ChannelTarget.OfVirtio ? c with { Address = Assign(c.Address, false) } : c),
                Consoles = set.Consoles.Map(c => c.TargetType is ConsoleTarget.Virtio && c.Address is DeviceAddress.VirtioSerial ? c with { Address = Assign(c.Address, true) } : c),
            },
        };
    }
}
