using Vireo.Core.Errors;
using Vireo.Model.Domain;

namespace Vireo.Model.Rules;

/// <summary>A machine names a firmware's file, or what a firmware must have; never both.</summary>
public sealed class FirmwareRules : IRules<OsDef, DomainDef>
{
    /// <inheritdoc/>
    public static void Check(OsDef element, DomainDef document, Findings found)
    {
        if (element.Firmware is { } kind)
            CheckChosen(element, kind, found);
        else
            CheckNamed(element, found);
    }

    static void CheckChosen(OsDef os, FirmwareKind kind, Findings found)
    {
        if (Is(os, FirmwareFeatureName.EnrolledKeys, true) && Is(os, FirmwareFeatureName.SecureBoot, false))
            Detail(found, os, "firmware feature 'enrolled-keys' cannot be enabled when firmware feature 'secure-boot' is disabled");
        if (os.Loader is { } loader)
        {
            string? attribute = loader switch
            {
                { ReadOnly: not null } => "readonly",
                { Type: not null } or { Path: not null } => "type",
                { Secure: false } => "secure",
                _ => null,
            };
            if (attribute is not null)
                Detail(found, loader, $"loader attribute '{attribute}' cannot be specified when firmware autoselection is enabled");
        }
        if (kind is FirmwareKind.Bios)
        {
            if (os.Nvram is { } nvram)
                Detail(found, nvram, "firmware type 'bios' does not support nvram");
            if (os.Loader is { Stateless: false } bios)
                Detail(found, bios, "Only EFI firmware permits NVRAM");
        }
        if (os.Nvram?.Template is not null)
            Detail(found, os.Nvram, "nvram attribute 'template' cannot be specified when firmware autoselection is enabled");
        CheckStateless(os, found);
    }

    static void CheckNamed(OsDef os, Findings found)
    {
        if (!os.FirmwareFeatures.IsEmpty)
            Detail(found, os, "cannot use feature-based firmware autoselection when firmware autoselection is disabled");
        if (os.Loader?.Path is null && os is not { Loader: null, Nvram: null })
            Detail(found, os, "no loader path specified and firmware auto selection disabled");
        if (os.Loader is not { } loader)
            return;
        if (loader.Type is not LoaderKind.Pflash && loader.Stateless is false)
            Detail(found, loader, "Only pflash loader type permits NVRAM");
        CheckStateless(os, found);
    }

    static void CheckStateless(OsDef os, Findings found)
    {
        if (os.Loader?.Stateless is not true || os.Nvram is not { } nvram)
            return;
        if (nvram.Template is not null)
            Detail(found, nvram, "NVRAM template is not permitted when loader is stateless");
        if (nvram is not { Path: null, Source: null })
            Detail(found, nvram, "NVRAM is not permitted when loader is stateless");
    }

    static bool Is(OsDef os, FirmwareFeatureName name, bool enabled)
    {
        foreach (FirmwareFeature feature in os.FirmwareFeatures)
            if (feature.Name == name && feature.Enabled == enabled)
                return true;
        return false;
    }

    static void Detail(Findings found, object element, string text) => found.Add(element, ErrorCode.XmlDetail, text);
}

/// <summary>Ranges of what the firmware is told.</summary>
public sealed class BootMenuRules : IRules<OsDef, DomainDef>
{
    /// <inheritdoc/>
    public static void Check(OsDef element, DomainDef document, Findings found)
    {
        if (element.BootMenu is { Timeout: > 65535 } menu)
            found.Unsupported(menu, "invalid value for boot menu timeout, must be in range [0,65535]");
        if (element.Bios is { RebootTimeout: < -1 or > 65535 } bios)
            found.Unsupported(bios, "invalid value for rebootTimeout, must be in range [-1,65535]");
    }
}
