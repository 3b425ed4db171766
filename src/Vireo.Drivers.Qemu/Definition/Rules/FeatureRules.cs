using Vireo.Drivers.Qemu.Facts;
using Vireo.Model.Domain;
using Vireo.Model.Rules;

namespace Vireo.Drivers.Qemu.Definition.Rules;

/// <summary>Features that only some machines have.</summary>
sealed class FeatureRules : IRules<Features, RuledMachine>
{
    public static void Check(Features element, RuledMachine document, Findings found)
    {
        CheckPseries(element, document, found);
        if (element.Gic is { } gic && !document.Type.IsArmVirt)
            Foreign("gic", gic, document, found);
        if (element.Acpi && document.Def.Os is { Arch: "aarch64", Firmware: not FirmwareKind.Efi, Loader: not { Type: LoaderKind.Pflash } })
            found.Unsupported(element, "ACPI requires UEFI on this architecture");
        if (element.IoApic is not null && !document.Type.IsX86)
            found.Unsupported(element, $"I/O APIC tuning is not supported for {document.Kind}");
        if (element.Tcg?.TbCache is { } cache && cache.KiB % 1024 != 0)
            found.Unsupported(element.Tcg, "tb-cache size must be an integer multiple of MiB");
        if (element.Smm is { } smm)
            CheckSmm(smm, document, found);
    }

    static void CheckPseries(Features features, RuledMachine machine, Findings found)
    {
        if (machine.Type.IsPseries)
            return;
        foreach (var (name, written) in ((string, bool)[])
            [
                ("hpt", features.Hpt is not null), ("htm", features.Htm is not null), ("nested-hv", features.NestedHv is not null),
                ("cfpc", features.Cfpc is not null), ("sbbc", features.Sbbc is not null), ("ibs", features.Ibs is not null),
                ("ccf-assist", features.CcfAssist is not null),
            ])
            if (written)
                Foreign(name, features, machine, found);
    }

    static void CheckSmm(Smm smm, RuledMachine machine, Findings found)
    {
        if (!machine.Type.IsX86)
            Foreign("smm", smm, machine, found);
        else if (smm.Tseg is { } tseg)
        {
            if (!machine.Type.IsQ35)
                found.Unsupported(smm, "SMM TSEG is only supported with q35 machine type");
            if (!machine.Facts.Has(QemuFlag.MchTseg))
                found.Unsupported(smm, "Setting TSEG size is not supported with this QEMU binary");
            if (tseg.KiB % 1024 != 0)
                found.Unsupported(smm, "SMM TSEG size must be divisible by 1 MiB");
        }
    }

    static void Foreign(string name, object element, RuledMachine machine, Findings found) =>
        found.Unsupported(element, $"The '{name}' feature is not supported for {machine.Kind}");
}
