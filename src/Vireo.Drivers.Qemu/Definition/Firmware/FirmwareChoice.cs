using System.IO.Enumeration;
using Vireo.Core.Errors;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Qemu.Definition.Firmware;

/// <summary>Which of the host's firmwares a machine gets that asks for a kind and not for a file.</summary>
public static class FirmwareChoice
{
    /// <summary>
    /// The definition with loader, variables and what the firmware needs, which then no longer asks for a kind; one that names no kind stays as it is.
    /// </summary>
    /// <param name="machine">A complete definition.</param>
    /// <param name="installed">The host's firmwares in the order in which they are tried.</param>
    /// <param name="variablesFolder">Where machines have their variables.</param>
    public static DomainDef Apply(DomainDef machine, IReadOnlyList<FirmwareDescriptor> installed, string variablesFolder)
    {
        if (machine.Os is not { Firmware: { } kind } || machine.Os.Loader?.Path is not null)
            return Named(machine, installed, variablesFolder);
        foreach (FirmwareDescriptor firmware in installed)
            if (Suits(machine, firmware))
                return Chosen(With(machine, firmware, variablesFolder));
        throw new VireoException(ErrorCode.OperationFailed, ErrorDomain.Qemu,
            $"Unable to find any firmware to satisfy '{(kind is FirmwareKind.Efi ? "efi" : "bios")}'");
    }

    // Whose loader is the image of a firmware that the host describes has what that needs.
    static DomainDef Named(DomainDef machine, IReadOnlyList<FirmwareDescriptor> installed, string variablesFolder) =>
        machine.Os is { Firmware: null, Loader: { Type: LoaderKind.Pflash, ReadOnly: true, Path: { } path } loader }
            && installed.FirstOrDefault(f => f.Mapping is { Device: "flash" } flash && flash.Image == path && Fits(f, machine.Os.Arch ?? "", machine.Os.Machine ?? "")) is { } firmware
            && !(firmware.Has("requires-smm") && machine.Features?.Smm?.State is false) && !(loader.Secure is true && !firmware.Has("requires-smm"))
            && loader.Stateless is not true
            ? With(machine, firmware, variablesFolder) : machine;

    /// <summary>Whether a firmware is what a machine asks for and has what it needs.</summary>
    public static bool Suits(DomainDef machine, FirmwareDescriptor firmware)
    {
        OsDef os = machine.Os;
        string wanted = os.Firmware is FirmwareKind.Bios ? "bios" : "uefi";
        if (!firmware.Interfaces.Contains(wanted) || !Fits(firmware, os.Arch ?? "", os.Machine ?? ""))
            return false;
        if (machine.Pm?.SuspendToMem is true && !firmware.Has("acpi-s3") || machine.Pm?.SuspendToDisk is true && !firmware.Has("acpi-s4"))
            return false;
        foreach (FirmwareFeature feature in os.FirmwareFeatures)
            if (firmware.Has(feature.Name is FirmwareFeatureName.SecureBoot ? "secure-boot" : "enrolled-keys") != feature.Enabled)
                return false;
        bool smm = firmware.Has("requires-smm");
        if (os.Loader?.Secure is true && !smm || smm && machine.Features?.Smm?.State is false)
            return false;
        return FitsFlash(os, firmware.Mapping) && FitsSecurity(machine.LaunchSecurity, firmware);
    }

    /// <summary>Whether a firmware is made for a machine.</summary>
    public static bool Fits(FirmwareDescriptor firmware, string arch, string machine) =>
        firmware.Targets.Any(target => Arch(target.Architecture) == arch
            && target.Machines.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, machine, ignoreCase: false)));

    /// <summary>Code that keeps no variables only where that is asked for; otherwise variables must be apart.</summary>
    static bool FitsFlash(OsDef os, FirmwareMapping mapping) =>
        mapping.Device != "flash" || mapping.Mode == (os.Loader?.Stateless is true ? "stateless" : "split")
            && mapping.Executable is { Format: "raw" } && mapping.NvramTemplate is null or { Format: "raw" };

    static bool FitsSecurity(LaunchSecurity? security, FirmwareDescriptor firmware)
    {
        const uint encryptedState = 4;
        return security is not LaunchSecurity.OfSev sev
            || firmware.Has("amd-sev") && ((sev.Policy & encryptedState) is not encryptedState || firmware.Has("amd-sev-es"));
    }

    static DomainDef Chosen(DomainDef machine) => machine with { Os = machine.Os with { Firmware = null, FirmwareFeatures = [] } };

    static DomainDef With(DomainDef machine, FirmwareDescriptor firmware, string variablesFolder)
    {
        FirmwareMapping mapping = firmware.Mapping;
        if (mapping.Device == "kernel")
            return machine with { Os = machine.Os with { Kernel = mapping.FileName } };
        Loader loader = machine.Os.Loader ?? new Loader();
        if (mapping.Device == "memory")
            return machine with { Os = machine.Os with { Loader = loader with { Type = LoaderKind.Rom, Path = mapping.FileName } } };
        bool smm = firmware.Has("requires-smm");
        Nvram? nvram = machine.Os.Nvram;
        if (mapping.NvramTemplate is { } template && mapping.Mode == "split")
        {
            nvram = (nvram ?? new Nvram()) with { Template = nvram?.Template ?? template.FileName };
            if (nvram is { Path: null, Source: null })
                nvram = nvram with { Path = $"{variablesFolder}/{machine.Name}_VARS.fd" };
        }
        Features features = machine.Features ?? new Features();
        return machine with
        {
            Os = machine.Os with
            {
                Loader = loader with { Type = LoaderKind.Pflash, ReadOnly = true, Path = mapping.Image, Secure = smm ? true : loader.Secure },
                Nvram = nvram,
            },
            Features = smm ? features with { Smm = (features.Smm ?? new Smm()) with { State = true } } : machine.Features,
        };
    }

    static string Arch(string qemus) => qemus switch { "i386" => "i686", "arm" => "armv7l", _ => qemus };
}
