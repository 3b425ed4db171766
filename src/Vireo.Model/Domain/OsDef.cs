using Vireo.Core;
using Vireo.Core.Xml;

namespace Vireo.Model.Domain;

/// <summary>What the machine boots, and from where.</summary>
[Element("os")]
public sealed partial record OsDef
{
    [Attr("firmware")] public FirmwareKind? Firmware { get; init; }
    [Attr("arch", In = "type", Since = "0.0.1")] [Abi("domain architecture")] public string? Arch { get; init; }
    [Attr("machine", In = "type")] [Abi("domain machine type")] public string? Machine { get; init; }
    [Text("type", Bad = "unsupported|unknown OS type '{0}'")] [Abi("domain OS type")] public OsType? Type { get; init; }
    [Child("feature", In = "firmware")] public ValueList<FirmwareFeature> FirmwareFeatures { get; init; }
    [Text("init")] public string? Init { get; init; }
    [Text("initarg")] public ValueList<string> InitArgs { get; init; }
    [Child("initenv")] public ValueList<InitVariable> InitEnvironment { get; init; }
    [Text("initdir")] public string? InitDirectory { get; init; }
    [Text("inituser")] public string? InitUser { get; init; }
    [Text("initgroup")] public string? InitGroup { get; init; }
    [Child] public Loader? Loader { get; init; }
    [Child] public Nvram? Nvram { get; init; }
    [Text("kernel")] public string? Kernel { get; init; }
    [Text("initrd")] public string? Initrd { get; init; }
    [Text("cmdline")] public string? CommandLine { get; init; }
    [Text("dtb", Since = "1.0.4")] public string? DeviceTree { get; init; }
    [Text("root")] public string? Root { get; init; }
    [Child("table", In = "acpi", Since = "1.3.5")] public ValueList<AcpiTable> AcpiTables { get; init; }
    [Attr("dev", In = "boot", Since = "0.1.3")] public ValueList<BootDevice> Boot { get; init; }
    [Child] public BootMenu? BootMenu { get; init; }
    [Child] public Bios? Bios { get; init; }
    [Attr("mode", In = "smbios")] [Abi("domain SMBIOS mode")] public SmbiosMode? Smbios { get; init; }
}

[WireNames] public enum FirmwareKind { Bios, Efi }
[WireNames] public enum OsType { Hvm, Xen, Linux, Exe, Uml, XenPvh }
[WireNames] public enum BootDevice { Fd, [Wire("cdrom")] CdRom, [Wire("hd")] HardDisk, Network }
[WireNames] public enum SmbiosMode { Emulate, Host, [Wire("sysinfo")] SysInfo }
[WireNames] public enum LoaderKind { Rom, Pflash, None }

/// <summary>The first program.</summary>
[Element("loader", OmitEmpty = true)]
public sealed partial record Loader
{
    [Attr("readonly")] public bool? ReadOnly { get; init; }
    [Attr("secure")] public bool? Secure { get; init; }
    [Attr("type")] public LoaderKind? Type { get; init; }
    [Attr("stateless", Since = "8.6.0")] public bool? Stateless { get; init; }
    [Text] public string? Path { get; init; }
}

/// <summary>The firmware's variables.</summary>
[Element("nvram")]
public sealed partial record Nvram
{
    [Attr("template")] public string? Template { get; init; }
    /// <summary>The old form: a path as the element's text.</summary>
    [Text] public string? Path { get; init; }
    /// <summary>The form with a type.</summary>
    [Child("source", Since = "8.5.0")] public Devices.DiskSource? Source { get; init; }
}

/// <summary>What the automatic choice of firmware must (not) have.</summary>
[Element("feature")]
public sealed partial record FirmwareFeature
{
    [Attr("enabled")] public required bool Enabled { get; init; }
    [Attr("name")] public required FirmwareFeatureName Name { get; init; }
}

[WireNames] public enum FirmwareFeatureName { [Wire("enrolled-keys")] EnrolledKeys, [Wire("secure-boot")] SecureBoot }

/// <summary>A container's variable.</summary>
[Element("initenv")]
public sealed partial record InitVariable
{
    [Attr("name")] public required string Name { get; init; }
    [Text] public string? Value { get; init; }
}

/// <summary>An ACPI table from a file.</summary>
[Element("table")]
public sealed partial record AcpiTable
{
    [Attr("type")] public required string Type { get; init; }
    [Text] public string? Path { get; init; }
}

/// <summary>The firmware's menu.</summary>
[Element("bootmenu")]
public sealed partial record BootMenu
{
    [Attr("enable")] public bool? Enable { get; init; }
    [Attr("timeout")] public uint? Timeout { get; init; }
}

/// <summary>The firmware's habits.</summary>
[Element("bios")]
public sealed partial record Bios
{
    [Attr("useserial")] public bool? UseSerial { get; init; }
    [Attr("rebootTimeout")] public int? RebootTimeout { get; init; }
}

/// <summary>What the machine says of itself.</summary>
[Union]
public abstract partial record SysInfo
{
    /// <summary>SMBIOS tables.</summary>
    [Case("smbios")]
    public sealed partial record OfSmbios : SysInfo
    {
        [Child("entry", In = "bios")] public ValueList<SysInfoEntry> Bios { get; init; }
        [Child("entry", In = "system")] public ValueList<SysInfoEntry> System { get; init; }
        [Child("baseBoard")] public ValueList<SysInfoBlock> BaseBoards { get; init; }
        [Child("entry", In = "chassis", Since = "4.1.0")] public ValueList<SysInfoEntry> Chassis { get; init; }
        [Child("entry", In = "oemStrings", Since = "4.1.0")] public ValueList<SysInfoEntry> OemStrings { get; init; }
    }

    /// <summary>QEMU's fw_cfg files.</summary>
    [Case("fwcfg")]
    public sealed partial record OfFwCfg : SysInfo
    {
        [Child("entry")] public ValueList<SysInfoEntry> Entries { get; init; }
    }
}

/// <summary>A block of entries that may come several times.</summary>
[Element("baseBoard")]
public sealed partial record SysInfoBlock
{
    [Child("entry")] public ValueList<SysInfoEntry> Entries { get; init; }
}

/// <summary>A name and what it stands for.</summary>
[Element("entry")]
public sealed partial record SysInfoEntry
{
    [Attr("name")] public string? Name { get; init; }
    [Attr("file")] public string? File { get; init; }
    [Text] public string? Value { get; init; }
}
