using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Vireo.Host.Devices;

/// <summary>Something happened to a device of the kernel.</summary>
/// <param name="Action">As the kernel says it: <c>add</c>, <c>remove</c>, <c>change</c>, <c>move</c>, <c>bind</c>, ...</param>
/// <param name="Path">Its folder below /sys.</param>
/// <param name="OldPath">Where it was before it was moved; null: it was not.</param>
/// <param name="FromUdev">udev tells, which knows the device by now; else the kernel does.</param>
public sealed record DeviceEvent(string Action, string Path, string? OldPath, bool FromUdev)
{
    const int HeaderLength = 40;
    const uint Magic = 0xfeedcafe;

    /// <summary>
    /// Reads a message of the kernel (<c>ACTION@PATH</c> and words <c>KEY=VALUE</c>, each ended by a zero) or of udev (8 bytes "libudev", the magic
    /// number in network order, then in the host's the header's length, where the words are, and how long).
    /// </summary>
    /// <returns>Null: it is neither.</returns>
    public static DeviceEvent? Parse(ReadOnlySpan<byte> message)
    {
        bool isUdev = message.StartsWith("libudev\0"u8);
        if (isUdev)
        {
            if (message.Length < HeaderLength || BinaryPrimitives.ReadUInt32BigEndian(message[8..]) != Magic)
                return null;
            uint at = MemoryMarshal.Read<uint>(message[16..]), length = MemoryMarshal.Read<uint>(message[20..]);
            if (at > message.Length || length > message.Length - at)
                return null;
            message = message.Slice((int)at, (int)length);
        }
        string? action = null, path = null, old = null;
        while (message.Length > 0)
        {
            int end = message.IndexOf((byte)0);
            ReadOnlySpan<byte> word = end < 0 ? message : message[..end];
            message = end < 0 ? default : message[(end + 1)..];
            if (word.StartsWith("ACTION="u8))
                action = Text(word[7..]);
            else if (word.StartsWith("DEVPATH="u8))
                path = Text(word[8..]);
            else if (word.StartsWith("DEVPATH_OLD="u8))
                old = Text(word[12..]);
        }
        return action is not null && path is ['/', ..] ? new DeviceEvent(action, path, old, isUdev) : null;
    }

    static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);
}
