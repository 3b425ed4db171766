using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Host;
using Vireo.Host.Network;
using Vireo.Host.Pci;
using Vireo.Model.Domain.Devices;
using Vireo.Model.Shared;

namespace Vireo.Drivers.Qemu.Start.HostDevices;

/// <summary>
/// Virtual functions that guests have as cards. Their addresses and tags are set from the host, at the card that they are functions of, because a guest could not
/// or should not; what was before is in a file until it is given back.
/// </summary>
/// <param name="sys">Where sysfs is.</param>
/// <param name="links">The devices of functions and their cards.</param>
/// <param name="folder">Where the files are.</param>
sealed class FunctionCards(string sys, IFunctionLinks links, string folder)
{
    /// <summary>What some cards want instead of no address at all.</summary>
    static readonly MacAddress emptyLocal = new(0x020000000000);

    /// <summary>The host's.</summary>
    internal static FunctionCards OfHost(HostPaths host) => new("/sys", new HostFunctionLinks(), Path.Join(host.RunDir, "hostdevmgr"));

    /// <summary>The function that a card is; null: it is none, or the host has lost it.</summary>
    internal static HostPciAddress? AddressOf(Interface card) => card.Source is InterfaceSource.OfHostdev { Missing: not true, Address: DeviceAddress.Pci at }
        ? new HostPciAddress { Domain = at.Domain, Bus = at.Bus, Slot = at.Slot, Function = at.Function } : null;

    /// <summary>Refuses a function that is none of a card with SR-IOV.</summary>
    /// <exception cref="VireoException">VIR_ERR_CONFIG_UNSUPPORTED.</exception>
    internal void Check(Interface card)
    {
        if (!VirtualFunction.Is(sys, NameOf(card)))
            throw QemuErrors.Unsupported("Interface type hostdev is currently supported on SR-IOV Virtual Functions only");
    }

    /// <summary>Writes down how a function is set, before its driver loses it.</summary>
    /// <exception cref="VireoException">VIR_ERR_CONFIG_UNSUPPORTED, VIR_ERR_NO_SUPPORT: the guest wants what cannot be set; VIR_ERR_INTERNAL_ERROR: the card does not run, or tells nothing of the function.</exception>
    internal void Keep(Interface card)
    {
        CheckWish(card);
        VirtualFunction function = Get(card);
        CardSettings.Of(links, function, withVlan: true).Write(FileOf(function));
    }

    static void CheckWish(Interface card)
    {
        switch (card.VirtualPort?.Type)
        {
            case null:
                break;
            case VirtualPortType.VnLink:
                throw VireoException.NoSupport("starting a card of type 'hostdev' with <virtualport type='802.1Qbh'>", ErrorDomain.Qemu);
            case { } other:
                throw QemuErrors.Unsupported($"virtualport type {other.ToXml()} is currently not supported on interfaces of type hostdev");
        }
        if (card.Vlan is { } tags && (tags.Trunk is true || tags.Tags.Count > 1))
            throw QemuErrors.Unsupported("vlan trunking is not supported by SR-IOV network devices");
    }

    /// <summary>Gives a function the address and the tag of the guest's card.</summary>
    /// <exception cref="VireoException">VIR_ERR_SYSTEM_ERROR: the kernel refuses; the function is as it was.</exception>
    internal void Set(Interface card)
    {
        VirtualFunction function = Get(card);
        try
        {
            links.SetAddress(function.Card, function.Number, card.Mac!.Address);
            links.SetVlan(function.Card, function.Number, card.Vlan is { Tags: [var tag, ..] } ? tag.Id : 0);
        }
        catch (VireoException)
        {
            GiveBack(card);
            throw;
        }
    }

    /// <summary>
    /// Sets a function as it was, of which nobody can be told if it fails. The host's driver takes its address from the card when it gets the function back, so the
    /// function's own address from before goes there.
    /// </summary>
    internal void GiveBack(Interface card)
    {
        if (VirtualFunction.Find(sys, NameOf(card)) is not { } function || FileOf(function) is var file && !File.Exists(file))
            return;
        try
        {
            Restore(function, CardSettings.Read(file)!);
        }
        catch (VireoException)
        {
            // The next guest sets it anew.
        }
        File.Delete(file);
    }

    void Restore(VirtualFunction function, CardSettings before)
    {
        if ((before.OwnAddress ?? before.AdminAddress) is { } address)
            SetAddress(function, address);
        if (before.Vlan is { } vlan)
            links.SetVlan(function.Card, function.Number, vlan);
    }

    /// <summary>What the card counts of a function's packets; null: nothing.</summary>
    /// <exception cref="VireoException">VIR_ERR_INTERNAL_ERROR: the function's card is gone; VIR_ERR_SYSTEM_ERROR: the kernel refuses the question.</exception>
    internal FunctionTraffic? TrafficOf(Interface card)
    {
        VirtualFunction function = Get(card);
        return links.Find(function.Card, function.Number)?.Traffic;
    }

    /// <summary>Forgets what <see cref="Keep"/> wrote down of a function that was not touched.</summary>
    internal void Forget(Interface card) => File.Delete(FileOf(Get(card)));

    void SetAddress(VirtualFunction function, MacAddress address)
    {
        try
        {
            links.SetAddress(function.Card, function.Number, address);
        }
        catch (VireoException) when (address == default)
        {
            links.SetAddress(function.Card, function.Number, emptyLocal);
        }
    }

    VirtualFunction Get(Interface card) => VirtualFunction.Find(sys, NameOf(card))
        ?? throw VireoException.Internal(ErrorDomain.None, $"The PF device for VF {Path.Join(sys, "bus/pci/devices", NameOf(card))} has no network device name");

    string FileOf(VirtualFunction function) => CardSettings.FileOf(folder, function);

    static string NameOf(Interface card) => HostPci.NameOf(AddressOf(card) ?? throw QemuErrors.Unsupported("Interface type hostdev is currently supported on SR-IOV Virtual Functions only"));
}
