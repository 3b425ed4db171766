using Vireo.Core.Xml.Schema;
using Vireo.Model.Documents;

namespace Vireo.Model.Storage;

public sealed partial record StorageVolumeDef
{
    /// <summary>Whatever any pool calls a format of its volumes, or of a file system on them.</summary>
    internal static ValueShape Formats { get; } = Forms.Words([.. StoragePoolKind.All.SelectMany(static kind => kind.VolumeFormats)
        .Concat(StoragePoolKind.Of(StoragePoolType.Fs).Formats).Append("unknown").Append("luks").Distinct()]);

    static void DescribeXml(ShapeBuilder s) => s.Form("name", Forms.Pattern("a name without /", "[^/]+")).Required("target");
}

public sealed partial record StorageVolumeDevice
{
    static void DescribeXml(ShapeBuilder s) => s.Form("@path", Forms.AbsolutePath);
}

public sealed partial record StorageVolumeTarget
{
    static void DescribeXml(ShapeBuilder s)
    {
        s.Form("path", Forms.Path).Form("compat", Forms.Pattern("a version as 1.1", @"[0-9]+\.[0-9]+"));
        s.Group("format").Form("@type", StorageVolumeDef.Formats).Required("@type");
    }

    static void DescribeNoCopyOnWrite(ShapeBuilder s) => s.Flag("nocow", "No copy-on-write on btrfs.");
}

public sealed partial record StorageBackingStore
{
    static void DescribeXml(ShapeBuilder s)
    {
        s.Form("path", Forms.AbsolutePath).Required("path");
        s.Group("format").Form("@type", StorageVolumeDef.Formats).Required("@type");
    }
}

public sealed partial record StoragePermissions
{
    static readonly ValueShape OwnerForm = Forms.Either(ValueShapes.Number<uint>(), Forms.Words("-1"));

    static void DescribeXml(ShapeBuilder s) => s.Form("mode", Forms.Pattern("a mode in octal, as 0755", "[0-7]+")).Form("owner", OwnerForm).Form("group", OwnerForm);
}

public sealed partial record VolumeTimestamps
{
    static void DescribeXml(ShapeBuilder s)
    {
        foreach (string time in (string[])["atime", "mtime", "ctime", "btime"])
            s.Form(time, Forms.Pattern("seconds, as 1341933637.273190990", @"[0-9]+(\.[0-9]{0,9})?"));
    }
}
