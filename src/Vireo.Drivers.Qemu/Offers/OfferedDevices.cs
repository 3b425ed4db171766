using Vireo.Drivers.Qemu.Definition;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Model.Capabilities;
using static Vireo.Drivers.Qemu.Offers.DomainOffer;

namespace Vireo.Drivers.Qemu.Offers;

/// <summary>The devices that machines can have.</summary>
static class OfferedDevices
{
    static readonly string[] usbControllers =
    [
        "piix3-usb-uhci", "piix4-usb-uhci", "usb-ehci", "ich9-usb-ehci1", "vt82c686b-usb-uhci", "pci-ohci", "nec-usb-xhci", "qemu-xhci",
    ];

    internal static CapabilityDevices Of(QemuFacts facts, MachineType type, OfferContext host)
    {
        string[] virtioModels = [.. If(true, "virtio"), .. If(facts.Has(QemuFlag.VirtioPciNonTransitional), "virtio-transitional", "virtio-non-transitional")];
        return new CapabilityDevices
        {
            Disk = Disk(facts, type, virtioModels),
            Graphics = Choice(("type",
            [
                .. If(facts.Has("sdl"), "sdl"), .. If(facts.Has("vnc"), "vnc"), .. If(facts.Has("spice"), "spice"),
                .. If(facts.Has("egl-headless"), "egl-headless"), .. If(facts.Has("display-dbus"), "dbus"),
            ])),
            Video = Choice(("modelType",
            [
                .. If(facts.Has("VGA"), "vga"), .. If(facts.Has("cirrus-vga"), "cirrus"), .. If(facts.Has("vmware-svga"), "vmvga"),
                .. If(facts.Has("qxl"), "qxl"), .. If(facts.Has("virtio-gpu"), "virtio"), "none",
                .. If(facts.Has("bochs-display"), "bochs"), .. If(facts.Has("ramfb"), "ramfb"),
            ])),
            Hostdev = Choice(
                ("mode", ["subsystem"]),
                ("startupPolicy", ["default", "mandatory", "requisite", "optional"]),
                ("subsysType", [.. If(usbControllers.Any(facts.Has), "usb"), "pci", "scsi"]),
                ("capsType", []),
                ("pciBackend", [.. host.PciBackends])),
            Rng = Choice(
                ("model", facts.Has("virtio-rng") ? virtioModels : []),
                ("backendModel", [.. If(facts.Has("rng-random"), "random"), .. If(facts.Has("rng-egd"), "egd"), .. If(facts.Has("rng-builtin"), "builtin")])),
            Filesystem = Choice(("driverType", ["path", "handle", .. If(facts.Has("vhost-user-fs"), "virtiofs")])),
            Tpm = Tpm(facts, host),
            Redirdev = facts.Has("usb-redir") ? Choice(("bus", ["usb"])) : Nothing,
            Channel = Choice(("type", ["pty", "unix", .. If(facts.Has("spice"), "spicevmc")])),
        };
    }

    static CapabilityChoice Disk(QemuFacts facts, MachineType type, string[] virtioModels)
    {
        bool floppy = !type.IsPseries;
        return Choice(
            ("diskDevice", ["disk", "cdrom", .. If(floppy, "floppy"), "lun"]),
            ("bus",
            [
                .. If(type.HasBuiltinIde, "ide"), .. If(floppy, "fdc"), "scsi", "virtio",
                .. If(facts.Has("usb-storage"), "usb"), .. If(facts.Has("ich9-ahci"), "sata"),
            ]),
            ("model", virtioModels));
    }

    static CapabilityChoice Tpm(QemuFacts facts, OfferContext host)
    {
        string[] models =
        [
            .. If(facts.Has("tpm-tis"), "tpm-tis"), .. If(facts.Has("tpm-crb"), "tpm-crb"),
            .. If(facts.Has("tpm-spapr"), "tpm-spapr"), .. If(facts.Has("spapr-tpm-proxy"), "spapr-tpm-proxy"),
        ];
        if (models.Length == 0)
            return Nothing;
        bool emulated = facts.Has("tpm-emulator");
        return Choice(
            ("model", models),
            ("backendModel", [.. If(facts.Has("tpm-passthrough"), "passthrough"), .. If(emulated, "emulator", "external")]),
            ("backendVersion", emulated ? [.. host.TpmVersions] : []));
    }
}
