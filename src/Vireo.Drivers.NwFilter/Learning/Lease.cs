using System.Globalization;
using System.Net;
using Vireo.Core;

namespace Vireo.Drivers.NwFilter.Learning;

/// <summary>An address that a guest has.</summary>
/// <param name="Address">The address.</param>
/// <param name="Server">Who lent it; 0.0.0.0: nobody.</param>
/// <param name="Ends">Until when.</param>
sealed record Lease(IPAddress Address, IPAddress Server, DateTimeOffset Ends);

/// <summary>Leases of all guests in libvirt's file, <c>nwfilter.leases</c>: a line for each, when it ends, whose it is, the address, the server.</summary>
static class LeaseLines
{
    /// <summary>Whose it is: a guest's uuid and its card's hardware address.</summary>
    internal static string KeyOf(Uuid owner, MacAddress mac) => $"{owner}-{mac}";

    internal static string Write(IEnumerable<(string Key, Lease Lease)> leases) => string.Concat(leases.Select(static one =>
        $"{(one.Lease.Ends == DateTimeOffset.MaxValue ? uint.MaxValue : one.Lease.Ends.ToUnixTimeSeconds())} {one.Key} {one.Lease.Address} {one.Lease.Server}\n"));

    /// <summary>Reads it; lines that are not understood, and what is over, are left out.</summary>
    internal static ILookup<string, Lease> Read(string text, DateTimeOffset now) => text.Split('\n').Select(Read).OfType<(string Key, Lease Lease)>()
        .Where(one => one.Lease.Ends > now).ToLookup(static one => one.Key, static one => one.Lease, StringComparer.Ordinal);

    static (string, Lease)? Read(string line) =>
        line.Split(' ') is [var ends, var key, var address, var server] && uint.TryParse(ends, NumberStyles.None, CultureInfo.InvariantCulture, out uint seconds)
        && IPAddress.TryParse(address, out IPAddress? lent) && IPAddress.TryParse(server, out IPAddress? by)
            ? (key, new Lease(lent, by, seconds == uint.MaxValue ? DateTimeOffset.MaxValue : DateTimeOffset.FromUnixTimeSeconds(seconds))) : null;
}
