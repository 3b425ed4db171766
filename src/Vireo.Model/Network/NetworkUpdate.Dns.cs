using Vireo.Core;
using Vireo.Model.Rules;

namespace Vireo.Model.Network;

public static partial class NetworkUpdate
{
    static NetworkDef DnsHost(NetworkDef network, NetworkUpdateCommand command, string xml)
    {
        Fixed(command, "HOST");
        DnsHost host = Open(network, "host", xml, Network.DnsHost.ReadXml);
        Check(found => NetworkDnsRules.Check(host, network.Name, command == NetworkUpdateCommand.Delete, found));
        NetworkDns dns = network.Dns ?? new NetworkDns();
        // A new record may share a name with an old one, but not the address; one to delete shares either.
        List<int> found = Indexes(dns.Hosts, one => one.Ip is not null && one.Ip == host.Ip || command == NetworkUpdateCommand.Delete && one.Names.Any(host.Names.Contains));
        if (IsAdd(command) && found.Count > 0)
            throw Invalid($"there is already at least one DNS HOST record with a matching field in network {network.Name}");
        return With(network, dns with { Hosts = Changed(network, command, dns.Hosts, host, found, "HOST", "multiple matching DNS HOST records were found in network") });
    }

    static NetworkDef DnsTxt(NetworkDef network, NetworkUpdateCommand command, string xml)
    {
        Fixed(command, "TXT");
        DnsTxt record = Open(network, "txt", xml, Network.DnsTxt.ReadXml);
        Check(found => NetworkDnsRules.Check(record, network.Name, command == NetworkUpdateCommand.Delete, found));
        NetworkDns dns = network.Dns ?? new NetworkDns();
        List<int> found = Indexes(dns.Txts, one => one.Name == record.Name);
        if (IsAdd(command) && found.Count > 0)
            throw Invalid($"there is already a DNS TXT record with name '{record.Name}' in network {network.Name}");
        // Of several records of one name the first is meant.
        found = found.Count > 1 ? found[..1] : found;
        return With(network, dns with { Txts = Changed(network, command, dns.Txts, record, found, "TXT", "") });
    }

    static NetworkDef DnsSrv(NetworkDef network, NetworkUpdateCommand command, string xml)
    {
        Fixed(command, "SRV");
        DnsSrv record = Open(network, "srv", xml, Network.DnsSrv.ReadXml);
        Check(found => NetworkDnsRules.Check(record, network.Name, command == NetworkUpdateCommand.Delete, found));
        NetworkDns dns = network.Dns ?? new NetworkDns();
        List<int> found = Indexes(dns.Srvs, one => (record.Domain is null || one.Domain == record.Domain) && (record.Service is null || one.Service == record.Service)
            && (record.Protocol is null || one.Protocol == record.Protocol) && (record.Target is null || one.Target == record.Target));
        if (IsAdd(command) && found.Count > 0)
            throw Invalid($"there is already at least one DNS SRV record matching all specified fields in network {network.Name}");
        return With(network, dns with { Srvs = Changed(network, command, dns.Srvs, record, found, "SRV", "multiple DNS SRV records matching all specified fields were found in network") });
    }

    static void Fixed(NetworkUpdateCommand command, string kind)
    {
        if (command == NetworkUpdateCommand.Modify)
            throw NotSupported($"DNS {kind} records cannot be modified, only added or deleted");
    }

    static List<int> Indexes<T>(ValueList<T> list, Func<T, bool> wanted)
    {
        var all = new List<int>();
        for (int i = 0; i < list.Count; i++)
            if (wanted(list[i]))
                all.Add(i);
        return all;
    }

    static ValueList<T> Changed<T>(NetworkDef network, NetworkUpdateCommand command, ValueList<T> list, T record, List<int> found, string kind, string several)
    {
        if (IsAdd(command))
            return Add(list, record, command);
        if (command != NetworkUpdateCommand.Delete)
            throw Unknown(command);
        return found.Count switch
        {
            0 => throw Invalid($"couldn't locate a matching DNS {kind} record in network {network.Name}"),
            1 => list.RemoveAt(found[0]),
            _ => throw Invalid($"{several} {network.Name}"),
        };
    }

    static NetworkDef With(NetworkDef network, NetworkDns dns) => network with { Dns = dns == new NetworkDns() ? null : dns };
}
