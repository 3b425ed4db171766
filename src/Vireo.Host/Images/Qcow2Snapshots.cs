using System.Buffers.Binary;
using System.Text;

namespace Vireo.Host.Images;

/// <summary>States that a qcow2 image keeps inside itself.</summary>
public static class Qcow2Snapshots
{
    const uint Magic = 0x514649fb;
    const int HeaderLength = 72, EntryLength = 40, Most = 65536;

    /// <summary>Their names, in the image's order; empty for an image of another format, or one that cannot be read.</summary>
    /// <param name="path">The image.</param>
    public static IReadOnlyList<string> Of(string path)
    {
        try
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            Span<byte> header = stackalloc byte[HeaderLength];
            if (RandomAccess.Read(file, header, 0) < HeaderLength || BinaryPrimitives.ReadUInt32BigEndian(header) != Magic)
                return [];
            uint count = BinaryPrimitives.ReadUInt32BigEndian(header[60..]);
            long at = (long)BinaryPrimitives.ReadUInt64BigEndian(header[64..]);
            var names = new List<string>();
            Span<byte> entry = stackalloc byte[EntryLength];
            for (uint i = 0; i < Math.Min(count, Most) && at > 0 && RandomAccess.Read(file, entry, at) == EntryLength; i++)
            {
                int id = BinaryPrimitives.ReadUInt16BigEndian(entry[12..]), name = BinaryPrimitives.ReadUInt16BigEndian(entry[14..]);
                uint extra = BinaryPrimitives.ReadUInt32BigEndian(entry[36..]);
                var text = new byte[name];
                long place = at + EntryLength + extra + id;
                if (RandomAccess.Read(file, text, place) < name)
                    break;
                names.Add(Encoding.UTF8.GetString(text));
                at = (place + name + 7) & ~7L;
            }
            return names;
        }
        catch (IOException)
        {
            return [];
        }
    }
}
