using Vireo.Core.Xml;
using Vireo.Model.Domain.Devices;
using Vireo.Model.Rules;

namespace Vireo.Drivers.Qemu.Definition.Rules;

/// <summary>Serial and parallel ports: which chips a machine can have.</summary>
sealed class CharacterRules : IRules<CharDevice, RuledMachine>
{
    public static void Check(CharDevice element, RuledMachine document, Findings found)
    {
        if (element.Source is ChardevSource.OfSpiceVmc or ChardevSource.OfSpicePort && !document.Def.Devices.Graphics.Any(static g => g is Graphics.Spice))
            found.Unsupported(element, $"chardev '{(element.Source is ChardevSource.OfSpiceVmc ? "spicevmc" : "spiceport")}' not supported without spice graphics");
        if (element.Source is ChardevSource.OfNmdm)
            found.Unsupported(element, "unsupported chardev 'nmdm'");
        if (element is Model.Domain.Devices.Parallel && (document.Def.Os.Arch is "s390x" or "s390" || document.Type.IsPseries))
            found.Unsupported(element, "parallel ports are not supported");
        if (element is GuestConsole { TargetType: ConsoleTarget.Xen or ConsoleTarget.Uml or ConsoleTarget.Lxc or ConsoleTarget.OpenVz } console)
            found.Unsupported(console, $"unsupported console target type {console.TargetType.Value.ToXml()}");
        if (element is GuestConsole { TargetType: ConsoleTarget.Sclp or ConsoleTarget.SclpLm } sclp && document.Def.Os.Arch is not ("s390x" or "s390"))
            found.Unsupported(sclp, $"{(sclp.TargetType is ConsoleTarget.Sclp ? "sclpconsole" : "sclplmconsole")} is not supported in this QEMU binary");
        if (element is Serial { TargetType: { } kind, TargetModel: { } model } port && OwnerOf(model) is { } owner && owner != kind)
            found.Unsupported(port, $"Target model '{model}' requires target type '{owner.ToXml()}'");
        if (element is Serial { TargetType: { } target } serial && !Fits(target, document.Type))
            found.Unsupported(serial, $"Serial device with target type '{target.ToXml()}' and target model '{serial.TargetModel}' "
                + "not compatible with guest architecture or machine type");
    }

    /// <summary>The kind of port that a chip makes.</summary>
    static SerialTarget? OwnerOf(string model) => model switch
    {
        "isa-serial" => SerialTarget.IsaSerial,
        "usb-serial" => SerialTarget.UsbSerial,
        "pci-serial" => SerialTarget.PciSerial,
        "spapr-vty" => SerialTarget.SpaprVioSerial,
        "pl011" or "16550a" => SerialTarget.SystemSerial,
        "sclpconsole" or "sclplmconsole" => SerialTarget.SclpSerial,
        "isa-debugcon" => SerialTarget.IsaDebug,
        _ => null,
    };

    static bool Fits(SerialTarget target, MachineType type) => target switch
    {
        SerialTarget.SpaprVioSerial => type.IsPseries,
        SerialTarget.SclpSerial => type.Arch is "s390x" or "s390",
        SerialTarget.IsaSerial or SerialTarget.IsaDebug => !type.IsPseries && type.Arch is not ("s390x" or "s390"),
        _ => true,
    };
}
