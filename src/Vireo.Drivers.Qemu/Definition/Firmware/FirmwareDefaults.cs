using Vireo.Core;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Qemu.Definition.Firmware;

/// <summary>What follows from what is asked of a firmware.</summary>
static class FirmwareDefaults
{
    public static DomainDef Apply(DomainDef machine, DefinitionContext context)
    {
        OsDef os = machine.Os;
        ValueList<FirmwareFeature> features = os.FirmwareFeatures;
        bool enrolled = features.Any(static f => f is { Name: FirmwareFeatureName.EnrolledKeys, Enabled: true });
        if (enrolled && !features.Any(static f => f.Name is FirmwareFeatureName.SecureBoot))
            features = features.Add(new FirmwareFeature { Name = FirmwareFeatureName.SecureBoot, Enabled = true });   // keys are of no use without
        Loader? loader = os.Loader;
        if (loader is { Type: null, Path: not null })
            loader = loader with { Type = LoaderKind.Rom };
        features = features.DistinctBy(static f => f.Name).OrderBy(static f => f.Name).ToValueList();
        // The variables of code that is not written to have their place in the driver's folder.
        Nvram? store = os.Nvram;
        if (loader is { Type: LoaderKind.Pflash, ReadOnly: true, Stateless: not true } && os.Firmware is null && store is null or { Path: null, Source: null })
            store = (store ?? new Nvram()) with { Path = Path.Join(context.NvramFolder, machine.Name + "_VARS.fd") };
        return machine with { Os = os with { FirmwareFeatures = features, Loader = loader, Nvram = store } };
    }
}
