using System.Buffers.Binary;
using Vireo.Host.Images;

namespace Vireo.Drivers.Storage.Volumes.Probe;

/// <summary>What the first bytes of a volume say that it is.</summary>
/// <param name="Format">A word for a volume's format.</param>
/// <param name="Header">What an image tells of itself; null: nothing.</param>
readonly record struct ImageKind(string Format, ImageHeader? Header)
{
    /// <summary>As many bytes decide it: the mark of an ISO file system comes last.</summary>
    public const int HeadLength = 33_280;

    const int IsoMark = 32_769;
    const uint BochsOld = 0x10000, BochsNew = 0x20000, VpcVersion = 0x10000, VdiVersion = 0x10001;

    static ReadOnlySpan<byte> Cloop => "#!/bin/sh\n#V2.0 Format\nmodprobe cloop file=$0 && mount -r -t iso9660 /dev/cloop $1\n"u8;

    /// <summary>The capacity that an image says, in bytes; null: it does not.</summary>
    /// <param name="physical">How far its file goes.</param>
    public ulong? CapacityOf(ulong physical) => Header switch
    {
        null => null,
        { Format: "luks", PayloadOffset: { } offset } => offset < physical ? physical - offset : 0,
        { Capacity: > 0 and var capacity } => capacity,
        _ => null,
    };

    /// <summary>Decides it.</summary>
    public static ImageKind Of(ReadOnlySpan<byte> head)
    {
        if (head.Length > IsoMark + 5 && head[IsoMark..].StartsWith("CD001"u8))
            return new ImageKind("iso", null);
        if (head.StartsWith("Bochs Virtual HD Image"u8) && head.Length > 68 && Little(head, 64) is BochsOld or BochsNew)
            return new ImageKind("bochs", null);
        if (head.StartsWith(Cloop))
            return new ImageKind("cloop", null);
        if (head.StartsWith("WithoutFreeSpace"u8) || head.StartsWith("WithouFreSpacExt"u8))
            return new ImageKind("ploop", null);
        if (head.StartsWith("OOOM\0\0\0\x02"u8))
            return new ImageKind("cow", null);
        return ImageHeader.Parse(head, null) switch
        {
            null => new ImageKind("raw", null),
            { Format: "vpc" } vpc => head.Length > 16 && BinaryPrimitives.ReadUInt32BigEndian(head[12..]) == VpcVersion ? new("vpc", vpc) : new("raw", null),
            { Format: "vdi" } vdi => head.Length > 72 && Little(head, 68) == VdiVersion ? new("vdi", vdi) : new("raw", null),
            { Format: "vmdk" } vmdk => head.StartsWith("KDMV"u8) && head.Length > 8 && Little(head, 4) is >= 1 and <= 3 ? new("vmdk", vmdk) : new("raw", null),
            { Format: "luks" } luks => new("raw", luks),
            { Format: "vhdx" } => new("raw", null),
            { } other => new(other.Format, other),
        };
    }

    static uint Little(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);
}
