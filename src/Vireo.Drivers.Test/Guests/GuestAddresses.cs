using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Test.Domains;
using Vireo.Drivers.Test.Host;
using Vireo.Model.Domain.Devices;
using Vireo.Model.Network;

namespace Vireo.Drivers.Test.Guests;

/// <summary>Addresses of network cards, made up from the networks that they are on and the domain's id.</summary>
sealed class GuestAddresses(TestHost host) : DomainWork(host), IDomainAddresses
{
    /// <summary>As many cards of one domain have addresses of their own.</summary>
    const uint CardsOfADomain = 20;

    public ValueTask<DomainInterface[]> GetAddressesAsync(
        DomainRef domain, DomainInterfaceAddressesSource source, uint flags, CancellationToken cancel)
    {
        flags.None("testDomainInterfaceAddresses");
        DomainView found = SeeRunning(domain);
        if (source is not (DomainInterfaceAddressesSource.Lease or DomainInterfaceAddressesSource.Agent or DomainInterfaceAddressesSource.Arp))
            throw new VireoException(ErrorCode.ArgumentUnsupported, ErrorDomain.Test, $"Unknown IP address data source {(int)source}");
        lock (Host.Gate)
        {
            return new([.. found.Def.Devices.Interfaces.Select((card, at) =>
                new DomainInterface(card.Target?.Device ?? "", card.Mac?.Address.ToString(), [AddressOf(card, (uint)at, found.Id)]))]);
        }
    }

    DomainAddress AddressOf(Interface card, uint at, int id)
    {
        if (card.Source is InterfaceSource.OfNetwork { Network: { } name } && Host.DefinitionOfNetwork(name).Ips is { IsEmpty: false } addresses)
        {
            NetworkIp ip = addresses[0];
            IpAddress first = ip.Dhcp?.Ranges is { IsEmpty: false } ranges ? ranges[0].Start : ip.Address;
            UInt128 number = first.Number + CardsOfADomain * (uint)(id - 1) + at + 1;
            var kind = first.IsIpv6 ? IPAddressType.Ipv6 : IPAddressType.Ipv4;
            return new(kind, IpAddress.Of(Address(number, first.IsIpv6)).ToString(), (uint)(ip.PrefixLength ?? 0));
        }
        return new(IPAddressType.Ipv4, $"192.168.0.{at + 1}", 24);
    }

    static System.Net.IPAddress Address(UInt128 number, bool isIpv6)
    {
        Span<byte> bytes = stackalloc byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(bytes, number);
        return new System.Net.IPAddress(isIpv6 ? bytes : bytes[12..]);
    }
}
