using Vireo.Core;
using Vireo.Model.Network;

namespace Vireo.Drivers.Network.Start;

/// <summary>The virtual functions of a card with SR-IOV, which a network gives to guests one by one. The kernel lists them when the network starts.</summary>
static class FunctionPool
{
    /// <summary>The network with the devices that its physical function has.</summary>
    public static NetworkDef Fill(NetworkDef network) => Fill(network, "/sys/class/net");

    /// <summary>The same, by another list of devices.</summary>
    public static NetworkDef Fill(NetworkDef network, string devices)
    {
        if (network.Forward is not { PhysicalFunctions: [var function] } forward || !forward.Interfaces.IsEmpty || !forward.Addresses.IsEmpty)
            return network;
        string folder = Path.Join(devices, function.Device, "device");
        string[] functions = Directory.Exists(folder)
            ? [.. Directory.GetFileSystemEntries(folder, "virtfn*").OrderBy(static entry => int.TryParse(Path.GetFileName(entry)["virtfn".Length..], out int number) ? number : int.MaxValue)]
            : [];
        if (functions.Length == 0)
            throw NetworkErrors.Internal($"No usable Vf's present on SRIOV PF {function.Device}");
        if (forward.Mode is ForwardMode.Hostdev)
            return network with { Forward = forward with { Addresses = [.. functions.Select(AddressOf)] } };
        ForwardInterface[] named = [.. functions.Select(static one => Path.Join(one, "net")).Where(Directory.Exists)
            .SelectMany(static net => Directory.GetDirectories(net)).Select(static one => new ForwardInterface { Device = Path.GetFileName(one) })];
        return named.Length == 0 ? throw NetworkErrors.Internal($"No usable Vf's present on SRIOV PF {function.Device}")
            : network with { Forward = forward with { Interfaces = [.. named] } };
    }

    // A link's target ends in DOMAIN:BUS:SLOT.FUNCTION.
    static ForwardAddress AddressOf(string link)
    {
        string name = Path.GetFileName(new FileInfo(link).LinkTarget ?? link);
        uint[] numbers = [.. name.Split(':', '.').Select(static part => Convert.ToUInt32(part, 16))];
        return new ForwardAddress { Type = ForwardAddressType.Pci, Domain = numbers[0], Bus = numbers[1], Slot = numbers[2], Function = numbers[3] };
    }
}
