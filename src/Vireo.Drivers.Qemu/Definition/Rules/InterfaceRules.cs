using System.Buffers;
using System.Numerics;
using Vireo.Core.Errors;
using Vireo.Model.Domain.Devices;
using Vireo.Model.Rules;

namespace Vireo.Drivers.Qemu.Definition.Rules;

/// <summary>Network cards.</summary>
sealed class QemuInterfaceRules : IRules<Interface, RuledMachine>
{
    static readonly SearchValues<char> ModelLetters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    public static void Check(Interface element, RuledMachine document, Findings found)
    {
        if (element.Source is InterfaceSource.OfUser)
        {
            if (element.CoalesceRxFrames is not null)
                found.Unsupported(element, "coalesce settings on interface type user are not supported");
            if (element.Mtu is not null)
                found.Unsupported(element, "setting MTU on interface type user is not supported yet");
            CheckGuestAddresses(element, found);
        }
        else if (element.Ips.Count > 0 || element.Routes.Count > 0)
            found.Unsupported(element, "Invalid attempt to set network interface guest-side IP route and/or address info, not supported by QEMU");
        bool virtio = element.Model is "virtio" or "virtio-transitional" or "virtio-non-transitional";
        if (element.Source is InterfaceSource.OfVdpa && !virtio)
            found.Unsupported(element, $"invalid model for interface of type 'vdpa': '{element.Model}'");
        if (element.Source is InterfaceSource.OfVhostUser { Mode: ChardevMode.Server, Reconnect: not null })
            found.Unsupported(element, "'reconnect' attribute unsupported 'server' mode for <interface type='vhostuser'>");
        if (element.Teaming?.Type is TeamingKind.Transient && element.Source is InterfaceSource.OfUser)
            found.Unsupported(element, "virtio-net teaming transient interface must be type='hostdev', not 'user'");
        if (element.Teaming?.Type is TeamingKind.Persistent && !virtio)
            found.Unsupported(element, $"virtio-net teaming persistent interface must be <model type='virtio'/>, not '{element.Model}'");
        if (element.Driver?.RxQueueSize is { } rx && !BitOperations.IsPow2(rx))
            found.Unsupported(element.Driver, "rx_queue_size has to be a power of two");
        if (element.Driver?.TxQueueSize is { } tx && !BitOperations.IsPow2(tx))
            found.Unsupported(element.Driver, "tx_queue_size has to be a power of two");
        if (element.Model is { } model && model.AsSpan().ContainsAnyExcept(ModelLetters))
            found.Add(element, ErrorCode.InvalidArg, "Model name contains invalid characters");
    }

    /// <summary>What QEMU's own network tells the guest: one address of each family.</summary>
    static void CheckGuestAddresses(Interface card, Findings found)
    {
        if (card.Routes.Count > 0)
            found.Unsupported(card, "Invalid attempt to set network interface guest-side IP route, not supported by QEMU");
        foreach (InterfaceIp ip in card.Ips)
            if (ip.Peer is not null)
                found.Unsupported(ip, "Invalid attempt to set peer IP for guest");
        CheckFamily([.. card.Ips.Where(static i => !IsSix(i))], static p => p is > 0 and (< 4 or > 27), "IPv4", "invalid prefix, must be in range of 4-27", found);
        CheckFamily([.. card.Ips.Where(IsSix)], static p => p > 120, "IPv6", "prefix too long", found);
    }

    static void CheckFamily(InterfaceIp[] ips, Predicate<uint> isBad, string family, string text, Findings found)
    {
        if (ips.Length > 1)
            found.Unsupported(ips[1], $"Only one {family} address per interface is allowed");
        foreach (InterfaceIp ip in ips)
            if (isBad(ip.Prefix ?? 0))
                found.Wrong(ip, text);
    }

    static bool IsSix(InterfaceIp ip) => ip.Address.Contains(':', StringComparison.Ordinal);
}
