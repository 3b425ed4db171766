using Vireo.Core;
using Vireo.Core.Xml;

namespace Vireo.Model.Network;

/// <summary>The network's name server.</summary>
[Element("dns", OmitEmpty = true)]
public sealed partial record NetworkDns
{
    [Attr("enable", Since = "2.2.0")] public bool? Enable { get; init; }

    /// <summary>Whether names without a dot are looked up elsewhere.</summary>
    [Attr("forwardPlainNames", Since = "1.1.2")] public bool? ForwardPlainNames { get; init; }
    [Child("forwarder", Since = "1.1.3")] public ValueList<DnsForwarder> Forwarders { get; init; }
    [Child("txt", Since = "0.9.3")] public ValueList<DnsTxt> Txts { get; init; }
    [Child("srv", Since = "0.9.9")] public ValueList<DnsSrv> Srvs { get; init; }
    [Child("host", Since = "0.9.3")] public ValueList<DnsHost> Hosts { get; init; }
}

/// <summary>Where other names are looked up; at least one of its members is there.</summary>
[Element("forwarder")]
public sealed partial record DnsForwarder
{
    /// <summary>Only names of this domain.</summary>
    [Attr("domain", Since = "2.2.0")] public string? Domain { get; init; }

    /// <summary>Null: not at all.</summary>
    [Attr("addr", Bad = "xml|Invalid forwarder IP address '{0}' in network '{name}'")] public IpAddress? Address { get; init; }
}

/// <summary>A TXT record. An update that deletes may leave out the value.</summary>
[Element("txt")]
public sealed partial record DnsTxt
{
    [Attr("name")] public string? Name { get; init; }
    [Attr("value")] public string? Value { get; init; }
}

/// <summary>A SRV record. An update that deletes may leave out whatever it does not compare.</summary>
[Element("srv")]
public sealed partial record DnsSrv
{
    [Attr("service")] public string? Service { get; init; }
    [Attr("protocol")] public string? Protocol { get; init; }
    [Attr("domain")] public string? Domain { get; init; }
    [Attr("target")] public string? Target { get; init; }

    /// <summary>1 to 65535; only with a target.</summary>
    [Attr("port", Decimal = true, NonEmpty = true, Bad = "detail|invalid DNS SRV port attribute for service '{@service}' in network '{name}'")] public uint? Port { get; init; }

    /// <summary>0 to 65535; only with a target.</summary>
    [Attr("priority", Decimal = true, NonEmpty = true, ZeroIsNone = true, Bad = "detail|Invalid DNS SRV priority attribute for service '{@service}' in network '{name}'")] public ushort? Priority { get; init; }

    /// <summary>0 to 65535; only with a target.</summary>
    [Attr("weight", Decimal = true, NonEmpty = true, ZeroIsNone = true, Bad = "detail|invalid DNS SRV weight attribute for service '{@service}' in network '{name}'")] public ushort? Weight { get; init; }
}

/// <summary>Names of an address. An update that deletes may leave out either.</summary>
[Element("host")]
public sealed partial record DnsHost
{
    [Attr("ip", Bad = "detail|Invalid IP address in network '{name}' DNS HOST record")] public IpAddress? Ip { get; init; }
    [Text("hostname")] public ValueList<string> Names { get; init; }
}
