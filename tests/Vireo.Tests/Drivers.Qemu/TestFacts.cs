using System.Collections.Frozen;
using Vireo.Drivers.Qemu.Facts;

namespace Vireo.Tests.Drivers.Qemu;

/// <summary>A modern binary, as small as tests need it.</summary>
static class TestFacts
{
    public static QemuFacts Modern { get; } = new()
    {
        Emulator = "/usr/bin/qemu-system-x86_64",
        Arch = "x86_64",
        Version = 7002000,
        Flags = new[]
        {
            "tcg", "object.qapified", "device.json+hotplug", "netdev.json", "rtl8139", "cirrus-vga", "qemu-xhci", "piix3-usb-uhci",
            "lsi", "pcie-root-port", "pcie-pci-bridge", "virtio-pci-non-transitional",
        }.ToFrozenSet(),
        Tcg = new AcceleratorFacts
        {
            Machines =
            [
                new MachineFacts("pc-i440fx-7.2") { Alias = "pc", IsDefault = true, DefaultCpu = "qemu64-x86_64-cpu", DefaultRamId = "pc.ram" },
                new MachineFacts("pc-q35-7.2") { Alias = "q35", DefaultCpu = "qemu64-x86_64-cpu", DefaultRamId = "pc.ram" },
            ],
            CpuModels = [new CpuModelFacts("qemu64") { TypeName = "qemu64-x86_64-cpu" }],
        },
    };
}
