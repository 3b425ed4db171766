using Vireo.Core.Xml.Schema;
using Vireo.Model.Documents;

namespace Vireo.Model.Storage;

public sealed partial record StoragePoolDef
{
    const string Mount = "http://libvirt.org/schemas/storagepool/fs/1.0", Rbd = "http://libvirt.org/schemas/storagepool/rbd/1.0";

    /// <summary>What there may be besides a name and sizes depends on the type of the pool.</summary>
    static void DescribeXml(ShapeBuilder s)
    {
        s.Group("features").Group("cow").Required("@state");
        s.Without("@type", "name", "source", "target", "refresh").Choice("type", null, [.. StoragePoolKind.All.Select(static kind => new Alternative(kind.Type.ToXml(), () => OfKind(kind)))]);
    }

    static void DescribeOptions(ShapeBuilder s) { }

    static Shape OfKind(StoragePoolKind kind) => ShapeBuilder.Build($"StoragePoolDef.{kind.Type.ToXml()}", null, s =>
    {
        bool bare = kind.Type is StoragePoolType.Dir or StoragePoolType.Mpath;
        s.TextChild("name", Forms.ObjectName, kind.Uses(StoragePoolParts.Name) ? 0 : 1).Child("source", () => StoragePoolSource.OfKind(kind), bare ? 0 : 1);
        if (kind.Type == StoragePoolType.Logical)
            s.Child("target", static () => StoragePoolTarget.XmlShape, 1);
        else if (!kind.IsRemote)
            s.Child("target", static () => StoragePoolTarget.Folder, kind.Type == StoragePoolType.Zfs ? 0 : 1);
        if (kind.Type is StoragePoolType.Fs or StoragePoolType.NetFs)
            s.Child("mount_opts", static () => OptionsIn(Mount, false), space: Mount);
        if (kind.Type != StoragePoolType.Rbd)
            return;
        s.Child("config_opts", static () => OptionsIn(Rbd, true), space: Rbd);
        s.Group("refresh").Group("volume").Attribute("allocation", RefreshAllocationNames.XmlShape);
    });

    static Shape OptionsIn(string space, bool values) => ShapeBuilder.Build("StoragePoolOptions", "Options passed on to what mounts or opens the pool.", s => s.Child("option", () =>
        ShapeBuilder.Build("StoragePoolOption", null, o =>
        {
            o.Attribute("name", ValueShapes.Text, required: true);
            if (values)
                o.Attribute("value", ValueShapes.Text, required: true);
        }), max: 0, space: space));
}

public sealed partial record StoragePoolTarget
{
    /// <summary>Pools that are a folder need its path.</summary>
    internal static Shape Folder => field ??= ShapeBuilder.Build("StoragePoolTarget.folder", XmlShape.Summary, static t => t.Inline(XmlShape).Required("path"));

    static void DescribeXml(ShapeBuilder s) => s.Form("path", Forms.AbsolutePath);
}

public sealed partial record StoragePoolSource
{
    static void DescribeXml(ShapeBuilder s)
    {
        s.Group("dir").Form("@path", Forms.Path).Required("@path");
        s.Group("initiator").Required("iqn").Group("iqn").Required("@name");
        s.Inside("auth", static auth => auth.Form("@type", Forms.Words("chap", "ceph")).Required("@type").Without("secret").Child("secret", static () => Secret, 1));
        foreach (string about in (string[])["format", "vendor", "product"])
            s.Group(about).Required(about == "format" ? "@type" : "@name");
        s.Group("protocol").Required("@ver");
    }

    static Shape Secret => field ??= ShapeBuilder.Build("StoragePoolSecret", "A secret by uuid or usage.", static secret =>
        secret.Attribute("uuid", ValueShapes.Text).Attribute("usage", ValueShapes.Text).Either(["@uuid!"], ["@usage!"]));

    /// <summary>What counts for a kind of pool.</summary>
    internal static Shape OfKind(StoragePoolKind kind) => ShapeBuilder.Build($"StoragePoolSource.{kind.Type.ToXml()}", XmlShape.Summary, s =>
    {
        StoragePoolType type = kind.Type;
        s.Inline(XmlShape);
        Part(s, "host", kind.Uses(StoragePoolParts.Host), must: true);
        Part(s, "device", kind.Uses(StoragePoolParts.Device), must: type is not (StoragePoolType.Logical or StoragePoolType.Zfs));
        if (kind.Uses(StoragePoolParts.Device) && type != StoragePoolType.Logical)
            s.Once("device");
        if (type == StoragePoolType.IscsiDirect)
            s.Inside("device", static device => device.Form("@path", Forms.IscsiName));
        Part(s, "dir", kind.Uses(StoragePoolParts.Directory), must: type == StoragePoolType.NetFs);
        Part(s, "adapter", kind.Uses(StoragePoolParts.Adapter), must: true);
        Part(s, "name", kind.Uses(StoragePoolParts.Name), must: type != StoragePoolType.Logical);
        if (type == StoragePoolType.Logical)
            s.Repeated("name");
        Part(s, "initiator", kind.Uses(StoragePoolParts.Initiator), must: type == StoragePoolType.IscsiDirect);
        Part(s, "auth", type is StoragePoolType.Iscsi or StoragePoolType.IscsiDirect or StoragePoolType.Rbd, must: false);
        Part(s, "format", kind.Formats.Length > 0, must: false);
        if (kind.Formats.Length > 0)
            s.Inside("format", format => format.Form("@type", Forms.Words(kind.Formats)));
        Part(s, "protocol", type == StoragePoolType.NetFs, must: false);
        bool known = type is StoragePoolType.Fs or StoragePoolType.NetFs or StoragePoolType.Logical or StoragePoolType.Disk or StoragePoolType.Iscsi or StoragePoolType.Scsi;
        Part(s, "vendor", known, must: false);
        Part(s, "product", known, must: false);
    });

    static void Part(ShapeBuilder s, string name, bool counts, bool must)
    {
        if (!counts)
            s.Without(name);
        else if (must)
            s.Required(name);
    }
}

public sealed partial record StoragePoolHost
{
    static void DescribeXml(ShapeBuilder s) => s.Form("@name", Forms.Either(Forms.HostName, Forms.IpAddress)).Form("@port", Forms.Port);
}

public sealed partial record StoragePoolDevice
{
    static void DescribeXml(ShapeBuilder s) => s.Form("@path", Forms.Either(Forms.AbsolutePath, Forms.Name, Forms.IscsiName));
}

public sealed partial record StorageAdapter
{
    static void DescribeXml(ShapeBuilder s)
    {
        foreach (string name in (string[])["@parent_wwnn", "@parent_wwpn", "@parent_fabric_wwn", "@wwnn", "@wwpn"])
            s.Form(name, Forms.Wwn);
        Shape host = ShapeBuilder.Build("StorageAdapter.host", null, h => h.Attribute("name", ValueShapes.Text).Child("parentaddr", static () => StorageParentAddress.XmlShape)
            .Either(["@name!"], ["parentaddr!"]));
        s.Without("@type", "parentaddr").Required("@wwnn", "@wwpn");
        Shape fibre = ShapeBuilder.Build("StorageAdapter.fibre", null, f =>
        {
            foreach (string name in (string[])["parent", "managed", "parent_wwnn", "parent_wwpn", "parent_fabric_wwn"])
                f.Attribute(name, name == "managed" ? ValueShapes.YesNo : name == "parent" ? ValueShapes.Text : Forms.Wwn);
            f.Attribute("wwnn", Forms.Wwn, required: true).Attribute("wwpn", Forms.Wwn, required: true);
        });
        s.Without("@name", "@parent", "@managed", "@parent_wwnn", "@parent_wwpn", "@parent_fabric_wwn", "@wwnn", "@wwpn")
            .Choice("type", "scsi_host", [new Alternative("scsi_host", () => host), new Alternative("fc_host", () => fibre)]);
    }
}

public sealed partial record StorageParentAddress
{
    static void DescribeXml(ShapeBuilder s) => s.Form("@unique_id", Forms.Range(1, uint.MaxValue)).Required("address");
}
