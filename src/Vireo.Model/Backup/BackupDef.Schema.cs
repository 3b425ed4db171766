using Vireo.Core.Xml.Schema;
using Vireo.Model.Documents;
using Vireo.Model.Domain.Devices;

namespace Vireo.Model.Backup;

public sealed partial record BackupDef
{
    /// <summary>Only libvirt's own files have it.</summary>
    static void DescribePrivateData(ShapeBuilder s) => s.Without("privateData");
}

public sealed partial record BackupDisk
{
    static void DescribeXml(ShapeBuilder s) => s.Form("@name", Forms.GuestDisk).Group("driver").Required("@type");

    static void DescribeStore(ShapeBuilder s) => s.Child("target", static () => Place).Child("scratch", static () => Place);

    static Shape Place => field ??= ShapeBuilder.Build("BackupStore", "A file or a block device.", static s =>
        s.Inline(DiskSource.OfFile.XmlShape).Inline(DiskSource.OfBlock.XmlShape).Either(["@file!", "@fdgroup"], ["@dev!"]));
}
