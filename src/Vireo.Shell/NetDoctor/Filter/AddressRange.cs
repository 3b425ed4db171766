using System.Globalization;
using Vireo.Core;

namespace Vireo.Shell.NetDoctor.Filter;

/// <summary>Addresses from one to another, as rules write them: one, a network by its prefix or mask, a range.</summary>
readonly record struct AddressRange(bool IsIpv6, UInt128 First, UInt128 Last)
{
    /// <summary>Reads one; null: it is none.</summary>
    public static AddressRange? Parse(string text)
    {
        if (text.Split('-') is [var from, var to] && IpAddress.TryParse(from, out IpAddress first) && IpAddress.TryParse(to, out IpAddress last))
            return new AddressRange(first.IsIpv6, first.Number, last.Number);
        string[] parts = text.Split('/');
        if (!IpAddress.TryParse(parts[0], out IpAddress address))
            return null;
        int prefix = address.Bits;
        if (parts.Length > 1 && !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out prefix))
        {
            if (!IpAddress.TryParse(parts[1], out IpAddress mask) || mask.IsIpv6 != address.IsIpv6)
                return null;
            prefix = (int)UInt128.PopCount(mask.Number);
        }
        return prefix > address.Bits ? null : Of(address, prefix);
    }

    /// <summary>A network.</summary>
    public static AddressRange Of(IpAddress address, int prefix)
    {
        int rest = address.Bits - prefix;
        UInt128 others = rest == 128 ? UInt128.MaxValue : (UInt128.One << rest) - 1;
        return new AddressRange(address.IsIpv6, address.Number & ~others, address.Number | others);
    }

    /// <summary>Whether an address is one of them.</summary>
    public bool Contains(IpAddress address) => address.IsIpv6 == IsIpv6 && address.Number >= First && address.Number <= Last;

    /// <summary>Whether two share an address.</summary>
    public bool Overlaps(AddressRange other) => IsIpv6 == other.IsIpv6 && First <= other.Last && other.First <= Last;
}
