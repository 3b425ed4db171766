using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Devices;
using Vireo.Host.Network;

namespace Vireo.Drivers.Qemu.Start.Network;

/// <summary>
/// Tap devices: made, given the guest's address with another first byte and the largest packet of its bridge, put on the bridge, started.
/// They go with their last descriptor.
/// </summary>
static unsafe partial class TapDevices
{
    const nuint TunSetIff = 0x400454ca, TunGetIff = 0x800454d2;
    const short Tap = 2, NoPacketInfo = 0x1000, VnetHeader = 0x4000, MultiQueue = 0x100;
    const int NameLength = 16, RequestLength = 40, NoDevice = 19;

    /// <summary>What makes them.</summary>
    internal const string Node = "/dev/net/tun";

    internal static SafeFileHandle Open(DescriptorStep.OpenTap tap)
    {
        // Asked first, as libvirt does: a bridge that is not there is said of it, and nothing was made yet.
        uint? mtu = tap.Mtu ?? (tap.Queue == 0 && tap.Bridge is { } named
            ? NetworkLinks.Find(named)?.Mtu ?? throw VireoException.System(ErrorDomain.None, NoDevice, $"Cannot get interface MTU on '{named}'") : null);
        if (!tap.Managed && (tap.Name is null || !NetworkLinks.Exists(tap.Name)))
            throw VireoException.Internal(ErrorDomain.Qemu, "target managed='no' but specified dev doesn't exist");
        SafeFileHandle handle = OpenNode(Node, "Unable to open /dev/net/tun, is tun module loaded?");
        try
        {
            string name = Attach(handle, tap.Name ?? "vnet%d", tap.VnetHeader, tap.Queues > 1, $"Unable to create tap device {tap.Name ?? "vnet%d"}");
            if (tap is { Queue: 0, Managed: true }) SetUp(tap, name, mtu);
            return handle;
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    static void SetUp(DescriptorStep.OpenTap tap, string name, uint? mtu)
    {
        int index = NetworkLinks.IndexOf(name);
        byte[] mac = AddressOf(tap.Mac);
        mac[0] = 0xfe; // above every card's, so that the bridge keeps its own address
        Check(NetworkLinks.SetAddress(index, mac), $"Cannot set interface MAC to {tap.Mac} for {name}");
        if (mtu is { } size) SetMtu(name, size);
        if (tap is { Bridge: { } bridge, OnSwitch: false })
        {
            int master = NetworkLinks.IndexOf(bridge);
            Check(master == 0 ? NoDevice : NetworkLinks.SetMaster(index, master), $"Unable to add bridge {bridge} port {name}");
            if (tap.Isolated) Check(NetworkLinks.SetBridgePort(index, isolated: true), $"Unable to set bridge {bridge} port {name} isolated to yes");
        }
        Check(NetworkLinks.SetUp(index, true), $"Cannot set interface flags on '{name}'");
    }

    /// <summary>Sets the largest packet of a device.</summary>
    internal static void SetMtu(string name, uint size) => Check(NetworkLinks.SetMtu(NetworkLinks.IndexOf(name), size), $"Cannot set interface MTU on '{name}'");

    /// <summary>Opens a node of the network.</summary>
    internal static SafeFileHandle OpenNode(string path, string failing)
    {
        try
        {
            return File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw VireoException.System(ErrorDomain.None, e is UnauthorizedAccessException ? 13 : 2, failing);
        }
    }

    /// <summary>Makes a descriptor one of a tap's, and tells the tap's name.</summary>
    internal static string Attach(SafeFileHandle node, string name, bool header, bool several, string failing)
    {
        byte* request = stackalloc byte[RequestLength];
        var bytes = new Span<byte>(request, RequestLength);
        bytes.Clear();
        Encoding.ASCII.GetBytes(name.AsSpan(0, Math.Min(name.Length, NameLength - 1)), bytes[..NameLength]);
        *(short*)(request + NameLength) = (short)(Tap | NoPacketInfo | (header ? VnetHeader : 0) | (several ? MultiQueue : 0));
        Check(Ioctl((int)node.DangerousGetHandle(), TunSetIff, request) < 0 ? Marshal.GetLastPInvokeError() : 0, failing);
        return Encoding.ASCII.GetString(bytes[..bytes.IndexOf((byte)0)]);
    }

    /// <summary>The name of the tap that a descriptor leads to.</summary>
    internal static string NameOf(SafeFileHandle tap)
    {
        byte* request = stackalloc byte[RequestLength];
        var bytes = new Span<byte>(request, RequestLength);
        bytes.Clear();
        Check(Ioctl((int)tap.DangerousGetHandle(), TunGetIff, request) < 0 ? Marshal.GetLastPInvokeError() : 0, "Unable to query tap interface name");
        return Encoding.ASCII.GetString(bytes[..bytes[..NameLength].IndexOf((byte)0)]);
    }

    internal static byte[] AddressOf(string mac) => Convert.FromHexString(mac.Replace(":", "", StringComparison.Ordinal));

    internal static void Check(int errno, string failing)
    {
        if (errno != 0) throw VireoException.System(ErrorDomain.None, errno, failing);
    }

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Ioctl(int descriptor, nuint request, byte* argument);
}
