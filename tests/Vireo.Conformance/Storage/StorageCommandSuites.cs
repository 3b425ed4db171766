using Vireo.Conformance.Runner;
using Vireo.Core.Errors;
using Vireo.Drivers.Storage.Discovery;
using Vireo.Drivers.Storage.Pools;
using Vireo.Drivers.Storage.Volumes;
using Vireo.Model.Storage;

namespace Vireo.Conformance.Storage;

/// <summary>Programs that start pools.</summary>
sealed class PoolCommandSuite : Suite
{
    public override string Name => "storage-pool-argv";

    // The corpus counts a pool that starts without a program as a failure.
    public override Outputs Run(CaseInput input) => PoolCommands.Start(StoragePoolDef.Define(input.Text("input"))) is { } command
        ? Outputs.Of(CommandText.Of(command)) : throw VireoException.Internal(ErrorDomain.Storage, "no program starts a pool of this type");
}

/// <summary>Runs of qemu-img that make volumes.</summary>
sealed class VolumeCommandSuite : Suite
{
    public override string Name => "storage-vol-argv";

    public override Outputs Run(CaseInput input)
    {
        StorageVolumeParse flags = input.Words("parse_flags").Contains("VIR_VOL_XML_PARSE_OPT_CAPACITY") ? StorageVolumeParse.OptionalCapacity : default;
        bool hasContent = input.Has("input_vol");
        var request = new ImageRequest(Volume(input, "pool", "input", hasContent ? flags | StorageVolumeParse.NoCapacity : flags))
        {
            Content = hasContent ? Volume(input, "input_pool", "input_vol", StorageVolumeParse.None) : null,
            Preallocate = input.Words("create_flags").Contains("VIR_STORAGE_VOL_CREATE_PREALLOC_METADATA"),
            SecretFile = "/path/to/secretFile",
            ContentSecretFile = "/path/to/inputSecretFile",
        };
        return Outputs.Of(CommandText.Of(ImageCommands.Make(request).Select(static run => (IReadOnlyList<string>)["qemu-img", .. run])));
    }

    static StorageVolumeDef Volume(CaseInput input, string pool, string volume, StorageVolumeParse flags) =>
        StorageVolumeDef.Define(input.Text(volume), StoragePoolKind.Of(StoragePoolDef.Define(input.Text(pool)).Type), flags);
}

/// <summary>What a server of Gluster offers.</summary>
sealed class GlusterSuite : Suite
{
    public override string Name => "storage-gluster-sources";

    public override Outputs Run(CaseInput input)
    {
        StoragePoolType type = StoragePoolTypeNames.TryParse(input.Word("pool_type")!, out StoragePoolType known) ? known : throw new InvalidDataException("unknown type");
        return Outputs.Of(GlusterVolumes.Sources(input.Text("input"), input.Word("host")!, type).ToXml());
    }
}
