using Vireo.Core.Xml.Schema;

namespace Vireo.Model.Storage;

public sealed partial record StoragePoolDef
{
    /// <summary>Pools that are a folder need its path.</summary>
    static void DescribeXml(ShapeBuilder s)
    {
        Shape folder = ShapeBuilder.Build("StoragePoolDef.folder", null, static f => f.Child("target", static () => Folder, 1));
        Shape other = ShapeBuilder.Build("StoragePoolDef.other", null, static f => f.Child("target", static () => StoragePoolTarget.XmlShape));
        s.Without("@type", "target").Choice("type", null, [.. StoragePoolTypeNames.XmlShape.Words.Select(word =>
            new Alternative(word, word is "dir" or "fs" or "netfs" ? () => folder : () => other))]);
    }

    static void DescribeOptions(ShapeBuilder s) => s
        .Child("mount_opts", static () => Shape.Any, space: "http://libvirt.org/schemas/storagepool/fs/1.0")
        .Child("config_opts", static () => Shape.Any, space: "http://libvirt.org/schemas/storagepool/rbd/1.0");

    static Shape Folder => field ??= ShapeBuilder.Build("StoragePoolTarget.folder", StoragePoolTarget.XmlShape.Summary, static t => t.Inline(StoragePoolTarget.XmlShape).Required("path"));
}
