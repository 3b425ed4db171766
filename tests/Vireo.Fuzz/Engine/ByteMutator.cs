using System.Buffers.Binary;

namespace Vireo.Fuzz.Engine;

/// <summary>Damages bytes as wires, disks and adversaries do.</summary>
static class ByteMutator
{
    static readonly uint[] Words =
    [
        0, 1, 2, 3, 4, 5, 7, 8, 16, 27, 28, 29, 31, 32, 33, 63, 64, 127, 128, 255, 256, 0x7fff, 0x8000, 0xffff, 0x10000, 1024, 4096,
        0x3fffff, 0x400000, 0x400001, 0x2000000, 0x2000004, 0x2000005, 0x7ffffffe, 0x7fffffff, 0x80000000, 0x80000001, 0xfffffffe, 0xffffffff,
    ];

    /// <summary>A few changes; words are big-endian and at multiples of four, as in XDR.</summary>
    internal static byte[] Mutate(byte[] seed, byte[] other, Random random)
    {
        var bytes = new List<byte>(seed);
        for (int i = random.Next(2) == 0 ? 1 : random.Next(1, 6); i > 0; i--)
            Change(bytes, other, random);
        return [.. bytes];
    }

    static void Change(List<byte> bytes, byte[] other, Random random)
    {
        if (bytes.Count == 0)
        {
            bytes.AddRange(other);
            return;
        }
        int at = random.Next(bytes.Count);
        int length = Math.Min(1 << random.Next(8), bytes.Count - at);
        switch (random.Next(9))
        {
            case 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                bytes[at] = (byte)random.Next(256);
                break;
            case 2 or 3 when bytes.Count >= 4:
                Span<byte> word = stackalloc byte[4];
                BinaryPrimitives.WriteUInt32BigEndian(word, random.Next(4) == 0 ? (uint)random.NextInt64(1L << 32) : Words[random.Next(Words.Length)]);
                int to = random.Next(bytes.Count / 4) * 4;
                for (int i = 0; i < 4; i++)
                    bytes[to + i] = word[i];
                break;
            case 4:
                bytes.RemoveRange(at, length);
                break;
            case 5:
                bytes.InsertRange(random.Next(bytes.Count + 1), bytes.GetRange(at, length));
                break;
            case 6 when other.Length > 0:
                int from = random.Next(other.Length);
                bytes.InsertRange(at, other.AsSpan(from, Math.Min(1 << random.Next(10), other.Length - from)).ToArray());
                break;
            case 7:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            default:
                byte[] some = new byte[random.Next(1, 17)];
                random.NextBytes(some);
                bytes.InsertRange(at, some);
                break;
        }
    }
}
