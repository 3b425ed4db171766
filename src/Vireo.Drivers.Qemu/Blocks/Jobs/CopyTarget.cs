using Vireo.Core.Errors;
using Vireo.Core.Xml;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Blocks.Jobs;

/// <summary>Where a disk is copied to.</summary>
/// <param name="Source">The image.</param>
/// <param name="Format">Its format; null: that of the disk, or whatever an image that is there has.</param>
/// <param name="BackingStore">The images below one that is there; null: as it says itself.</param>
sealed record CopyTarget(DiskSource Source, StorageFormat? Format, BackingStore? BackingStore = null)
{
    /// <summary>Of a <c>&lt;disk&gt;</c> document, of which source, format and backing images count.</summary>
    /// <exception cref="VireoException">It is no disk.</exception>
    internal static CopyTarget Parse(string xml) => XmlInput.Document(xml, "disk", new XmlInputOptions("disk_definition"), static x =>
    {
        int depth = x.Enter();
        string type = x.Attribute("type") ?? "file";
        DiskSource? source = null;
        DiskDriver? driver = null;
        BackingStore? below = null;
        while (x.NextChild(depth))
            switch (x.Name)
            {
                case "source": source ??= DiskSource.ReadXml(x, type); break;
                case "driver": driver ??= DiskDriver.ReadXml(x); break;
                case "backingStore": below ??= BackingStore.ReadXml(x); break;
            }
        return x.Done(depth, new CopyTarget(source ?? throw new VireoException(ErrorCode.XmlError, ErrorDomain.Domain, "missing source element"), driver?.Type, below));
    });
}

/// <summary>How a disk is copied.</summary>
/// <param name="Target">Where to.</param>
/// <param name="Flags">How.</param>
/// <param name="Speed">Bytes a second; 0: no limit.</param>
/// <param name="Granularity">Bytes of one piece; 0: QEMU chooses.</param>
/// <param name="Buffer">Most bytes on their way; 0: QEMU chooses.</param>
sealed record CopyOrder(CopyTarget Target, Driver.DomainBlockCopyFlags Flags, ulong Speed, uint Granularity = 0, ulong Buffer = 0);
