using Vireo.Core;
using Vireo.Model.Shared;

namespace Vireo.Hypervisor.Traffic;

/// <summary>Limits of a port of Open vSwitch, which keeps its own queues; in the words of ovs-vsctl.</summary>
/// <param name="Device">The port's device.</param>
/// <param name="Owner">The machine it belongs to; queues are found again by it.</param>
public sealed record SwitchLimits(string Device, Uuid Owner)
{
    static readonly string[] start = ["--timeout=5"];

    string[] Mark => [$"external-ids:vm-id=\"{Owner}\"", $"external-ids:ifname=\"{Device}\""];

    /// <summary>The argument lists that ask for queues and for qualities of service of the port, one uuid a line.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Ask() => [Find("queue"), Find("qos")];

    IReadOnlyList<string> Find(string table) => [.. start, "--no-heading", "--columns=_uuid", "find", table, .. Mark];

    /// <summary>The argument lists that take away what <see cref="Ask"/> found.</summary>
    public IEnumerable<IReadOnlyList<string>> Forget(IEnumerable<string> queues, IEnumerable<string> qualities)
    {
        foreach (string quality in qualities)
        {
            yield return [.. start, "remove", "port", Device, "qos", quality];
            yield return [.. start, "destroy", "qos", quality];
        }
        foreach (string queue in queues)
            yield return [.. start, "destroy", "queue", queue];
    }

    /// <summary>The argument lists that set the limits, after the port's old ones were asked for and forgotten.</summary>
    /// <param name="limits">As the guest has them.</param>
    public IEnumerable<IReadOnlyList<string>> Set(Bandwidth limits)
    {
        if (limits.Inbound is { Average: > 0 } sent)
            yield return Shape(sent);
        yield return limits.Outbound is { Average: > 0 } taken
            ? [.. start, "set", "Interface", Device, $"ingress_policing_rate={taken.Average * 8}", .. taken.Burst is > 0 ? new[] { $"ingress_policing_burst={taken.Burst * 8}" } : []]
            : Unlimited();
    }

    /// <summary>The arguments that let everything in again.</summary>
    public IReadOnlyList<string> Unlimited() => [.. start, "set", "Interface", Device, "ingress_policing_rate=0", "ingress_policing_burst=0"];

    /// <summary>A rate is bits a second here, and a burst bits.</summary>
    string[] Shape(BandwidthRate rate)
    {
        string[] numbers =
        [
            $"other_config:min-rate={rate.Average * 8000}",
            .. rate.Burst is > 0 ? new[] { $"other_config:burst={rate.Burst * 8192}" } : [],
            .. rate.Peak is > 0 ? new[] { $"other_config:max-rate={rate.Peak * 8000}" } : [],
        ];
        return
        [
            .. start, "set", "port", Device, "qos=@qos1", .. Mark,
            "--", "--id=@qos1", "create", "qos", "type=linux-htb", .. numbers, "queues:0=@queue0", .. Mark,
            "--", "--id=@queue0", "create", "queue", .. numbers, .. Mark,
        ];
    }
}
