using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Devices;

namespace Vireo.Drivers.Qemu.Start;

/// <summary>Tap devices: made, given the guest's address with another first byte, put on a bridge, set up. They go with their last descriptor.</summary>
static unsafe partial class TapDevices
{
    const nuint TunSetIff = 0x400454ca, SetAddress = 0x8924, GetFlags = 0x8913, SetFlags = 0x8914, GetIndex = 0x8933, BridgeAdd = 0x89a2;
    const short Tap = 2, NoPacketInfo = 0x1000, OneQueue = 0x2000, VnetHeader = 0x4000, MultiQueue = 0x100, Up = 1;
    const int NameLength = 16, RequestLength = 40;

    internal static SafeFileHandle Open(DescriptorStep.OpenTap tap)
    {
        SafeFileHandle handle;
        try
        {
            handle = File.OpenHandle("/dev/net/tun", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw VireoException.System(ErrorDomain.None, e is UnauthorizedAccessException ? 13 : 2, "Unable to open /dev/net/tun, is tun module loaded?");
        }
        byte* request = stackalloc byte[RequestLength];
        new Span<byte>(request, RequestLength).Clear();
        Name(request, tap.Name ?? "vnet%d");
        *(short*)(request + NameLength) = (short)(Tap | NoPacketInfo | (tap.VnetHeader ? VnetHeader : 0) | (tap.Queue > 0 ? MultiQueue : 0));
        Do((int)handle.DangerousGetHandle(), TunSetIff, request, handle, $"Unable to create tap device {tap.Name ?? "vnet%d"}");
        if (tap.Queue > 0) return handle;

        string name = Encoding.ASCII.GetString(request, new Span<byte>(request, NameLength).IndexOf((byte)0));
        using var socket = new SafeFileHandle(Socket(2, 2 | 0x80000, 0), ownsHandle: true);
        int control = (int)socket.DangerousGetHandle();
        Named(request, name);
        *(short*)(request + NameLength) = 1; // Ethernet
        byte[] mac = Convert.FromHexString(tap.Mac.Replace(":", "", StringComparison.Ordinal));
        mac[0] = 0xfe; // above every card's, so that the bridge keeps its own address
        mac.CopyTo(new Span<byte>(request + NameLength + 2, 6));
        Do(control, SetAddress, request, handle, $"Cannot set interface MAC to {tap.Mac} for {name}");
        if (tap.Bridge is { } bridge)
        {
            Named(request, name);
            Do(control, GetIndex, request, handle, $"Unable to get index for interface {name}");
            int index = *(int*)(request + NameLength);
            Named(request, bridge);
            *(int*)(request + NameLength) = index;
            Do(control, BridgeAdd, request, handle, $"Unable to add bridge {bridge} port {name}");
        }
        Named(request, name);
        Do(control, GetFlags, request, handle, $"Cannot get interface flags on '{name}'");
        *(short*)(request + NameLength) |= Up;
        Do(control, SetFlags, request, handle, $"Cannot set interface flags on '{name}'");
        return handle;
    }

    static void Named(byte* request, string name)
    {
        new Span<byte>(request, RequestLength).Clear();
        Name(request, name);
    }

    static void Name(byte* request, string name) => Encoding.ASCII.GetBytes(name.AsSpan(0, Math.Min(name.Length, NameLength - 1)), new Span<byte>(request, NameLength));

    static void Do(int descriptor, nuint what, byte* request, SafeFileHandle tap, string failing)
    {
        if (Ioctl(descriptor, what, request) >= 0) return;
        int errno = Marshal.GetLastPInvokeError();
        tap.Dispose();
        throw VireoException.System(ErrorDomain.None, errno, failing);
    }

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Ioctl(int descriptor, nuint request, byte* argument);

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    private static partial int Socket(int domain, int type, int protocol);
}
