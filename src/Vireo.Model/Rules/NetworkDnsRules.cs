using System.Buffers;
using System.Text;
using Vireo.Core.Errors;
using Vireo.Model.Network;

namespace Vireo.Model.Rules;

/// <summary>A network's name server.</summary>
public sealed class NetworkDnsRules : IRules<NetworkDns, NetworkDef>
{
    const int ServiceLimit = 482;
    static readonly SearchValues<char> ServiceChars = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-+/*");
    static readonly SearchValues<char> ProtocolChars = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-+/");

    /// <inheritdoc/>
    public static void Check(NetworkDns element, NetworkDef document, Findings found)
    {
        string name = document.Name;
        foreach (DnsForwarder forwarder in element.Forwarders)
            if (forwarder is { Domain: null, Address: null })
                found.Wrong(forwarder, "Invalid forwarder element, must contain at least one of addr or domain");
        foreach (DnsHost host in element.Hosts)
            Check(host, name, partial: false, found);
        foreach (DnsSrv record in element.Srvs)
            Check(record, name, partial: false, found);
        foreach (DnsTxt record in element.Txts)
            Check(record, name, partial: false, found);
        if (element.Enable is false && !(element.Forwarders.IsEmpty && element.Txts.IsEmpty && element.Srvs.IsEmpty && element.Hosts.IsEmpty))
            found.Wrong(element, $"Extra data in disabled network '{name}'");
    }

    /// <summary>Names of an address. A partial one, which an update compares with others, need not be whole.</summary>
    internal static void Check(DnsHost host, string network, bool partial, Findings found)
    {
        if (partial && host is { Ip: null, Names.IsEmpty: true })
            Malformed(found, host, $"Missing ip and hostname in network '{network}' DNS HOST record");
        else if (!partial && host.Ip is null)
            Malformed(found, host, $"Missing IP address in network '{network}' DNS HOST record");
        else if (!partial && host.Names.IsEmpty)
            Malformed(found, host, $"Missing hostname in network '{network}' DNS HOST record");
    }

    /// <summary>A SRV record.</summary>
    internal static void Check(DnsSrv record, string network, bool partial, Findings found)
    {
        string service = record.Service ?? "(null)";
        if (!partial && record.Service is null)
            Malformed(found, record, $"missing required service attribute in DNS SRV record of network '{network}'");
        else if (!partial && record.Protocol is null)
            Malformed(found, record, $"missing required protocol attribute in DNS SRV record '{service}' of network '{network}'");
        if (record.Service is { } written && Encoding.UTF8.GetByteCount(written) > ServiceLimit)
            Malformed(found, record, $"service attribute '{written}' in network '{network}' is too long, limit is {ServiceLimit} bytes");
        if (record.Service.AsSpan().ContainsAnyExcept(ServiceChars))
            Malformed(found, record, $"invalid character in service attribute '{service}' in DNS SRV record of network '{network}'");
        if (record.Protocol.AsSpan().ContainsAnyExcept(ProtocolChars))
            Malformed(found, record, $"invalid character in protocol attribute '{record.Protocol}' in DNS SRV record of network '{network}'");
        if (record.Port is 0 or > 65535)
            Malformed(found, record, $"invalid DNS SRV port attribute for service '{service}' in network '{network}'");
        if (record.Target is not null || partial)
            return;
        foreach ((bool there, string what) in ((bool, string)[])[(record.Port is not null, "port"), (record.Priority is not null, "priority"), (record.Weight is not null, "weight")])
            if (there)
                Malformed(found, record, $"DNS SRV {what} attribute not permitted without target for service '{service}' in network '{network}'");
    }

    /// <summary>A TXT record.</summary>
    internal static void Check(DnsTxt record, string network, bool partial, Findings found)
    {
        if (record.Name is null)
            Malformed(found, record, $"missing required name attribute in DNS TXT record of network {network}");
        else if (record.Name.AsSpan().ContainsAny(' ', ','))
            Malformed(found, record, $"prohibited character in DNS TXT record name '{record.Name}' of network {network}");
        else if (!partial && record.Value is null)
            Malformed(found, record, $"missing required value attribute in DNS TXT record named '{record.Name}' of network {network}");
    }

    static void Malformed(Findings found, object element, string text) => found.Add(element, ErrorCode.XmlDetail, text);
}
