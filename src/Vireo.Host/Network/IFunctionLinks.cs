using Vireo.Core;
using Vireo.Core.Errors;

namespace Vireo.Host.Network;

/// <summary>The network devices of virtual functions and of their cards, as far as guests' settings need them.</summary>
public interface IFunctionLinks
{
    /// <summary>Whether a device is started.</summary>
    bool IsUp(string device);

    /// <summary>A device's own hardware address; null: there is no such device, or it has none.</summary>
    MacAddress? AddressOf(string device);

    /// <summary>Gives a device a hardware address of its own.</summary>
    /// <exception cref="VireoException">VIR_ERR_SYSTEM_ERROR: the kernel refuses.</exception>
    void SetAddress(string device, MacAddress address);

    /// <summary>What a card tells of one of its functions; null: nothing.</summary>
    FunctionFacts? Find(string card, int function);

    /// <summary>Sets the hardware address that a card gives a function.</summary>
    /// <exception cref="VireoException">VIR_ERR_SYSTEM_ERROR: the kernel refuses.</exception>
    void SetAddress(string card, int function, MacAddress address);

    /// <summary>Sets the tag that a card puts on a function's packets; 0: none.</summary>
    /// <exception cref="VireoException">VIR_ERR_SYSTEM_ERROR: the kernel refuses.</exception>
    void SetVlan(string card, int function, uint vlan);
}

/// <summary>Those of the host, by rtnetlink.</summary>
public sealed class HostFunctionLinks : IFunctionLinks
{
    const int NotPermitted = 1, NotSupported = 95;

    /// <inheritdoc/>
    public bool IsUp(string device) => NetworkLinks.Find(device) is { IsUp: true };

    /// <inheritdoc/>
    public MacAddress? AddressOf(string device) => NetworkLinks.Find(device) is { Address: { Length: 6 } bytes }
        && MacAddress.TryParse(string.Join(':', bytes.Select(static one => one.ToString("x2"))), out MacAddress address) ? address : null;

    /// <inheritdoc/>
    public void SetAddress(string device, MacAddress address) =>
        Check(NetworkLinks.SetAddress(NetworkLinks.IndexOf(device), Convert.FromHexString(address.ToString().Replace(":", "", StringComparison.Ordinal))),
            $"Cannot set interface MAC to {address} on '{device}'");

    /// <inheritdoc/>
    public FunctionFacts? Find(string card, int function) => NetworkLinks.FindFunction(card, function);

    /// <inheritdoc/>
    public void SetAddress(string card, int function, MacAddress address) =>
        Check(NetworkLinks.SetFunctionAddress(NetworkLinks.IndexOf(card), function, address), $"Cannot set interface MAC to {address} for ifname {card} vf {function}");

    /// <inheritdoc/>
    public void SetVlan(string card, int function, uint vlan)
    {
        int errno = NetworkLinks.SetFunctionVlan(NetworkLinks.IndexOf(card), function, vlan);
        // A card without tags has nothing to take away.
        if (vlan == 0 && errno is NotPermitted or NotSupported)
            return;
        Check(errno, $"Cannot set interface vlan tag to {vlan} for ifname {card} vf {function}");
    }

    static void Check(int errno, string failing)
    {
        if (errno != 0)
            throw VireoException.System(ErrorDomain.None, errno, failing);
    }
}
