using System.Buffers.Binary;
using System.Text;

namespace Vireo.Host.Images;

/// <summary>How an image is encrypted.</summary>
public enum ImageEncryption
{
    /// <summary>It is not.</summary>
    None,
    /// <summary>As the first versions of qcow did.</summary>
    Aes,
    /// <summary>By LUKS.</summary>
    Luks,
}

/// <summary>What an image says of itself in its first bytes.</summary>
/// <param name="Format">QEMU's name of its format.</param>
/// <param name="Capacity">Bytes that a guest sees; 0: the header does not say.</param>
public sealed record ImageHeader(string Format, ulong Capacity)
{
    const int Largest = 65536, LongestName = 1023;

    /// <summary>The name of the image below; null: there is none.</summary>
    public string? BackingFile { get; init; }

    /// <summary>The format of the image below, by QEMU's name; null: not said.</summary>
    public string? BackingFormat { get; init; }

    /// <summary>A key is needed to read it.</summary>
    public bool IsEncrypted => Encryption is not ImageEncryption.None;

    /// <summary>How it is encrypted.</summary>
    public ImageEncryption Encryption { get; init; }

    /// <summary>The version of its format; 0: not read.</summary>
    public uint Version { get; init; }

    /// <summary>Bytes of a cluster; 0: the format has none, or they are not read.</summary>
    public ulong ClusterSize { get; init; }

    /// <summary>Counters of clusters are written late.</summary>
    public bool LazyRefcounts { get; init; }

    /// <summary>Clusters have parts.</summary>
    public bool ExtendedL2 { get; init; }

    /// <summary>Where the guest's bytes begin, of a format that has them in one piece; null: another format.</summary>
    public ulong? PayloadOffset { get; init; }

    /// <summary>Reads the header of a file as that of a format; null: it is no such image.</summary>
    /// <param name="path">The file.</param>
    /// <param name="format">QEMU's name of the format; null: whichever it looks like.</param>
    public static ImageHeader? Read(string path, string? format)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        byte[] bytes = new byte[Largest];
        return Parse(bytes.AsSpan(0, RandomAccess.Read(file, bytes, 0)), format);
    }

    /// <summary>Reads the header from the first bytes.</summary>
    public static ImageHeader? Parse(ReadOnlySpan<byte> image, string? format) => (format ?? Guess(image)) switch
    {
        "qcow2" => Qcow2(image),
        "qcow" => Qcow(image),
        "qed" => Qed(image),
        "vmdk" => Vmdk(image),
        "vdi" => image.Length >= 376 && U32Little(image, 64) == 0xbeda107f ? new ImageHeader("vdi", U64Little(image, 368)) : null,
        "vpc" => Starts(image, "conectix") ? new ImageHeader("vpc", U64(image, 48)) : null,
        "vhdx" => Starts(image, "vhdxfile") ? new ImageHeader("vhdx", 0) : null,
        "luks" => Luks(image),
        _ => null,
    };

    static string? Guess(ReadOnlySpan<byte> image) =>
        image.Length >= 8 && U32(image, 0) == 0x514649fb ? U32(image, 4) == 1 ? "qcow" : "qcow2"
        : Starts(image, "QED\0") ? "qed"
        : Starts(image, "KDMV") || Starts(image, "# Disk DescriptorFile") ? "vmdk"
        : image.Length >= 68 && U32Little(image, 64) == 0xbeda107f ? "vdi"
        : Starts(image, "conectix") ? "vpc"
        : Starts(image, "vhdxfile") ? "vhdx"
        : Starts(image, "LUKS\xba\xbe") ? "luks" : null;

    static ImageHeader? Qcow2(ReadOnlySpan<byte> image) => Qcow2Header.Parse(image) is not { } header ? null : new ImageHeader("qcow2", U64(image, 24))
    {
        BackingFile = header.BackingFile,
        BackingFormat = header.BackingFormat,
        Encryption = U32(image, 32) switch { 0 => ImageEncryption.None, 1 => ImageEncryption.Aes, _ => ImageEncryption.Luks },
        Version = U32(image, 4),
        ClusterSize = U32(image, 20) is >= 9 and <= 30 and var bits ? 1ul << (int)bits : 0,
        LazyRefcounts = HasFeature(image, 80, 1),
        ExtendedL2 = HasFeature(image, 72, 1 << 4),
    };

    // Only the newer version has words for features.
    static bool HasFeature(ReadOnlySpan<byte> image, int word, ulong bit) => U32(image, 4) >= 3 && (U64(image, word) & bit) != 0;

    const uint LuksVersionAt = 6, LuksPayloadAt = 104, Sector = 512;

    static ImageHeader? Luks(ReadOnlySpan<byte> image) => !Starts(image, "LUKS\xba\xbe") || image.Length < 108 ? null : new ImageHeader("luks", 0)
    {
        Encryption = ImageEncryption.Luks,
        Version = BinaryPrimitives.ReadUInt16BigEndian(image[(int)LuksVersionAt..]),
        PayloadOffset = BinaryPrimitives.ReadUInt16BigEndian(image[(int)LuksVersionAt..]) == 1 ? (ulong)U32(image, (int)LuksPayloadAt) * Sector : null,
    };

    static ImageHeader? Qcow(ReadOnlySpan<byte> image) => image.Length < 48 || U32(image, 0) != 0x514649fb || U32(image, 4) != 1 ? null : new ImageHeader("qcow", U64(image, 24))
    {
        BackingFile = Name(image, U64(image, 8), U32(image, 16)),
        Encryption = U32(image, 36) != 0 ? ImageEncryption.Aes : ImageEncryption.None,
    };

    static ImageHeader? Qed(ReadOnlySpan<byte> image)
    {
        const ulong HasBacking = 1, BackingIsRaw = 4;
        if (image.Length < 64 || !Starts(image, "QED\0"))
            return null;
        ulong features = U64Little(image, 16);
        return new ImageHeader("qed", U64Little(image, 48))
        {
            BackingFile = (features & HasBacking) == 0 ? null : Name(image, U32Little(image, 56), U32Little(image, 60)),
            BackingFormat = (features & BackingIsRaw) == 0 ? null : "raw",
        };
    }

    // The descriptor is text; a monolithic image has it in its second sector.
    static ImageHeader? Vmdk(ReadOnlySpan<byte> image)
    {
        bool mono = Starts(image, "KDMV");
        if (!mono && !Starts(image, "# Disk DescriptorFile") || image.Length < 512)
            return null;
        string text = Encoding.UTF8.GetString(mono ? image[512..Math.Min(image.Length, 512 + 20 * 512)] : image);
        const string Hint = "parentFileNameHint=\"";
        int at = text.IndexOf(Hint, StringComparison.Ordinal), end = at < 0 ? -1 : text.IndexOf('"', at + Hint.Length);
        return new ImageHeader("vmdk", mono ? U64Little(image, 12) * 512 : 0) { BackingFile = end > 0 ? text[(at + Hint.Length)..end] : null };
    }

    static string? Name(ReadOnlySpan<byte> image, ulong at, uint length) =>
        at == 0 || length is 0 or > LongestName || at + length > (ulong)image.Length ? null : Encoding.UTF8.GetString(image.Slice((int)at, (int)length));

    static bool Starts(ReadOnlySpan<byte> image, string magic)
    {
        if (image.Length < magic.Length)
            return false;
        for (int i = 0; i < magic.Length; i++)
            if (image[i] != magic[i])
                return false;
        return true;
    }

    static uint U32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]);

    static ulong U64(ReadOnlySpan<byte> bytes, int at) => bytes.Length < at + 8 ? 0 : BinaryPrimitives.ReadUInt64BigEndian(bytes[at..]);

    static uint U32Little(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    static ulong U64Little(ReadOnlySpan<byte> bytes, int at) => bytes.Length < at + 8 ? 0 : BinaryPrimitives.ReadUInt64LittleEndian(bytes[at..]);
}
