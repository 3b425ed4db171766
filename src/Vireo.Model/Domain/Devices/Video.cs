using Vireo.Core;
using Vireo.Core.Xml;

namespace Vireo.Model.Domain.Devices;

/// <summary>A graphics card.</summary>
[Element("video")]
public sealed partial record Video : Device
{
    [Child(Since = "3.5.0")] [Abi] public VideoDriver? Driver { get; init; }
    [Child("model")] [Abi] public VideoModel? Model { get; init; }
}

/// <summary>Who serves the card.</summary>
[Element("driver", OmitEmpty = true)]
public sealed partial record VideoDriver : IVirtioOptions
{
    [Attr("iommu", OnOff = true, Since = "3.5.0")] [Abi("device iommu option", Quoted = true)] public bool? Iommu { get; init; }
    [Attr("ats", OnOff = true, Since = "3.5.0")] [Abi("device ats option", Quoted = true)] public bool? Ats { get; init; }
    [Attr("packed", OnOff = true, Since = "6.3.0")] [Abi("device packed option", Quoted = true)] public bool? Packed { get; init; }
    [Attr("page_per_vq", OnOff = true, Since = "7.9.0")] [Abi("device page_per_vq option", Quoted = true)] public bool? PagePerVq { get; init; }
    [Attr("name", Since = "5.8.0")] public VideoBackend? Name { get; init; }
    [Attr("vgaconf", Since = "3.5.0")] public VgaConf? VgaConf { get; init; }
}

[WireNames] public enum VideoBackend { Default, Qemu, VhostUser }
[WireNames] public enum VgaConf { Io, On, Off }

/// <summary>Which card; memory in KiB.</summary>
[Element("model")]
public sealed partial record VideoModel
{
    [Attr("type", Bad = "unsupported|unknown video model '{0}'")] [Abi("video card model")] public required VideoType Type { get; init; }
    [Attr("ram", Bad = "xml|cannot parse video ram '{0}'", Since = "1.0.2")] [Abi("video card ram")] public uint? Ram { get; init; }
    [Attr("vram", Bad = "xml|cannot parse video vram '{0}'")] [Abi("video card vram")] public uint? Vram { get; init; }
    [Attr("vram64", Bad = "xml|cannot parse video vram64 '{0}'", Since = "1.3.3")] [Abi("video card vram64")] public uint? Vram64 { get; init; }
    [Attr("vgamem", Bad = "xml|cannot parse video vgamem '{0}'", Since = "1.2.11")] [Abi("video card vgamem")] public uint? VgaMem { get; init; }
    [Attr("heads", Bad = "xml|cannot parse video heads '{0}'")] [Abi("video card heads")] public uint? Heads { get; init; }
    [Attr("primary", Since = "1.0.2")] public bool? Primary { get; init; }
    [Attr("blob", OnOff = true)] public bool? Blob { get; init; }
    [Child(Since = "0.7.1")] [Abi(Text = "Target video card acceleration does not match source")] public VideoAcceleration? Acceleration { get; init; }
    [Child("resolution")] public VideoResolution? Resolution { get; init; }
}

[WireNames]
public enum VideoType { Default, Vga, Cirrus, VmVga, Xen, Vbox, Qxl, Parallels, Virtio, Gop, None, Bochs, RamFb }

/// <summary>Acceleration for the guest.</summary>
[Element("acceleration", OmitEmpty = true)]
public sealed partial record VideoAcceleration
{
    [Attr("accel2d", Since = "0.7.1")] [Abi("video card 2d accel")] public bool? Accel2d { get; init; }
    [Attr("accel3d", Since = "0.7.1")] [Abi("video card 3d accel")] public bool? Accel3d { get; init; }
    [Attr("rendernode", Since = "5.8.0")] public string? RenderNode { get; init; }
}

/// <summary>The screen's size at first.</summary>
[Element("resolution")]
public sealed partial record VideoResolution
{
    [Attr("x")] public required uint X { get; init; }
    [Attr("y")] public required uint Y { get; init; }
}
