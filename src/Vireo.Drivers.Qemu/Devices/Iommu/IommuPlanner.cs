using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Devices;

/// <summary>An IOMMU for the guest.</summary>
sealed class IommuPlanner : IDevicePlanner<Iommu>
{
    public DevicePlan Plan(Iommu iommu, PlanContext at) => iommu.Model switch
    {
        IommuModel.Intel => new DevicePlan
        {
            Frontends =
            [
                new QemuDevice("intel-iommu")
                {
                    { "id", iommu.Alias },
                    { "intremap", OnOff(iommu.Driver?.InterruptRemapping) },
                    { "caching-mode", iommu.Driver?.CachingMode },
                    { "eim", OnOff(iommu.Driver?.Eim) },
                    { "device-iotlb", iommu.Driver?.IoTlb },
                    { "aw-bits", iommu.Driver?.AddressWidth },
                },
            ],
        },
        IommuModel.Virtio => new DevicePlan
        {
            Frontends = [new QemuDevice("virtio-iommu") { { "id", iommu.Alias }, at.Address(iommu) }],
        },
        _ => DevicePlan.Nothing,
    };

    /// <summary>It is made before the controllers that it translates for.</summary>
    public static bool IsFirst(Iommu iommu) => iommu.Model is IommuModel.Intel or IommuModel.Virtio;

    static string? OnOff(bool? on) => on switch { true => "on", false => "off", null => null };
}
