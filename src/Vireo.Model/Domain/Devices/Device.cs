using Vireo.Core;
using Vireo.Core.Xml;

namespace Vireo.Model.Domain.Devices;

/// <summary>Whatever stands under <c>&lt;devices&gt;</c> and has a place on a bus.</summary>
public abstract partial record Device
{
    [Child("boot", Since = "0.8.8")] public DeviceBoot? Boot { get; init; }
    /// <summary>The device's id in the hypervisor; a user's own begins with <c>ua-</c>.</summary>
    [Hook("alias")] public string? Alias { get; init; }
    [Attr("startport", In = "master")] public int? MasterStartPort { get; init; }
    [Child("rom", Since = "0.9.7")] public DeviceRom? Rom { get; init; }
    [Attr("index", In = "acpi")] [Abi("ACPI index", Quoted = true)] public uint? AcpiIndex { get; init; }
    [Child("address")] [Abi] public DeviceAddress? Address { get; init; }
}

/// <summary>When the firmware tries this device.</summary>
[Element("boot")]
public sealed partial record DeviceBoot
{
    [Attr("order", NonZero = true)] public required uint Order { get; init; }
    [Attr("loadparm", Since = "3.5.0")] public string? LoadParm { get; init; }
}

/// <summary>A PCI device's option ROM.</summary>
[Element("rom")]
public sealed partial record DeviceRom
{
    [Attr("enabled", Since = "4.3.0")] public bool? Enabled { get; init; }
    [Attr("bar", OnOff = true, Since = "0.9.7")] public bool? Bar { get; init; }
    [Attr("file", Since = "0.9.10")] public string? File { get; init; }
}

/// <summary>The options of every virtio device.</summary>
public interface IVirtioOptions
{
    /// <summary>Behind the guest's IOMMU.</summary>
    bool? Iommu { get; }
    /// <summary>Address translation services.</summary>
    bool? Ats { get; }
    /// <summary>Packed rings.</summary>
    bool? Packed { get; }
    /// <summary>A page for each queue's notification.</summary>
    bool? PagePerVq { get; }
}

/// <summary>A driver element with nothing but the virtio options.</summary>
[Element("driver", OmitEmpty = true)]
public sealed partial record VirtioDriver : IVirtioOptions
{
    [Attr("iommu", OnOff = true, Since = "3.5.0")] [Abi("device iommu option", Quoted = true)] public bool? Iommu { get; init; }
    [Attr("ats", OnOff = true, Since = "3.5.0")] [Abi("device ats option", Quoted = true)] public bool? Ats { get; init; }
    [Attr("packed", OnOff = true, Since = "6.3.0")] [Abi("device packed option", Quoted = true)] public bool? Packed { get; init; }
    [Attr("page_per_vq", OnOff = true, Since = "7.9.0")] [Abi("device page_per_vq option", Quoted = true)] public bool? PagePerVq { get; init; }
}
