using Vireo.Core.Errors;
using Vireo.Drivers.NwFilter.Rules;
using Vireo.Drivers.NwFilter.Tables;
using Xunit;

namespace Vireo.Tests.Drivers.NwFilter;

public sealed class TableTextTests
{
    static readonly string[][] drop = [["-s", "!", "52:54:00:00:00:01", "-j", "DROP"]], accept = [["-j", "ACCEPT"]];

    static PacketTable After(PacketTable table, params string[] commands) =>
        commands.Aggregate(table, static (now, command) => now.After(command.Split(' ')) ?? throw new InvalidOperationException(command));

    static string? Change(PacketTable before, PacketTable after) => TableText.Change("nat", "ACCEPT", before, after);

    static HostTables Filtered(HostTables host, string card, string[][] rules)
    {
        var filter = new CardFilter(card, host);
        filter.ApplyFrames(rules, []);
        filter.Commit();
        return host;
    }

    [Fact]
    public void A_new_filter_is_a_chain_and_a_rule_that_leads_to_it()
    {
        HostTables after = Filtered(HostTables.Empty.Copy(), "v0", drop);
        Assert.Equal("""
            *nat
            :libvirt-I-v0 ACCEPT
            -A libvirt-I-v0 -s ! 52:54:00:00:00:01 -j DROP
            -A PREROUTING -i v0 -j libvirt-I-v0
            COMMIT

            """, Change(PacketTable.Empty, after.All[0].Chains));
        Assert.Equal(PacketTable.Empty, after.All[1].Chains);
    }

    [Fact]
    public void Another_filter_takes_the_place_of_the_first_in_one_step_and_nobody_elses_chain_is_named()
    {
        HostTables before = Filtered(Filtered(HostTables.Empty.Copy(), "v1", drop), "v0", drop), after = Filtered(before.Copy(), "v0", accept);
        Assert.Equal("""
            *nat
            :libvirt-I-v0 ACCEPT
            -A libvirt-I-v0 -j ACCEPT
            COMMIT

            """, Change(before.All[0].Chains, after.All[0].Chains));
        Assert.Null(Change(after.All[0].Chains, Filtered(after.Copy(), "v0", accept).All[0].Chains));
    }

    [Fact]
    public void What_goes_is_unlinked_before_it_is_emptied()
    {
        HostTables before = Filtered(HostTables.Empty.Copy(), "v0", drop), after = before.Copy();
        new CardFilter("v0", after).Remove();
        Assert.Equal("""
            *nat
            -D PREROUTING -i v0 -j libvirt-I-v0
            -F libvirt-I-v0
            -X libvirt-I-v0
            COMMIT

            """, Change(before.All[0].Chains, after.All[0].Chains));
    }

    [Fact]
    public void Chains_that_all_share_are_added_to_and_never_declared()
    {
        PacketTable before = After(PacketTable.Empty, "-A FORWARD -j OTHERS", "-N libvirt-in", "-A libvirt-in -m physdev --physdev-in v1 -g FI-v1");
        PacketTable after = After(before, "-N FI-v0", "-A FI-v0 -j DROP", "-A libvirt-in -m physdev --physdev-in v0 -g FI-v0", "-N libvirt-out", "-I FORWARD 1 -j libvirt-in");
        Assert.Equal("""
            *nat
            :FI-v0 ACCEPT
            -N libvirt-out
            -A FI-v0 -j DROP
            -I FORWARD 1 -j libvirt-in
            -A libvirt-in -m physdev --physdev-in v0 -g FI-v0
            COMMIT

            """, Change(before, after));
    }

    [Fact]
    public void Rules_are_known_again_whatever_order_their_options_are_listed_in()
    {
        PacketTable saved = TableText.Read("""
            # comment
            *mangle
            :FORWARD ACCEPT [0:0]
            -A FORWARD -j NOBODY
            COMMIT
            *filter
            :FORWARD ACCEPT [0:0]
            :libvirt-out - [0:0]
            :FO-v0 - [0:0]
            -A FORWARD -j libvirt-out
            -A libvirt-out -m physdev --physdev-out v0 --physdev-is-bridged -g FO-v0
            -A FO-v0 -m comment --comment "two \"words\"" -j ACCEPT
            COMMIT
            """, "filter");
        Assert.Equal(["-m", "comment", "--comment", "two \"words\"", "-j", "ACCEPT"], saved.Chains["FO-v0"][0].Words);
        Assert.DoesNotContain(saved.Chains["FORWARD"], static rule => rule.Target is "NOBODY");
        Assert.Null(saved.After("-X FO-v0".Split(' ')));
        PacketTable gone = After(saved, "-D libvirt-out -m physdev --physdev-is-bridged --physdev-out v0 -g FO-v0", "-F FO-v0", "-X FO-v0");
        Assert.Empty(gone.Chains["libvirt-out"]);
    }

    [Fact]
    public void A_comment_is_one_word_and_cannot_be_another_line()
    {
        PacketTable spoken = After(PacketTable.Empty, "-N x").After(["-A", "x", "--comment", "a \"b\" \\"])!;
        Assert.Contains("""-A x --comment "a \"b\" \\" """.TrimEnd(), Change(PacketTable.Empty, spoken), StringComparison.Ordinal);
        Assert.Throws<VireoException>(() => Change(PacketTable.Empty, After(PacketTable.Empty, "-N x").After(["-A", "x", "--comment", "a\n-P FORWARD DROP"])!));
    }

    [Fact]
    public void A_chain_that_is_renamed_is_still_led_to()
    {
        PacketTable table = After(PacketTable.Empty, "-N a", "-A PREROUTING -i v0 -j a", "-E a b");
        Assert.Equal("b", table.Chains["PREROUTING"][0].Target);
        Assert.Null(table.After("-E b PREROUTING".Split(' ')));
        Assert.Null(table.After("-A nowhere -j b".Split(' ')));
    }
}
