using System.Buffers.Binary;
using System.Text;
using Vireo.Core.Errors;

namespace Vireo.Host.Pci;

/// <summary>How a keyword's value is to be read.</summary>
public enum VpdFormat
{
    /// <summary>No such keyword.</summary>
    Invalid,
    /// <summary>Characters.</summary>
    Text,
    /// <summary>Bytes.</summary>
    Binary,
    /// <summary>A checksum, and room up to the end of the part that cannot be written.</summary>
    Reserved,
    /// <summary>Room up to the end of the part that can be written.</summary>
    Writable,
}

/// <summary>What a PCI device says of itself beside its configuration space: "vital product data", as the PCI specification lays it out.</summary>
public sealed record VitalProductData
{
    const int Large = 0x80, EndTag = 0x0f, NameTag = 0x02, FixedTag = 0x10, WritableTag = 0x11, Most = 32768;

    /// <summary>The product.</summary>
    public string? Name { get; init; }

    /// <summary>Fields that only the maker writes, by keyword: PN, EC, MN, SN, and V0 to VZ, which are the vendor's own.</summary>
    public IReadOnlyDictionary<string, string> Fixed { get; init; } = new Dictionary<string, string>();

    /// <summary>Fields that the owner may write: YA is an asset tag, V0 to VZ the vendor's, Y0 to YZ the system's. Null: there are none.</summary>
    public IReadOnlyDictionary<string, string>? Writable { get; init; }

    /// <summary>How a keyword's value is to be read.</summary>
    public static VpdFormat FormatOf(string keyword) => keyword switch
    {
        "RV" => VpdFormat.Reserved,
        "RW" => VpdFormat.Writable,
        "CP" => VpdFormat.Binary,
        "EC" or "FG" or "LC" or "MN" or "PG" or "PN" or "SN" => VpdFormat.Text,
        ['V' or 'Y', var which] when char.IsAsciiDigit(which) || char.IsAsciiLetterUpper(which) => VpdFormat.Text,
        _ => VpdFormat.Invalid,
    };

    /// <summary>Only printable ASCII.</summary>
    public static bool IsText(string value) => value.All(static c => c is >= ' ' and <= '~');

    /// <summary>Reads it.</summary>
    /// <exception cref="VireoException">VIR_ERR_INTERNAL_ERROR for data that is cut off, or whose checksum or order is wrong. Fields that make no sense
    /// alone are passed over.</exception>
    public static VitalProductData Parse(ReadOnlySpan<byte> bytes)
    {
        var data = new VitalProductData();
        bool named = false, read = false;
        for (int at = 0; at < bytes.Length;)
        {
            int head = bytes[at], tag, length;
            if ((head & Large) != 0)
            {
                if (at + 3 > bytes.Length)
                    throw Bad("cannot read the header of a resource");
                (tag, length) = (head & 0x7f, BinaryPrimitives.ReadUInt16LittleEndian(bytes[(at + 1)..]));
                at += 3;
            }
            else
            {
                (tag, length) = (head >> 3 & 0xf, head & 7);
                at++;
                if (tag == EndTag)
                    return read ? data : throw Bad("no read-only part");
            }
            if (length > Most || at + length > bytes.Length)
                throw Bad("a resource is longer than the data");
            ReadOnlySpan<byte> content = bytes.Slice(at, length);
            switch (tag)
            {
                case NameTag when !named:
                    string name = Text(content);
                    if (!IsText(name))
                        throw Bad("the name of the product has characters that cannot be printed");
                    data = data with { Name = name };
                    named = true;
                    break;
                case FixedTag when named && !read:
                    data = data with { Fixed = Fields(bytes, at, length, writable: false) };
                    read = true;
                    break;
                case WritableTag when read:
                    data = data with { Writable = Fields(bytes, at, length, writable: true) };
                    break;
                default:
                    throw Bad($"unexpected resource 0x{tag:x}");
            }
            at += length;
        }
        throw Bad("no end");
    }

    static Dictionary<string, string> Fields(ReadOnlySpan<byte> all, int start, int length, bool writable)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        bool closed = false;
        for (int at = start, end = start + length; at < end;)
        {
            if (closed || at + 3 > end)
                throw Bad("something follows the last field");
            string keyword = Text(all.Slice(at, 2));
            int size = all[at + 2];
            at += 3;
            if (at + size > end)
                throw Bad($"field {keyword} is longer than its resource");
            switch (FormatOf(keyword))
            {
                case VpdFormat.Reserved when !writable:
                    if (size < 1 || Sum(all[..(at + 1)]) != 0)
                        throw Bad("checksum is wrong");
                    closed = true;
                    break;
                case VpdFormat.Writable when writable:
                    closed = true;
                    break;
                case VpdFormat.Reserved or VpdFormat.Writable:
                    throw Bad($"unexpected field {keyword}");
                case VpdFormat.Text when Text(all.Slice(at, size)).Trim() is var value && IsText(value):
                    fields[keyword] = value;
                    break;
            }
            at += size;
        }
        return closed || writable ? fields : throw Bad("no checksum");
    }

    static byte Sum(ReadOnlySpan<byte> bytes)
    {
        byte sum = 0;
        foreach (byte b in bytes)
            sum += b;
        return sum;
    }

    static string Text(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);

    static VireoException Bad(string text) => VireoException.Internal(ErrorDomain.None, $"failed to parse PCI vital product data: {text}");
}
