using Vireo.Model.Shared;

namespace Vireo.Hypervisor.Traffic;

/// <summary>
/// The kernel's limits for what a device sends and takes in, in the words of tc. A queue can be shaped only where packets leave the host, so what comes in is
/// counted and dropped beyond its rate. Rates are KiB a second, as documents have them.
/// </summary>
public static class TrafficLimits
{
    const ulong LargestPacket = 1500;

    /// <summary>The argument lists of tc, in order; failures of those that delete are of no account.</summary>
    /// <param name="device">The device on the host.</param>
    /// <param name="limits">As its guest or network has them; null: nothing is touched.</param>
    /// <param name="isShared">It is a network's bridge, whose rate its guests share and may be promised parts of.</param>
    /// <param name="isSwapped">The device is the guest's own end, so that what the guest takes in comes in here as well.</param>
    public static IReadOnlyList<IReadOnlyList<string>> Set(string device, Bandwidth? limits, bool isShared = false, bool isSwapped = false)
    {
        if (limits is null)
            return [];
        BandwidthRate? sent = isSwapped ? limits.Outbound : limits.Inbound, taken = isSwapped ? limits.Inbound : limits.Outbound;
        List<IReadOnlyList<string>> runs = [.. Clear(device)];
        if (sent is { Average: > 0 })
            runs.AddRange(Shape(device, sent, isShared));
        if (taken is { Average: > 0 })
            runs.AddRange(Police(device, taken));
        return runs;
    }

    /// <summary>The argument lists of tc that take all limits away.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Clear(string device) =>
        [["qdisc", "del", "dev", device, "root"], ["qdisc", "del", "dev", device, "ingress"]];

    static IEnumerable<IReadOnlyList<string>> Shape(string device, BandwidthRate rate, bool isShared)
    {
        string rest = isShared ? "2" : "1";
        string[] quantum = ["quantum", $"{Quantum(rate)}"];
        yield return ["qdisc", "add", "dev", device, "root", "handle", "1:", "htb", "default", rest];
        if (isShared)
            yield return ["class", "add", "dev", device, "parent", "1:", "classid", "1:1", "htb", "rate", $"{rate.Average}kbps", "ceil", $"{rate.Peak ?? rate.Average}kbps", .. quantum];
        string[] peak = rate.Peak is > 0 ? ["ceil", $"{rate.Peak}kbps"] : [], burst = rate.Burst is > 0 ? ["burst", $"{rate.Burst}kb"] : [];
        yield return
        [
            "class", "add", "dev", device, "parent", isShared ? "1:1" : "1:", "classid", $"1:{rest}", "htb", "rate", $"{rate.Average}kbps", .. peak, .. burst, .. quantum,
        ];
        yield return ["qdisc", "add", "dev", device, "parent", $"1:{rest}", "handle", "2:", "sfq", "perturb", "10"];
        yield return ["filter", "add", "dev", device, "parent", "1:0", "protocol", "all", "prio", "1", "handle", "1", "fw", "flowid", "1"];
    }

    /// <summary>How many packets of the largest size a class sends before it is another's turn; at least one.</summary>
    static ulong Quantum(BandwidthRate rate) => Math.Max(rate.Average.GetValueOrDefault() * 1024 / 8 / LargestPacket, 1);

    static IEnumerable<IReadOnlyList<string>> Police(string device, BandwidthRate rate)
    {
        yield return ["qdisc", "add", "dev", device, "ingress"];
        yield return
        [
            "filter", "add", "dev", device, "parent", "ffff:", "protocol", "all", "u32", "match", "u32", "0", "0",
            "police", "rate", $"{rate.Average}kbps", "burst", $"{(rate.Burst is > 0 ? rate.Burst : rate.Average)}kb", "mtu", "64kb", "drop", "flowid", ":1",
        ];
    }
}
