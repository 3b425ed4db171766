using Vireo.Core;
using Vireo.Core.Xml;

namespace Vireo.Model.Shared;

/// <summary>An address that must be of IPv4.</summary>
public readonly record struct Ipv4Address(IpAddress Value) : IXmlValue<Ipv4Address>
{
    /// <inheritdoc/>
    public static bool TryParse(string text, out Ipv4Address value)
    {
        bool fits = IpAddress.TryParse(text, out IpAddress address) && !address.IsIpv6;
        value = new Ipv4Address(address);
        return fits;
    }

    /// <inheritdoc/>
    public string ToXml() => Value.ToXml();

    /// <inheritdoc/>
    public override string ToString() => ToXml();
}
