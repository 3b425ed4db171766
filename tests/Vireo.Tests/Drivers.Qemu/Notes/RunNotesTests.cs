using Vireo.Drivers.Qemu.Facts;
using Vireo.Drivers.Qemu.Notes;
using Vireo.Model.Domain;
using Xunit;

namespace Vireo.Tests.Drivers.Qemu.Notes;

public class RunNotesTests
{
    static readonly QemuFacts OldMachine = TestFacts.Modern with
    {
        Tcg = TestFacts.Modern.Tcg! with { Machines = [new MachineFacts("pc-i440fx-1.4") { Deprecated = true }, new MachineFacts("pc-i440fx-7.2")] },
    };

    static RunNotes Of(string rest, string devices = "", string machine = "pc-i440fx-7.2", bool asRoot = false) => RunNotes.Of(DomainDef.Parse($"""
        <domain type='qemu' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'><name>guest</name><memory>1024</memory>
        <os><type arch='x86_64' machine='{machine}'>hvm</type></os><devices>{devices}</devices>{rest}</domain>
        """), OldMachine, asRoot);

    [Fact]
    public void An_ordinary_guest_is_not_tainted()
    {
        RunNotes notes = Of("");
        Assert.Empty(notes.Taints);
        Assert.Empty(notes.Log());
        Assert.Empty(notes.TaintTexts);
    }

    [Theory]
    [InlineData("<cpu mode='host-passthrough'/>", "host-cpu", "tainted: potentially unsafe use of host CPU passthrough")]
    [InlineData("<qemu:commandline><qemu:arg value='-S'/></qemu:commandline>", "custom-argv", "tainted: custom configuration parameters specified")]
    [InlineData("<qemu:capabilities><qemu:add capability='x'/></qemu:capabilities>", "custom-hypervisor-feature", "tainted: hypervisor feature autodetection override")]
    public void What_support_wants_to_know_is_told(string rest, string word, string text)
    {
        RunNotes notes = Of(rest);
        Assert.Equal([word], notes.Taints);
        Assert.Equal([word], notes.Log());
        Assert.Equal([text], notes.TaintTexts);
    }

    [Fact]
    public void Clients_and_the_log_have_orders_of_their_own()
    {
        RunNotes notes = Of("<qemu:commandline><qemu:arg value='-S'/></qemu:commandline>", "<interface type='ethernet'><script path='/bin/true'/></interface>", asRoot: true);
        Assert.Equal(["custom-argv", "high-privileges", "shell-scripts"], notes.Taints);
        Assert.Equal(["high-privileges", "custom-argv", "shell-scripts"], notes.Log());
    }

    [Fact]
    public void A_machine_that_will_go_away_is_named()
    {
        RunNotes notes = Of("", machine: "pc-i440fx-1.4");
        Assert.Equal(["deprecated-config (machine type 'pc-i440fx-1.4')"], notes.Log());
        Assert.Equal(["tainted: use of deprecated configuration settings"], notes.TaintTexts);
        Assert.Equal(["deprecated configuration: machine type 'pc-i440fx-1.4'"], notes.DeprecationTexts);
    }
}
