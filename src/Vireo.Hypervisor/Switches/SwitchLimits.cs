using Vireo.Core;
using Vireo.Model.Shared;

namespace Vireo.Hypervisor.Switches;

/// <summary>Limits of a port of Open vSwitch, which keeps its own queues; in the words of ovs-vsctl.</summary>
/// <param name="Device">The port's device.</param>
/// <param name="Owner">The machine it belongs to; queues are found again by it.</param>
public sealed record SwitchLimits(string Device, Uuid Owner)
{
    static readonly string[] ids = ["--no-heading", "--columns=_uuid"];

    string[] Mark => [$"external-ids:vm-id=\"{Owner}\"", $"external-ids:ifname=\"{Device}\""];

    /// <summary>The arguments that ask for queues of the port, one uuid a line.</summary>
    public IReadOnlyList<string> Queues() => [.. ids, "find", "queue", .. Mark];

    /// <summary>The arguments that ask for qualities of service of the port, one uuid a line.</summary>
    public IReadOnlyList<string> Qualities() => [.. ids, "find", "qos", .. Mark];

    /// <summary>The arguments that ask which quality of service the port has now.</summary>
    public IReadOnlyList<string> Used() => [.. ids, "--if-exists", "list", "port", Device, "qos"];

    /// <summary>The arguments that take a quality of service off the port.</summary>
    public IReadOnlyList<string> Release(string quality) => ["remove", "port", Device, "qos", quality];

    /// <summary>The arguments that forget a row.</summary>
    /// <param name="table">"qos" or "queue".</param>
    /// <param name="row">Its uuid.</param>
    public static IReadOnlyList<string> Forget(string table, string row) => ["destroy", table, row];

    /// <summary>The arguments that give the port a queue of its own.</summary>
    public IReadOnlyList<string> Create(BandwidthRate rate)
    {
        string[] numbers = Numbers(rate);
        return
        [
            "set", "port", Device, "qos=@qos1", .. Mark,
            "--", "--id=@qos1", "create", "qos", "type=linux-htb", .. numbers, "queues:0=@queue0", .. Mark,
            "--", "--id=@queue0", "create", "queue", .. numbers, .. Mark,
        ];
    }

    /// <summary>The arguments that change what the port has.</summary>
    /// <param name="table">"qos" or "queue".</param>
    /// <param name="row">Its uuid.</param>
    /// <param name="rate">The rate now.</param>
    public IReadOnlyList<string> Change(string table, string row, BandwidthRate rate) => ["set", table, row, .. Numbers(rate), .. Mark];

    /// <summary>The arguments that limit what the guest sends; null: everything is let in.</summary>
    public IReadOnlyList<string> Police(BandwidthRate? rate) => rate is { Average: > 0 }
        ? ["set", "Interface", Device, $"ingress_policing_rate={rate.Average * 8}", .. rate.Burst is > 0 ? new[] { $"ingress_policing_burst={rate.Burst * 8}" } : []]
        : ["set", "Interface", Device, "ingress_policing_rate=0", "ingress_policing_burst=0"];

    // A rate is bits a second here, and a burst bits.
    static string[] Numbers(BandwidthRate rate) =>
    [
        $"other_config:min-rate={rate.Average * 8000}",
        .. rate.Burst is > 0 ? new[] { $"other_config:burst={rate.Burst * 8192}" } : [],
        .. rate.Peak is > 0 ? new[] { $"other_config:max-rate={rate.Peak * 8000}" } : [],
    ];
}
