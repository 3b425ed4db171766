using Vireo.Hypervisor.Traffic;
using Vireo.Model.Shared;
using Xunit;

namespace Vireo.Tests.Hypervisor;

/// <summary>Limits of what devices send and take in.</summary>
public class TrafficTests
{
    static string Text(IEnumerable<IReadOnlyList<string>> runs) => string.Join('\n', runs.Select(static run => string.Join(' ', run)));

    static Bandwidth Limits(BandwidthRate? inbound, BandwidthRate? outbound) => new() { Inbound = inbound, Outbound = outbound };

    [Fact]
    public void A_bridge_has_a_class_that_its_guests_share() => Assert.Equal("""
        qdisc del dev virbr7 root
        qdisc del dev virbr7 ingress
        qdisc add dev virbr7 root handle 1: htb default 2
        class add dev virbr7 parent 1: classid 1:1 htb rate 1000kbps ceil 5000kbps quantum 85
        class add dev virbr7 parent 1:1 classid 1:2 htb rate 1000kbps ceil 5000kbps burst 5120kb quantum 85
        qdisc add dev virbr7 parent 1:2 handle 2: sfq perturb 10
        filter add dev virbr7 parent 1:0 protocol all prio 1 handle 1 fw flowid 1
        qdisc add dev virbr7 ingress
        filter add dev virbr7 parent ffff: protocol all u32 match u32 0 0 police rate 128kbps burst 256kb mtu 64kb drop flowid :1
        """, Text(TrafficLimits.Set("virbr7", Limits(new() { Average = 1000, Peak = 5000, Burst = 5120 }, new() { Average = 128, Peak = 256, Burst = 256 }), isShared: true)));

    [Fact]
    public void A_bridges_guests_may_share_no_more_than_its_average_where_it_has_no_peak() =>
        Assert.Contains("class add dev virbr7 parent 1: classid 1:1 htb rate 1000kbps ceil 1000kbps quantum 85",
            Text(TrafficLimits.Set("virbr7", Limits(new() { Average = 1000 }, null), isShared: true)), StringComparison.Ordinal);

    [Fact]
    public void At_the_guests_own_end_the_directions_change_places() =>
        Assert.Contains("police rate 10kbps", Text(TrafficLimits.Set("macvtap0", Limits(new() { Average = 10 }, null), isSwapped: true)), StringComparison.Ordinal);
}
