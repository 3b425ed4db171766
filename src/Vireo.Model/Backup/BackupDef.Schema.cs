using Vireo.Core.Xml.Schema;
using Vireo.Model.Documents;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Model.Backup;

public sealed partial record BackupDef
{
    static void DescribeXml(ShapeBuilder s)
    {
        Shape push = ShapeBuilder.Build("BackupDef.push", null, static p => p.Child("disks", static () => DisksOf("push", BackupDisk.Pushed)));
        Shape pull = ShapeBuilder.Build("BackupDef.pull", null, static p => p.Child("server", static () => BackupServer.XmlShape, 1).Child("disks", static () => DisksOf("pull", BackupDisk.Pulled)));
        s.Without("@mode", "server", "disks").Choice("mode", "push", [new Alternative("push", () => push), new Alternative("pull", () => pull)]);
    }

    static Shape DisksOf(string mode, Shape disk) =>
        ShapeBuilder.Build($"BackupDisks.{mode}", BackupDisks.XmlShape.Summary, d => d.Child("disk", () => disk, 1, 0));

    /// <summary>Only libvirt's own files have it.</summary>
    static void DescribePrivateData(ShapeBuilder s) => s.Without("privateData");
}

public sealed partial record BackupServer
{
    static void DescribeXml(ShapeBuilder s) => s.Form("@name", Forms.Either(Forms.HostName, Forms.IpAddress)).Form("@socket", Forms.AbsolutePath)
        .Cases("transport", "tcp", ["tcp", "@name!", "@port"], ["unix", "@socket!"]);
}

public sealed partial record BackupDisk
{
    /// <summary>A disk that the hypervisor writes a backup of.</summary>
    internal static Shape Pushed => field ??= Of("push", "target", "driver", Forms.ImageFormat, mustHaveType: true, "@exportname", "@exportbitmap");

    /// <summary>A disk that is offered to be read.</summary>
    internal static Shape Pulled => field ??= Of("pull", "scratch", "driver", Forms.Words("qcow2"), mustHaveType: false);

    static void DescribeXml(ShapeBuilder s) => s.Form("@name", Forms.GuestDisk).Without("@state", "@index").Group("driver").Required("@type");

    static void DescribeStore(ShapeBuilder s) => s.Child("target", static () => Shape.Any).Child("scratch", static () => Shape.Any);

    static Shape Of(string mode, string store, string driver, ValueShape formats, bool mustHaveType, params string[] without) =>
        ShapeBuilder.Build($"BackupDisk.{mode}", XmlShape.Summary, s =>
        {
            Alternative Place(string type, string attribute) => new(type, () => ShapeBuilder.Build($"BackupDisk.{mode}.{type}", null, p =>
            {
                p.Child(store, () => StoreOf(attribute), type == "block" && !mustHaveType ? 1 : 0);
                p.Group(driver).Attribute("type", formats, required: true);
            }));
            s.Inline(XmlShape).Without(without).Without("@type", "target", "scratch", driver)
                .Choice("type", mustHaveType ? null : "file", [Place("file", "file"), Place("block", "dev")])
                .Whole("backup", "yes", ["no"], ["@name", "@backupmode", "@incremental", .. without.Length > 0 ? [] : (string[])["@exportname", "@exportbitmap"]])
                .Cases("backupmode", "incremental", ["full"], ["incremental", "@incremental"]);
        });

    static Shape StoreOf(string attribute) => ShapeBuilder.Build($"BackupStore.{attribute}", "A file or a block device.", s => s
        .Attribute(attribute, Forms.AbsolutePath, required: true).Child("seclabel", static () => DeviceLabel.XmlShape, max: 0)
        .Child("encryption", static () => Encryption));

    static Shape Encryption => field ??= ShapeBuilder.Build("BackupEncryption", DiskEncryption.XmlShape.Summary, static s =>
        s.Inline(DiskEncryption.XmlShape).Form("@format", Forms.Words("luks")).Form("@engine", Forms.Words("qemu")));
}
