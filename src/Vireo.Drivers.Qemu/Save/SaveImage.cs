using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Vireo.Core.Errors;

namespace Vireo.Drivers.Qemu.Save;

/// <summary>How the machine's state is packed; the programs are called with <c>-dc</c>.</summary>
public enum SaveCompression { Raw, Gzip, Bzip2, Xz, Lzop }

/// <summary>
/// What stands before the state of a saved machine, in libvirt's format, so that either can restore what the other saved:
/// <code>
///  0  16  magic: LibvirtQemudSave, or LibvirtQemudPart while it is being written
/// 16   4  version: 2, in the writer's byte order, as every number here
/// 20   4  length of the data behind the header
/// 24   4  1: the machine ran; 0: it was paused
/// 28   4  compression
/// 32   4  where in the data the cookie begins; 0: there is none
/// 36  56  nothing
/// 92      XML and NUL, cookie and NUL, zeros; then the emulator's stream
/// </code>
/// </summary>
public sealed record SaveImage
{
    /// <summary>The header's length in bytes.</summary>
    public const int HeaderSize = 92;

    /// <summary>The longest data that is read, in bytes: two documents of the greatest length, and room.</summary>
    public const int DataLimit = 64 * 1024 * 1024;

    /// <summary>The format's version.</summary>
    public const uint Version = 2;

    /// <summary>Room for a longer XML later.</summary>
    const int Room = 64 * 1024;

    /// <summary>The machine, as <c>&lt;domain&gt;</c>.</summary>
    public required string Xml { get; init; }

    /// <summary>What the driver has to remember, as <c>&lt;cookie&gt;</c>; null: nothing.</summary>
    public string? Cookie { get; init; }

    /// <summary>Whether it ran, and is to run again.</summary>
    public required bool WasRunning { get; init; }

    /// <summary>How the stream behind is packed; a number that is not of the enum is for whoever restores it to refuse.</summary>
    public SaveCompression Compression { get; init; }

    /// <summary>The length of the data, which an edit has to keep, because the stream begins behind it; 0: not yet written.</summary>
    public int DataLength { get; init; }

    /// <summary>Reads header and data; the stream then stands at the machine's state.</summary>
    /// <exception cref="VireoException">It is no saved machine, is incomplete, or of a later version.</exception>
    public static SaveImage Read(Stream stream)
    {
        Span<byte> header = stackalloc byte[HeaderSize];
        if (stream.ReadAtLeast(header, HeaderSize, throwOnEndOfStream: false) < HeaderSize)
            throw Failed("failed to read qemu header");
        if (!header.StartsWith("LibvirtQemudSave"u8))
            throw Failed(header.StartsWith("LibvirtQemudPart"u8) ? "save image is incomplete" : "image magic is incorrect");
        bool swap = Number(header, 16, swap: false) > Version;
        if (Number(header, 16, swap) > Version)
            throw Failed($"image version is not supported ({Number(header, 16, swap)} > {Version})");
        uint length = Number(header, 20, swap), cookie = Number(header, 32, swap);
        if (length == 0)
            throw Failed($"invalid header data length: {length}");
        if (length > DataLimit || cookie > length || stream.CanSeek && length > stream.Length - stream.Position)
            throw Failed("failed to read domain XML");
        byte[] data = new byte[length];
        if (stream.ReadAtLeast(data, data.Length, throwOnEndOfStream: false) < data.Length)
            throw Failed("failed to read domain XML");
        return new SaveImage
        {
            Xml = Text(cookie > 0 ? data.AsSpan(0, (int)cookie) : data),
            Cookie = cookie > 0 && Text(data.AsSpan((int)cookie)) is { Length: > 0 } text ? text : null,
            WasRunning = Number(header, 24, swap) != 0,
            Compression = (SaveCompression)Number(header, 28, swap),
            DataLength = (int)length,
        };
    }

    /// <summary>Header and data, to be followed by the machine's state.</summary>
    /// <param name="complete">The state is on disk: what begins otherwise is not restored.</param>
    /// <exception cref="VireoException">The data is longer than <see cref="DataLength"/>.</exception>
    public byte[] ToBytes(bool complete)
    {
        int xml = Encoding.UTF8.GetByteCount(Xml) + 1, cookie = Cookie is null ? 0 : Encoding.UTF8.GetByteCount(Cookie) + 1;
        int length = DataLength > 0 ? DataLength : xml + cookie + Room;
        if (xml + cookie > length)
            throw Failed("new xml too large to fit in file");
        byte[] bytes = new byte[HeaderSize + length];
        (complete ? "LibvirtQemudSave"u8 : "LibvirtQemudPart"u8).CopyTo(bytes);
        Span<uint> numbers = [Version, (uint)length, WasRunning ? 1u : 0u, (uint)Compression, Cookie is null ? 0u : (uint)xml];
        for (int i = 0; i < numbers.Length; i++)
            MemoryMarshal.Write(bytes.AsSpan(16 + 4 * i), in numbers[i]);
        Encoding.UTF8.GetBytes(Xml, bytes.AsSpan(HeaderSize));
        Encoding.UTF8.GetBytes(Cookie ?? "", bytes.AsSpan(HeaderSize + xml));
        return bytes;
    }

    static uint Number(ReadOnlySpan<byte> header, int at, bool swap)
    {
        uint number = BitConverter.ToUInt32(header[at..]);
        return swap ? BinaryPrimitives.ReverseEndianness(number) : number;
    }

    static string Text(ReadOnlySpan<byte> bytes)
    {
        int end = bytes.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? bytes : bytes[..end]);
    }

    static VireoException Failed(string text) => new(ErrorCode.OperationFailed, ErrorDomain.Qemu, text);
}
