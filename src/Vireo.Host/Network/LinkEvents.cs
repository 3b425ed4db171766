using System.Runtime.InteropServices;
using System.Text;

namespace Vireo.Host.Network;

/// <summary>Hears of network devices that go.</summary>
public sealed class LinkEvents : IDisposable
{
    const int RouteProtocol = 0, LongestMessage = 64 * 1024, HeaderSize = 16, InfoSize = 16;
    const uint LinkGroup = 1;

    readonly NetlinkListener listener = new(RouteProtocol, LinkGroup);

    /// <summary>Waits for devices that go, and tells their names.</summary>
    /// <returns>Null: some were lost, and everything must be looked at again.</returns>
    public async Task<IReadOnlyList<string>?> GoneAsync(CancellationToken cancel)
    {
        byte[] buffer = new byte[LongestMessage];
        while (true)
        {
            if (await listener.ReceiveAsync(buffer, cancel).ConfigureAwait(false) is not { } length)
                return null;
            if (Gone(buffer.AsSpan(0, length)) is { Count: > 0 } names)
                return names;
        }
    }

    /// <summary>The names of devices that messages say are gone. A port that leaves its bridge is told of in the same way, but as one of the family of bridges.</summary>
    public static IReadOnlyList<string> Gone(ReadOnlySpan<byte> messages)
    {
        var names = new List<string>();
        while (messages.Length >= HeaderSize)
        {
            int length = MemoryMarshal.Read<int>(messages);
            if (length < HeaderSize || length > messages.Length)
                break;
            if (MemoryMarshal.Read<ushort>(messages[4..]) == LinkRequest.DeleteLink && length >= HeaderSize + InfoSize && messages[HeaderSize] == 0
                && Name(messages[(HeaderSize + InfoSize)..length]) is { } name)
                names.Add(name);
            messages = messages[Math.Min(messages.Length, (length + 3) & ~3)..];
        }
        return names;
    }

    static string? Name(ReadOnlySpan<byte> attributes)
    {
        while (attributes.Length >= 4)
        {
            int length = MemoryMarshal.Read<ushort>(attributes);
            if (length < 4 || length > attributes.Length)
                return null;
            if (MemoryMarshal.Read<ushort>(attributes[2..]) == LinkRequest.Name)
                return Encoding.UTF8.GetString(attributes[4..length].TrimEnd((byte)0));
            attributes = attributes[Math.Min(attributes.Length, (length + 3) & ~3)..];
        }
        return null;
    }

    /// <inheritdoc/>
    public void Dispose() => listener.Dispose();
}
