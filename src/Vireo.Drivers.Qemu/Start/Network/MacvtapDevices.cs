using System.Globalization;
using Microsoft.Win32.SafeHandles;
using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Devices;
using Vireo.Host;
using Vireo.Host.Network;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Start.Network;

/// <summary>
/// Macvtaps: devices on one of the host's, which stay until they are removed. They run only while the guest's processors do, so that
/// a guest that does not run takes no packets of others.
/// </summary>
static class MacvtapDevices
{
    const int NoDevice = 19;

    /// <summary>Makes the device with the first queue; opens each queue.</summary>
    internal static SafeFileHandle Open(DescriptorStep.OpenMacvtap tap, DriverPaths paths)
    {
        string name = tap.Name ?? throw new InvalidOperationException("a macvtap gets its name before it is made");
        if (tap.Queue == 0) Make(tap, name, paths);
        int index = NetworkLinks.IndexOf(name);
        string node = "/dev/tap" + index.ToString(CultureInfo.InvariantCulture);
        try
        {
            SafeFileHandle handle = TapDevices.OpenNode(node, $"cannot open macvtap tap device {node}");
            TapDevices.Attach(handle, name, tap.VnetHeader, tap.Queues > 1, $"unable to set flags on macvtap {name}");
            return handle;
        }
        catch when (tap.Queue == 0)
        {
            Remove(name, tap.Device, tap.Mode, paths);
            throw;
        }
    }

    static void Make(DescriptorStep.OpenMacvtap tap, string name, DriverPaths paths)
    {
        int lower = NetworkLinks.IndexOf(tap.Device);
        TapDevices.Check(lower == 0 ? NoDevice : 0, $"Unable to get index for interface {tap.Device}");
        byte[] mac = TapDevices.AddressOf(tap.Mac);
        var mode = ModeOf(tap.Mode);
        if (mode is MacvlanMode.Passthrough)
            PassthroughDevices.OfHost(paths).Take(tap.Device, MacAddress.TryParse(tap.Mac, out MacAddress address) ? address : default, tap.Vlan);
        int errno = NetworkLinks.MakeMacvtap(name, lower, mode, mac);
        if (errno == 0) return;
        if (mode is MacvlanMode.Passthrough) PassthroughDevices.OfHost(paths).GiveBack(tap.Device);
        TapDevices.Check(errno, $"error creating macvtap interface {name}@{tap.Device} ({tap.Mac})");
    }

    static MacvlanMode ModeOf(string mode) => mode switch
    {
        "private" => MacvlanMode.Private,
        "bridge" => MacvlanMode.Bridge,
        "passthrough" => MacvlanMode.Passthrough,
        _ => MacvlanMode.Vepa,
    };

    /// <summary>Removes a device; one that is gone is fine.</summary>
    internal static void Remove(string name, string device, string mode, DriverPaths paths)
    {
        int errno = NetworkLinks.Remove(name);
        if (ModeOf(mode) is MacvlanMode.Passthrough) PassthroughDevices.OfHost(paths).GiveBack(device);
        if (errno is not (0 or NoDevice)) throw VireoException.System(ErrorDomain.None, errno, $"error destroying network device {name}");
    }

    /// <summary>Removes those of a run.</summary>
    internal static void RemoveAll(DomainDef live, DriverPaths paths)
    {
        foreach (var (name, direct) in Of(live)) Remove(name, direct.Device, NetworkBackend.Mode(direct.Mode), paths);
    }

    /// <summary>Starts or stops those of a guest, with its processors.</summary>
    internal static void Run(DomainDef live, bool run)
    {
        foreach (var (name, _) in Of(live))
            if (NetworkLinks.IndexOf(name) is > 0 and var index) _ = NetworkLinks.SetUp(index, run);
    }

    static List<(string Name, InterfaceSource.OfDirect Source)> Of(DomainDef live)
    {
        var found = new List<(string, InterfaceSource.OfDirect)>();
        foreach (Interface card in live.Devices.Interfaces)
            if (card.Source is InterfaceSource.OfDirect direct && card.Target?.Device is { } name) found.Add((name, direct));
        return found;
    }
}
