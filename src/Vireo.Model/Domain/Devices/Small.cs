using Vireo.Core;
using Vireo.Core.Xml;

namespace Vireo.Model.Domain.Devices;

/// <summary>A mouse, tablet or keyboard.</summary>
[Element("input")]
public sealed partial record Input : Device
{
    [Attr("type", Bad = "unsupported|unknown input device type '{0}'")] [Abi("input device type")] public required InputType Type { get; init; }
    [Attr("bus", Bad = "unsupported|unknown input bus type '{0}'")] [Abi("input device bus")] public InputBus? Bus { get; init; }
    [Attr("model", Since = "5.2.0")] [Abi("input model")] public InputModel? Model { get; init; }
    [Child(Since = "3.5.0")] [Abi(Text = "Target device virtio options don't match the source")] public VirtioDriver? Driver { get; init; }
    [Child("source")] public InputSource? Source { get; init; }
}

[WireNames] public enum InputType { Mouse, Tablet, Keyboard, Passthrough, Evdev }
[WireNames] public enum InputBus { Ps2, Usb, Xen, Parallels, Virtio, None }
[WireNames] public enum InputModel { Virtio, [Wire("virtio-transitional")] VirtioTransitional, [Wire("virtio-non-transitional")] VirtioNonTransitional }

/// <summary>A host's input device.</summary>
[Element("source")]
public sealed partial record InputSource
{
    [Attr("evdev")] public string? Evdev { get; init; }
    [Attr("dev", Since = "7.4.0")] public string? Device { get; init; }
    [Attr("grab", Since = "7.4.0")] public InputGrab? Grab { get; init; }
    [Attr("grabToggle", Since = "7.6.0")] public InputGrabToggle? GrabToggle { get; init; }
    [Attr("repeat", OnOff = true, Since = "7.4.0")] public bool? Repeat { get; init; }
}

[WireNames] public enum InputGrab { All }

[WireNames]
public enum InputGrabToggle
{
    [Wire("ctrl-ctrl")] CtrlCtrl, [Wire("alt-alt")] AltAlt, [Wire("shift-shift")] ShiftShift, [Wire("meta-meta")] MetaMeta,
    ScrollLock, [Wire("ctrl-scrolllock")] CtrlScrollLock,
}

/// <summary>The device that takes memory from the guest and gives it back.</summary>
[Element("memballoon")]
public sealed partial record MemoryBalloon : Device
{
    [Attr("model")] [Abi("balloon model")] public required BalloonModel Model { get; init; }
    [Attr("autodeflate", OnOff = true, Since = "1.3.1")] [Abi("balloon autodeflate attribute value", Quoted = true)] public bool? AutoDeflate { get; init; }
    [Attr("freePageReporting", OnOff = true, Since = "6.9.0")] [Abi("balloon freePageReporting attribute value", Quoted = true)] public bool? FreePageReporting { get; init; }
    [Attr("period", In = "stats", Since = "1.1.1")] public int? StatsPeriod { get; init; }
    [Child(Last = true, Since = "3.5.0")] [Abi(Text = "Target device virtio options don't match the source")] public VirtioDriver? Driver { get; init; }
}

[WireNames]
public enum BalloonModel { Virtio, Xen, None, [Wire("virtio-transitional")] VirtioTransitional, [Wire("virtio-non-transitional")] VirtioNonTransitional }

/// <summary>A USB hub.</summary>
[Element("hub")]
public sealed partial record Hub : Device
{
    [Attr("type", Bad = "unsupported|unknown hub device type '{0}'")] [Abi("hub device type")] public required HubType Type { get; init; }
}

[WireNames] public enum HubType { Usb }

/// <summary>A device through which the guest says that it crashed.</summary>
[Element("panic")]
public sealed partial record Panic : Device
{
    [Attr("model", Bad = "unsupported|unknown panic model '{0}'")] [Abi("panic model", Quoted = true)] public PanicModel? Model { get; init; }
}

[WireNames] public enum PanicModel { Isa, Pseries, HyperV, S390, PvPanic }

/// <summary>Sockets between guest and host.</summary>
[Element("vsock")]
public sealed partial record Vsock : Device
{
    [Attr("model", Since = "5.2.0")] [Abi("domain vsock device model", Quoted = true)] public VsockModel? Model { get; init; }
    [Attr("auto", In = "cid", Since = "4.4.0")] public bool? AutoCid { get; init; }
    [Attr("address", In = "cid", Since = "4.4.0")] public uint? Cid { get; init; }
    [Child(Since = "7.1.0")] public VirtioDriver? Driver { get; init; }
}

[WireNames] public enum VsockModel { Virtio, [Wire("virtio-transitional")] VirtioTransitional, [Wire("virtio-non-transitional")] VirtioNonTransitional }

/// <summary>An IOMMU for the guest.</summary>
[Element("iommu")]
public sealed partial record Iommu : Device
{
    [Attr("model")] [Abi("domain IOMMU device model", Quoted = true)] public required IommuModel Model { get; init; }
    [Child] [Abi] public IommuDriver? Driver { get; init; }
}

[WireNames] public enum IommuModel { Intel, SmmuV3, Virtio }

/// <summary>How it works.</summary>
[Element("driver", OmitEmpty = true)]
public sealed partial record IommuDriver
{
    [Attr("intremap", OnOff = true, Since = "3.4.0")] [Abi("domain IOMMU device intremap value", Quoted = true)] public bool? InterruptRemapping { get; init; }
    [Attr("caching_mode", OnOff = true, Since = "3.4.0")] [Abi("domain IOMMU device caching mode", Quoted = true)] public bool? CachingMode { get; init; }
    [Attr("eim", OnOff = true, Since = "3.4.0")] [Abi("domain IOMMU device eim value", Quoted = true)] public bool? Eim { get; init; }
    [Attr("iotlb", OnOff = true, Since = "3.5.0")] [Abi("domain IOMMU device iotlb value", Quoted = true)] public bool? IoTlb { get; init; }
    [Attr("aw_bits", Since = "6.5.0")] [Abi("domain IOMMU device aw_bits value", Quoted = true)] public uint? AddressWidth { get; init; }
}

/// <summary>POWER's variables.</summary>
[Element("nvram")]
public sealed partial record NvramDevice : Device;

/// <summary>What the guest's kernel leaves behind when it crashes, in a file of the host.</summary>
[Element("pstore")]
public sealed partial record Pstore : Device
{
    [Attr("backend")] public required PstoreBackend Backend { get; init; }
    [Text("path")] [Abi("pstore path")] public string? Path { get; init; }
    [Text("size")] [Abi("pstore size")] public required MemorySize Size { get; init; }
}

[WireNames] public enum PstoreBackend { [Wire("acpi-erst")] AcpiErst }

/// <summary>An accelerator for cryptography.</summary>
[Element("crypto")]
public sealed partial record Crypto : Device
{
    [Attr("model")] public required CryptoModel Model { get; init; }
    [Attr("type")] public required CryptoType Type { get; init; }
    [Attr("model", In = "backend")] public CryptoBackend? Backend { get; init; }
    [Attr("queues", In = "backend")] public uint? Queues { get; init; }
    [Child] public VirtioDriver? Driver { get; init; }
}

[WireNames] public enum CryptoModel { Virtio }
[WireNames] public enum CryptoType { Qemu }
[WireNames] public enum CryptoBackend { Builtin, Lkcf }
