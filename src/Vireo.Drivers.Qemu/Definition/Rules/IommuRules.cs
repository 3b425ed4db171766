using Vireo.Core.Errors;
using Vireo.Core.Xml;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;
using Vireo.Model.Rules;

namespace Vireo.Drivers.Qemu.Definition.Rules;

/// <summary>The guest's IOMMU: each model has its machines.</summary>
sealed class IommuRules : IRules<Iommu, RuledMachine>
{
    public static void Check(Iommu element, RuledMachine document, Findings found)
    {
        string device = $"IOMMU device: '{element.Model.ToXml()}'";
        MachineType type = document.Type;
        string? flag = element.Model switch { IommuModel.Intel => "intel-iommu", IommuModel.Virtio => "virtio-iommu-pci", _ => "machine.virt.iommu" };
        switch (element.Model)
        {
            case IommuModel.Intel when !type.IsQ35:
                found.Unsupported(element, $"{device} is only supported with Q35 machines");
                break;
            case IommuModel.SmmuV3 when !type.IsArmVirt:
                found.Unsupported(element, $"{device} is only supported with ARM Virt machines");
                break;
            case IommuModel.Virtio when !type.IsQ35 && !type.IsArmVirt:
                found.Unsupported(element, $"{device} is only supported with Q35 and ARM Virt machines");
                break;
        }
        bool boots = element.Model is not IommuModel.Virtio || !type.IsX86 || document.Facts.Has("virtio-iommu.boot-bypass");   // a PC's firmware needs its disk
        if (!document.Facts.Has(flag) || !boots)
            found.Unsupported(element, $"{device} is not supported with this QEMU binary");
        if (element.Model is IommuModel.Virtio)
            CheckVirtio(element, device, document, found);
        if (element.Driver is { } driver)
            CheckDriver(driver, element.Model, document, found);
    }

    static void CheckVirtio(Iommu iommu, string device, RuledMachine machine, Findings found)
    {
        if (machine.Type.IsX86 && machine.Def.Features?.Acpi is not true)
            found.Unsupported(iommu, $"{device} requires ACPI");
        if (iommu.Address is not (null or DeviceAddress.Pci))
            found.Unsupported(iommu, $"{device} needs a PCI address");
        else if (iommu.Address is DeviceAddress.Pci { Bus: > 0 } at)
            found.Add(iommu, ErrorCode.XmlError,
                $"The device at PCI address {at.Domain:x4}:{at.Bus:x2}:{at.Slot:x2}.{at.Function:x} needs to be an integrated device (bus=0)");
    }

    static void CheckDriver(IommuDriver driver, IommuModel model, RuledMachine machine, Findings found)
    {
        if (model is IommuModel.SmmuV3 or IommuModel.Virtio)
        {
            found.Wrong(driver, $"iommu model '{model.ToXml()}' doesn't support additional attributes");
            return;
        }
        if (driver.InterruptRemapping is true && machine.Def.Features?.IoApic is not IoApicDriver.Qemu)
            found.Unsupported(driver, "IOMMU interrupt remapping requires split I/O APIC (ioapic driver='qemu')");
        if (driver.Eim is true && driver.InterruptRemapping is not true)
            found.Unsupported(driver, "IOMMU eim requires interrupt remapping to be enabled");
        foreach (var (written, flag, what) in ((bool, string, string)[])
            [
                (driver.InterruptRemapping is not null, "intel-iommu.intremap", "interrupt remapping"),
                (driver.CachingMode is not null, "intel-iommu.caching-mode", "caching mode"),
                (driver.Eim is not null, "intel-iommu.eim", "eim"),
                (driver.IoTlb is not null, "intel-iommu.device-iotlb", "device IOTLB"),
                (driver.AddressWidth is not null, "intel-iommu.aw-bits", "aw_bits"),
            ])
            if (written && !machine.Facts.Has(flag))
                found.Unsupported(driver, $"iommu: {what} is not supported with this QEMU binary");
    }
}
