using System.Buffers.Binary;
using System.Text;

namespace Vireo.Host.Images;

/// <summary>What a qcow2 image says of the image below it.</summary>
/// <param name="BackingFile">Its name as written, relative to the image; null: there is none.</param>
/// <param name="BackingFormat">Its format by QEMU's name; null: not said.</param>
public sealed record Qcow2Header(string? BackingFile, string? BackingFormat)
{
    const uint Magic = 0x514649fb, FormatExtension = 0xe2792aca;
    const int OldHeader = 72, LongestName = 1023, Largest = 65536;

    /// <summary>Reads the header; null if the file is no qcow2 image of a version that is known.</summary>
    public static Qcow2Header? Read(string path)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        byte[] bytes = new byte[Largest];
        return Parse(bytes.AsSpan(0, RandomAccess.Read(file, bytes, 0)));
    }

    /// <summary>Reads the header from the first bytes of an image.</summary>
    public static Qcow2Header? Parse(ReadOnlySpan<byte> image)
    {
        if (image.Length < OldHeader || U32(image) != Magic || U32(image[4..]) is not (2 or 3))
            return null;
        ulong at = BinaryPrimitives.ReadUInt64BigEndian(image[8..]);
        uint length = U32(image[16..]);
        string? name = at == 0 || length is 0 or > LongestName || at + length > (ulong)image.Length
            ? null
            : Encoding.UTF8.GetString(image.Slice((int)at, (int)length));
        return new Qcow2Header(name, name is null ? null : FindFormat(image, U32(image[4..]) == 3 && image.Length >= 104 ? U32(image[100..]) : OldHeader, at));
    }

    // Extensions (type, length, bytes padded to eight) lie between the header and the name.
    static string? FindFormat(ReadOnlySpan<byte> image, uint start, ulong end)
    {
        for (ulong at = start; at + 8 <= end && at + 8 <= (ulong)image.Length;)
        {
            uint type = U32(image[(int)at..]), length = U32(image[(int)(at + 4)..]);
            if (type == 0 || at + 8 + length > (ulong)image.Length)
                return null;
            if (type == FormatExtension)
                return Encoding.ASCII.GetString(image.Slice((int)at + 8, (int)length));
            at += 8 + ((ulong)length + 7 & ~7ul);
        }
        return null;
    }

    static uint U32(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32BigEndian(bytes);
}
