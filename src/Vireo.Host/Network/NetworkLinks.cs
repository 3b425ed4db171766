using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Vireo.Host.Network;

/// <summary>How a macvtap and its neighbours on the same device see each other; the numbers are the kernel's.</summary>
public enum MacvlanMode
{
#pragma warning disable CS1591
    Private = 1, Vepa = 2, Bridge = 4, Passthrough = 8,
#pragma warning restore CS1591
}

/// <summary>A network device of this host.</summary>
/// <param name="Index">Its number.</param>
/// <param name="Mtu">The largest packet in bytes; 0: not told.</param>
/// <param name="Address">Its hardware address; empty: none.</param>
/// <param name="IsUp">It is started.</param>
public sealed record LinkFacts(int Index, uint Mtu, byte[] Address, bool IsUp);

/// <summary>Network devices, by rtnetlink. All answers are errnos: 0 is well.</summary>
public static unsafe partial class NetworkLinks
{
    const int NetlinkFamily = 16, Raw = 3, CloseOnExec = 0x80000, UpFlag = 1, NoDevice = 19;

    /// <summary>The device of a name; null if there is none.</summary>
    public static LinkFacts? Find(string name)
    {
        var request = new LinkRequest(stackalloc byte[256], LinkRequest.GetLink, 0);
        request.Add(LinkRequest.Name, name);
        byte[] reply = new byte[16384];
        int errno = Ask(request.Bytes, reply, out int length);
        if (errno == NoDevice)
            return null;
        if (errno != 0)
            throw HostErrors.Failed(errno, $"cannot look up network device '{name}'");
        return Read(reply.AsSpan(0, length));
    }

    /// <summary>Whether there is a device of this name.</summary>
    public static bool Exists(string name) => LibC.if_nametoindex(name) != 0;

    /// <summary>The number of a device; 0 if there is none.</summary>
    public static int IndexOf(string name) => (int)LibC.if_nametoindex(name);

    /// <summary>Makes a macvtap.</summary>
    public static int MakeMacvtap(string name, int on, MacvlanMode mode, ReadOnlySpan<byte> address)
    {
        var request = new LinkRequest(
            stackalloc byte[512], LinkRequest.NewLink, LinkRequest.Acknowledge | LinkRequest.Create | LinkRequest.Exclusive);
        request.Add(LinkRequest.Link, (uint)on);
        request.Add(LinkRequest.Address, address);
        request.Add(LinkRequest.Name, name);
        int info = request.Begin(LinkRequest.Info);
        request.Add(LinkRequest.InfoKind, "macvtap"u8);
        int data = request.Begin(LinkRequest.InfoData);
        request.Add(LinkRequest.MacvlanMode, (uint)mode);
        request.End(data);
        request.End(info);
        return Do(request.Bytes);
    }

    /// <summary>Removes a device.</summary>
    public static int Remove(string name)
    {
        int index = IndexOf(name);
        return index == 0 ? NoDevice : Do(new LinkRequest(stackalloc byte[64], LinkRequest.DeleteLink, LinkRequest.Acknowledge, index).Bytes);
    }

    /// <summary>Starts or stops a device.</summary>
    public static int SetUp(int index, bool up) =>
        Do(new LinkRequest(stackalloc byte[64], LinkRequest.NewLink, LinkRequest.Acknowledge, index, up ? UpFlag : 0u, UpFlag).Bytes);

    /// <summary>Sets the largest packet.</summary>
    public static int SetMtu(int index, uint mtu)
    {
        var request = new LinkRequest(stackalloc byte[64], LinkRequest.NewLink, LinkRequest.Acknowledge, index);
        request.Add(LinkRequest.Mtu, mtu);
        return Do(request.Bytes);
    }

    /// <summary>Sets the hardware address.</summary>
    public static int SetAddress(int index, ReadOnlySpan<byte> address)
    {
        var request = new LinkRequest(stackalloc byte[64], LinkRequest.NewLink, LinkRequest.Acknowledge, index);
        request.Add(LinkRequest.Address, address);
        return Do(request.Bytes);
    }

    /// <summary>Makes a device a port of a bridge.</summary>
    public static int SetMaster(int index, int bridge)
    {
        var request = new LinkRequest(stackalloc byte[64], LinkRequest.NewLink, LinkRequest.Acknowledge, index);
        request.Add(LinkRequest.Master, (uint)bridge);
        return Do(request.Bytes);
    }

    static int Do(ReadOnlySpan<byte> request) => Ask(request, new byte[4096], out _);

    // The answer is an error message (kind 2: errno, negative or zero), or what was asked for.
    static int Ask(ReadOnlySpan<byte> request, byte[] reply, out int length)
    {
        length = 0;
        using SafeFileHandle socket = LibC.Handle(LibC.socket(NetlinkFamily, Raw | CloseOnExec, 0), "cannot create a netlink socket");
        int fd = (int)socket.DangerousGetHandle();
        nint sent;
        fixed (byte* at = request)
            sent = LibC.send(fd, at, (nuint)request.Length, 0);
        if (sent < 0)
            return LibC.Errno;
        nint got;
        do
            fixed (byte* at = reply)
                got = LibC.recv(fd, at, (nuint)reply.Length, 0);
        while (got < 0 && LibC.Errno == LibC.EINTR);
        if (got < 0)
            return LibC.Errno;
        length = (int)got;
        const int headerSize = 16;
        if (length < headerSize + 4)
            return LibC.EINVAL;
        return MemoryMarshal.Read<ushort>(reply.AsSpan(4)) == 2 ? -MemoryMarshal.Read<int>(reply.AsSpan(headerSize)) : 0;
    }

    static LinkFacts? Read(ReadOnlySpan<byte> message)
    {
        const int header = 32;
        if (message.Length < header)
            return null;
        uint mtu = 0;
        byte[] address = [];
        foreach (var attribute in Attributes(message[header..]))
            if (attribute.Kind == LinkRequest.Mtu && attribute.Value.Length == 4)
                mtu = MemoryMarshal.Read<uint>(attribute.Value);
            else if (attribute.Kind == LinkRequest.Address)
                address = attribute.Value.ToArray();
        return new LinkFacts(MemoryMarshal.Read<int>(message[20..]), mtu, address, (MemoryMarshal.Read<uint>(message[24..]) & UpFlag) != 0);
    }
}
