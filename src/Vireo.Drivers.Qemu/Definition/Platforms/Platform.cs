using System.Collections.Immutable;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Definition.Platforms;

/// <summary>The bus that a machine begins with.</summary>
enum RootBus
{
    /// <summary>None that libvirt knows.</summary>
    None,

    /// <summary>Conventional PCI.</summary>
    Pci,

    /// <summary>PCI Express.</summary>
    Pcie,
}

/// <summary>What carries virtio devices that have no address.</summary>
enum VirtioTransport
{
    /// <summary>PCI, as everything else.</summary>
    Pci,

    /// <summary>Memory-mapped; there is no address to assign.</summary>
    Mmio,

    /// <summary>s390's channels.</summary>
    Ccw,
}

/// <summary>
/// What a family of machines has although nobody asked, and what a device is there if its owner does not say. One file beside
/// this one for each architecture; a family is a row of values.
/// </summary>
sealed record Platform
{
    /// <summary>The bus that is there from the start.</summary>
    public RootBus Root { get; init; }

    /// <summary>Devices can have PCI addresses at all.</summary>
    public bool HasPci { get; init; } = true;

    /// <summary>What carries virtio.</summary>
    public VirtioTransport Virtio { get; init; }

    /// <summary>Controllers of USB bus 0; an empty word leaves the model to <see cref="UsbModel"/>.</summary>
    public ImmutableArray<string> UsbControllers { get; init; } = [""];

    /// <summary>The model of a USB controller that names none; null: nothing is written.</summary>
    public string? UsbModel { get; init; }

    /// <summary>The one of a machine that is defined today; null: the same.</summary>
    public string? NewUsbModel { get; init; }

    /// <summary>A SATA controller is part of the machine.</summary>
    public bool HasSata { get; init; }

    /// <summary>Memory can be taken from the guest unless its owner forbids it.</summary>
    public bool HasBalloon { get; init; } = true;

    /// <summary>A mouse and a keyboard of these buses are there: always for PS/2, with a screen for USB.</summary>
    public InputBus? Inputs { get; init; }

    /// <summary>A panic device is part of the machine.</summary>
    public PanicModel? Panic { get; init; }

    /// <summary>The model of a panic device that names none.</summary>
    public PanicModel PanicModel { get; init; } = PanicModel.Isa;

    /// <summary>Network card; null: the first of those that the binary has.</summary>
    public string? NetworkModel { get; init; }

    /// <summary>SCSI controller; null: the first of those that the binary has.</summary>
    public string? ScsiModel { get; init; }

    /// <summary>Graphics card; null: the first of those that the binary has.</summary>
    public VideoType? VideoModel { get; init; }

    /// <summary>Serial port of a machine; null: nothing is written.</summary>
    public SerialTarget? Serial { get; init; }

    /// <summary>The chip behind a system-serial port.</summary>
    public string? SystemSerialModel { get; init; }

    /// <summary>TPM.</summary>
    public TpmModel Tpm { get; init; } = TpmModel.Tis;

    /// <summary>Size of the blocks in which memory can be plugged.</summary>
    public ulong MemoryBlockKiB { get; init; } = 1024;

    /// <summary>Mice and keyboards without a bus.</summary>
    public InputBus InputBus { get; init; } = InputBus.Usb;

    /// <summary>The row of a machine.</summary>
    public static Platform Of(DomainDef machine, QemuFacts facts)
    {
        MachineType type = MachineType.OfDefinition(machine);
        return type.Arch switch
        {
            "x86_64" or "i686" => X86.Of(type, facts),
            "aarch64" or "armv7l" or "armv6l" => Arm.Of(type, facts),
            "ppc64" or "ppc64le" or "ppc" or "ppcemb" => Power.Of(type, facts),
            "s390x" or "s390" => S390.Of(type, facts),
            "riscv64" or "riscv32" => RiscV.Of(type, facts),
            "sparc" or "sparc64" => Sparc.Of(type, facts),
            _ => OtherPlatforms.Of(type, facts),
        };
    }
}
