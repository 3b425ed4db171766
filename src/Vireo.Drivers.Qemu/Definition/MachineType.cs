using Vireo.Model.Domain;

namespace Vireo.Drivers.Qemu.Definition;

/// <summary>The family of a machine, on which chips and buses depend.</summary>
public readonly record struct MachineType(string Arch, string Name)
{
    /// <summary>The family of a definition's machine.</summary>
    public static MachineType OfDefinition(DomainDef machine) => new(machine.Os.Arch ?? "", machine.Os.Machine ?? "");

    /// <summary>A PC.</summary>
    public bool IsX86 => Arch is "x86_64" or "i686";

    /// <summary>A PC with PCI Express.</summary>
    public bool IsQ35 => IsX86 && (Name == "q35" || Name.StartsWith("pc-q35", StringComparison.Ordinal));

    /// <summary>A PC with PCI.</summary>
    public bool IsI440fx => IsX86 && (Name == "pc" || Name.StartsWith("pc-0.", StringComparison.Ordinal)
        || Name.StartsWith("pc-1.", StringComparison.Ordinal) || Name.StartsWith("pc-i440", StringComparison.Ordinal)
        || Name.StartsWith("rhel", StringComparison.Ordinal));

    /// <summary>The Arm and RISC-V machine made for virtualisation.</summary>
    public bool IsVirt => Arch is "aarch64" or "armv7l" or "armv6l" or "riscv32" or "riscv64"
        && (Name == "virt" || Name.StartsWith("virt-", StringComparison.Ordinal));

    /// <summary>The Arm machine.</summary>
    public bool IsArmVirt => IsVirt && Arch is "aarch64" or "armv7l" or "armv6l" && IsVirt;

    /// <summary>IBM's.</summary>
    public bool IsPseries => Arch is "ppc64" or "ppc64le" && (Name == "pseries" || Name.StartsWith("pseries-", StringComparison.Ordinal));

    /// <summary>s390's channels instead of PCI first.</summary>
    public bool IsS390Ccw => Arch == "s390x" && Name.StartsWith("s390-ccw", StringComparison.Ordinal);

    /// <summary>QEMU numbers the machine's PCI buses; the one bus of old boards is "pci".</summary>
    public bool HasNumberedPci => IsX86 || IsVirt || Arch is "ppc" or "ppc64" or "ppc64le" or "s390x";

    /// <summary>Has a USB controller that is there when asked for by -usb.</summary>
    public bool HasUsbOfBoard => !IsQ35 && !IsVirt && Arch != "s390x";

    /// <summary>Has a built-in IDE controller.</summary>
    public bool HasBuiltinIde => IsI440fx || Name is "malta" or "sun4u" or "g3beige";

    /// <summary>Has a built-in SCSI adapter, an NCR 53c90.</summary>
    public bool HasBuiltinEsp => Arch == "sparc"
        && (Name is "LX" or "SPARCClassic" or "SPARCbook" or "Voyager" || Name.StartsWith("SS-", StringComparison.Ordinal));
}
