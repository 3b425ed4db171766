using System.Globalization;
using Vireo.Core.Errors;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Definition.Addresses;

/// <summary>
/// Registers of devices on POWER's virtual bus. Each kind begins at its own place and goes on in steps of one page.
/// </summary>
static class SpaprVioAddresses
{
    const ulong Step = 0x1000;

    public static DomainDef Apply(DomainDef machine, DefinitionContext context)
    {
        DeviceSet set = machine.Devices;
        var registers = new Dictionary<Device, ulong>(ReferenceEqualityComparer.Instance);
        bool pseries = MachineType.OfDefinition(machine).IsPseries;
        IEnumerable<Device> users = set.Interfaces.Cast<Device>().Concat(set.Controllers).Concat(set.Serials)
            .Concat(set.Nvram is { } nvram ? [nvram] : []).Concat(set.Tpms);
        foreach (Device device in users)
        {
            if (device.Address is not (null or DeviceAddress.SpaprVio) || First(device, pseries) is not { } first)
                continue;
            ulong? wanted = (device.Address as DeviceAddress.SpaprVio)?.Reg;
            ulong register = wanted ?? first;
            while (registers.ContainsValue(register) || wanted is null && IsWritten(set, register))
            {
                if (wanted is not null)
                    throw new VireoException(ErrorCode.XmlError, ErrorDomain.Qemu,
                        string.Create(CultureInfo.InvariantCulture, $"spapr-vio address 0x{register:x} already in use"));
                register += Step;
            }
            registers.Add(device, register);
        }
        if (registers.Count == 0)
            return machine;
        set = set.WithAddresses(d => registers.TryGetValue(d, out ulong register) ? new DeviceAddress.SpaprVio { Reg = register } : d.Address);
        if (set.Consoles is [{ TargetType: ConsoleTarget.Serial or null } console, ..] && set.Serials is [{ Address: DeviceAddress.SpaprVio same }, ..])
            set = set with { Consoles = set.Consoles.SetItem(0, console with { Address = same }) };
        return machine with { Devices = set };
    }

    static bool IsWritten(DeviceSet set, ulong register) => set.Any(d => d.Address is DeviceAddress.SpaprVio { Reg: { } given } && given == register);

    static ulong? First(Device device, bool pseries) => device switch
    {
        Interface { Model: "spapr-vlan" } => 0x1000,
        Controller { Type: ControllerType.Scsi, Model: "ibmvscsi" } => 0x2000,
        NvramDevice => 0x3000,
        Tpm { Model: TpmModel.Spapr } => 0x4000,
        Serial { TargetType: SerialTarget.SpaprVioSerial } when pseries => 0x30000000,
        _ => null,
    };
}
