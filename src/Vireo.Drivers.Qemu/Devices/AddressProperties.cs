using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Drivers.Qemu.Definition;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Devices;

/// <summary>Addresses in QEMU's words.</summary>
static class AddressProperties
{
    public static QemuProperties Of(Device device, DomainDef machine, MachineType type)
    {
        var properties = new QemuProperties();
        switch (device.Address)
        {
            case DeviceAddress.Pci pci:
                properties["bus"] = PciBus(pci, machine, type);
                properties["multifunction"] = pci.Multifunction;
                properties["addr"] = pci.Function == 0 ? $"0x{pci.Slot:x}" : $"0x{pci.Slot:x}.0x{pci.Function:x}";
                properties["acpi-index"] = device.AcpiIndex;
                break;
            case DeviceAddress.Usb usb:
                properties["bus"] = $"{Controller(machine, ControllerType.Usb, usb.Bus, "usb")}.0";
                properties["port"] = usb.Port;
                break;
            case DeviceAddress.Ccid ccid:
                properties["bus"] = $"{Controller(machine, ControllerType.Ccid, ccid.Controller, "ccid0")}.0";
                break;
            case DeviceAddress.SpaprVio vio:
                properties["reg"] = vio.Reg;
                break;
            case DeviceAddress.Ccw ccw:
                properties["devno"] = $"{ccw.CssId:x}.{ccw.SsId:x}.{ccw.DevNo:x4}";
                break;
            case DeviceAddress.Dimm dimm:
                properties["slot"] = dimm.Slot;
                properties["addr"] = dimm.Base;
                break;
            case DeviceAddress.Isa isa:
                properties["iobase"] = isa.IoBase;
                properties["irq"] = isa.Irq;
                break;
        }
        return properties;
    }

    /// <summary>The alias of a controller, by which devices name the bus it makes.</summary>
    public static string Controller(DomainDef machine, ControllerType type, uint index, string fallback)
    {
        foreach (Controller controller in machine.Devices.Controllers)
            if (controller.Type == type && (controller.Index ?? 0) == index)
                return controller.Alias ?? fallback;
        return fallback;
    }

    static string PciBus(DeviceAddress.Pci pci, DomainDef machine, MachineType type)
    {
        string root = type.IsQ35 || type.IsVirt ? "pcie.0" : "pci.0";
        foreach (Controller controller in machine.Devices.Controllers)
        {
            if (controller.Type is not ControllerType.Pci || (controller.Index ?? 0) != pci.Bus)
                continue;
            if (controller.Model is "pcie-root" || controller.Model is "pci-root" && !type.IsPseries)
                return root;                             // QEMU's own name, whatever the user calls it
            string alias = controller.Alias ?? root;
            return controller.Model == "pci-root" && type.IsPseries && pci.Bus > 0 ? alias + ".0" : alias;
        }
        return pci.Bus == 0 ? root : $"pci.{pci.Bus}";
    }
}
