using Vireo.EndToEnd.Harness;
using Vireo.EndToEnd.Network;
using Xunit;
using static Vireo.EndToEnd.NwFilter.Frames;

namespace Vireo.EndToEnd.NwFilter;

/// <summary>What passes a filtered card and what does not, with real packets.</summary>
public sealed class PacketTests
{
    const string Address = "<parameter name='IP' value='10.0.0.7'/>";

    [Fact]
    public async Task Of_clean_traffic_what_is_honest_passes_and_what_is_forged_does_not()
    {
        await using FilteredCards cards = await FilteredCards.StartAsync();
        await cards.BindAsync("clean-traffic", Address);
        cards.Guest.Send(Ip(1, OtherMac, 7));
        cards.Guest.Send(Ip(2, GuestMac, 8));
        cards.Guest.Send(Arp(3, GuestMac, GuestMac, 8));
        cards.Guest.Send(Arp(4, GuestMac, OtherMac, 7));
        cards.Guest.Send(Ipv6(5, GuestMac));
        cards.Guest.Send(Of(6, GuestMac, 0x88cc, 1, 2, 3));
        cards.Guest.Send(Arp(7, GuestMac, GuestMac, 7));
        cards.Guest.Send(Ip(8, GuestMac, 7));
        Assert.Equal([7, 8], await cards.Other.UntilAsync(8));
        cards.Other.Send(Ipv6(1, OtherMac));
        cards.Other.Send(Arp(2, OtherMac, OtherMac, 1));
        cards.Other.Send(Ip(3, OtherMac, 1));
        Assert.Equal([2, 3], await cards.Guest.UntilAsync(3));
        await cards.Network.VirshAsync("nwfilter-binding-delete", "guest");
        Assert.DoesNotContain("guest", await cards.Network.RunAsync("ebtables-save"), StringComparison.Ordinal);
        cards.Guest.Send(Ip(1, OtherMac, 8));
        Assert.Equal([1], await cards.Other.UntilAsync(1));
    }

    [Fact]
    public async Task An_address_is_learned_of_the_first_packet_and_known_after_the_daemon_was_killed()
    {
        await using FilteredCards cards = await FilteredCards.StartAsync();
        await cards.BindAsync("clean-traffic");
        cards.Guest.Send(Ipv6(1, GuestMac));
        cards.Guest.Send(Ip(2, GuestMac, 7));
        Assert.Equal([2], await cards.Other.UntilAsync(2));
        await cards.UntilRulesSayAsync("--ip-src 10.0.0.7");
        string status = Path.Join(cards.Network.Daemon.Root, "run/libvirt/nwfilter-binding/guest.xml");
        await NetworkDaemon.UntilAsync(async () => (await File.ReadAllTextAsync(status)).Contains("10.0.0.7", StringComparison.Ordinal), "the address is kept");
        using var space = File.OpenHandle($"/proc/{cards.Network.Daemon.Pid}/ns/net");
        await cards.Network.Daemon.KillAsync();
        await cards.Network.StartAgainAsync(space, null);
        await cards.Network.VirshAsync("nwfilter-binding-dumpxml", "guest");
        cards.Guest.Send(Ip(3, GuestMac, 8));
        cards.Guest.Send(Ip(4, GuestMac, 7));
        Assert.Equal([4], await cards.Other.UntilAsync(4));
    }

    [Fact]
    public async Task Of_dhcp_an_address_is_the_guests_as_long_as_it_is_lent()
    {
        await using FilteredCards cards = await FilteredCards.StartAsync();
        await cards.BindAsync("clean-traffic", "<parameter name='CTRL_IP_LEARNING' value='dhcp'/>");
        cards.Guest.Send(Ip(1, GuestMac, 7));
        cards.Guest.Send(Returned(2, 7));       // passes: it goes to a server
        Assert.Equal([2], await cards.Other.UntilAsync(2));
        cards.Other.Send(Lent(3, 7));
        await cards.UntilRulesSayAsync("--ip-src 10.0.0.7");
        cards.Guest.Send(Ip(4, GuestMac, 8));
        cards.Guest.Send(Ip(5, GuestMac, 7));
        Assert.Equal([5], await cards.Other.UntilAsync(5));
        Assert.Contains(" 10.0.0.7 10.0.0.0", await File.ReadAllTextAsync(Path.Join(cards.Network.State, "nwfilter.leases"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        cards.Guest.Send(Returned(6, 7));
        await cards.UntilRulesSayAsync("--ip-src 10.0.0.7", says: false);
    }

    [Fact]
    public async Task A_change_of_a_filter_reaches_a_card_and_one_that_cannot_be_changes_nothing()
    {
        await using FilteredCards cards = await FilteredCards.StartAsync();
        await cards.DefineAsync("<rule action='drop' direction='out'><mac protocolid='ipv4'/></rule>");
        await cards.BindAsync("t");
        cards.Guest.Send(Ip(1, GuestMac, 7));
        cards.Guest.Send(Ipv6(2, GuestMac));
        Assert.Equal([2], await cards.Other.UntilAsync(2));
        await cards.DefineAsync("<rule action='drop' direction='out'><mac protocolid='ipv6'/></rule>");
        cards.Guest.Send(Ipv6(3, GuestMac));
        cards.Guest.Send(Ip(4, GuestMac, 7));
        Assert.Equal([4], await cards.Other.UntilAsync(4));
        string file = Path.Join(cards.Network.Daemon.Root, "bad.xml"), before = await cards.Network.RunAsync("ebtables-save");
        await File.WriteAllTextAsync(file, "<filter name='t'><uuid>11111111-2222-3333-4444-555555555501</uuid><rule action='drop' direction='in'><ip srcipaddr='$NOBODY'/></rule></filter>", TestContext.Current.CancellationToken);
        CommandResult refused = await cards.Network.Daemon.VirshAsync("nwfilter-define", file);
        Assert.Contains("NOBODY", refused.Error, StringComparison.Ordinal);
        Assert.Equal(Rules(before), Rules(await cards.Network.RunAsync("ebtables-save")));
        refused = await cards.Network.Daemon.VirshAsync("nwfilter-undefine", "t");
        Assert.Contains("nwfilter is in use", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rules_that_somebody_flushed_are_back_after_a_signal_and_after_a_restart()
    {
        await using FilteredCards cards = await FilteredCards.StartAsync();
        await cards.DefineAsync("<rule action='drop' direction='out'><mac protocolid='ipv4'/></rule><rule action='accept' direction='inout'><tcp dstportstart='22'/></rule>");
        await cards.BindAsync("t");
        async Task<string> AllAsync() => Rules(await cards.Network.RunAsync("ebtables-save")) + Rules(await cards.Network.RunAsync("iptables-save", "-t", "filter"));
        string before = await AllAsync();
        Assert.Contains("--physdev-in guest", before, StringComparison.Ordinal);
        async Task FlushAsync()
        {
            foreach (string what in (string[])["-F", "-X"])
                foreach (string[] table in (string[][])[["ebtables", "-t", "nat"], ["iptables", "-t", "filter"]])
                    await cards.Network.RunAsync([.. table, what]);
            Assert.DoesNotContain("guest", await AllAsync(), StringComparison.Ordinal);
        }
        async Task BackAsync()
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            string now;
            while ((now = await AllAsync()) != before)
                Assert.False(limit.IsCancellationRequested, $"rules are not back:\n{now}\nbefore:\n{before}\n{cards.Network.Daemon.Log}");
        }
        await FlushAsync();
        await Command.RunAsync("kill", ["-HUP", cards.Network.Daemon.Pid.ToString()]);
        await BackAsync();
        await FlushAsync();
        using var space = File.OpenHandle($"/proc/{cards.Network.Daemon.Pid}/ns/net");
        await cards.Network.Daemon.KillAsync();
        await cards.Network.StartAgainAsync(space, null);
        await BackAsync();
        // And where the daemon does not know that they are gone, a change puts in all that it is about.
        await FlushAsync();
        await cards.Network.VirshAsync("nwfilter-binding-delete", "guest");
        await cards.BindAsync("t");
        Assert.Equal(before, await AllAsync());
    }

    static string Rules(string saved) => string.Join('\n', saved.Split('\n').Where(static line => line.StartsWith("-A", StringComparison.Ordinal)));
}
