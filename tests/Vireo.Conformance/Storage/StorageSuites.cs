using Vireo.Conformance.Runner;
using Vireo.Core.Xml;
using Vireo.Model.Storage;

namespace Vireo.Conformance.Storage;

/// <summary>Storage pools, as defining them leaves them.</summary>
sealed class StoragePoolSuite : Suite
{
    public override string Name => "storage-pool-xml2xml";

    public override Outputs Run(CaseInput input) => Outputs.Of(StoragePoolDef.Define(input.Text("input")).ToXml());
}

/// <summary>Volumes of a pool.</summary>
sealed class StorageVolumeSuite : Suite
{
    public override string Name => "storage-vol-xml2xml";

    public override Outputs Run(CaseInput input)
    {
        StoragePoolKind pool = StoragePoolKind.Of(StoragePoolDef.Define(input.Text("pool")).Type);
        var flags = StorageVolumeParse.None;
        foreach (string flag in input.Words("parse_flags"))
            flags |= flag switch
            {
                "VIR_VOL_XML_PARSE_NO_CAPACITY" => StorageVolumeParse.NoCapacity,
                "VIR_VOL_XML_PARSE_OPT_CAPACITY" => StorageVolumeParse.OptionalCapacity,
                _ => throw new InvalidDataException($"unknown flag {flag}"),
            };
        return Outputs.Of(StorageVolumeDef.Define(input.Text("input"), pool, flags).ToXml());
    }
}

/// <summary>What kinds of pools a host has, from the kinds it supports.</summary>
sealed class StoragePoolCapabilitiesSuite : Suite
{
    public override string Name => "storage-pool-caps";

    public override Outputs Run(CaseInput input)
    {
        StoragePoolType[] supported = [.. input.Words("pool_types").Select(static word =>
            StoragePoolTypeNames.TryParse(word, out StoragePoolType type) ? type : throw new InvalidDataException($"unknown type {word}"))];
        string made = StoragePoolCapabilities.Of(supported).ToXml();
        string again = StoragePoolCapabilities.Parse(made).ToXml();
        return made == again ? Outputs.Of(made) : throw new CaseFault($"not the same when read and written again: {Corpus.FirstDifference(made, again)}");
    }
}
