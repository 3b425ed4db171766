using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Agent;
using Vireo.Drivers.Qemu.Agent.Commands;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Start.Network;
using Vireo.Hypervisor.Machines;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Capabilities;

/// <summary>Addresses of guests: by what networks lent, by the guest's own agent, and by whom the host has spoken with.</summary>
sealed class DomainAddresses(QemuConnection connection) : IDomainAddresses
{
    const string ArpTable = "/proc/net/arp";

    public async ValueTask<DomainInterface[]> GetAddressesAsync(
        DomainRef domain, DomainInterfaceAddressesSource source, uint flags, CancellationToken cancel)
    {
        if (flags != 0) throw VireoException.UnsupportedFlags(flags, "qemuDomainInterfaceAddresses", ErrorDomain.Qemu);
        var machine = connection.Get(domain);
        MachineSnapshot now = machine.Snapshot;
        if (now.Live is not { } def) throw MachineErrors.NotRunning();
        return source switch
        {
            DomainInterfaceAddressesSource.Lease => await LeasesAsync(def, cancel).ConfigureAwait(false),
            DomainInterfaceAddressesSource.Arp => Neighbours(def, File.Exists(ArpTable) ? await File.ReadAllTextAsync(ArpTable, cancel).ConfigureAwait(false) : ""),
            DomainInterfaceAddressesSource.Agent => await AskAsync(machine, cancel).ConfigureAwait(false),
            _ => throw new VireoException(ErrorCode.ArgumentUnsupported, ErrorDomain.Qemu, $"Unknown IP address data source {(int)source}"),
        };
    }

    async Task<DomainInterface[]> LeasesAsync(DomainDef def, CancellationToken cancel)
    {
        var all = new List<DomainInterface>();
        foreach (Interface card in def.Devices.Interfaces.ToList())
        {
            if (NetworkCards.PortOf(card).Network is not { } network || connection.Keeper.Options.Networks is not { } networks || card.Mac is not { } mac) continue;
            IReadOnlyList<DhcpLease> lent = await networks.LeasesAsync(network, mac.Address, cancel).ConfigureAwait(false);
            if (lent.Count > 0)
                all.Add(new(card.Target?.Device ?? "", mac.Address.ToString(), [.. lent.Select(static one => new DomainAddress(one.Type, one.Address, one.Prefix))]));
        }
        return [.. all];
    }

    /// <summary>By the kernel's table: address, kind, flags, hardware address, mask, device.</summary>
    internal static DomainInterface[] Neighbours(DomainDef def, string table)
    {
        string[][] lines = [.. table.Split('\n').Skip(1).Select(static line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(static words => words.Length >= 6)];
        return [.. from card in def.Devices.Interfaces.ToList()
                   where card.Mac is not null
                   let mac = card.Mac!.Address.ToString()
                   let found = lines.Where(words => string.Equals(words[3], mac, StringComparison.OrdinalIgnoreCase)).Select(static words => new DomainAddress(IPAddressType.Ipv4, words[0], 0)).ToArray()
                   where found.Length > 0
                   select new DomainInterface(card.Target?.Device ?? "", mac, found)];
    }

    async Task<DomainInterface[]> AskAsync(QemuMachine machine, CancellationToken cancel)
    {
        IReadOnlyList<GuestInterface> cards = await AgentLine.UseAsync(machine, connection.Keeper.Time,
            (agent, patience) => agent.RunAsync(new GuestNetworkGetInterfaces(), patience, cancel), cancel).ConfigureAwait(false);
        return [.. cards.Select(static card => new DomainInterface(card.Name, card.Mac,
            [.. card.Addresses.Select(static one => new DomainAddress(one.IsIpv6 ? IPAddressType.Ipv6 : IPAddressType.Ipv4, one.Address, one.Prefix))]))];
    }
}
