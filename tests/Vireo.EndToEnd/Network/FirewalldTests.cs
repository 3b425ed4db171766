using System.Diagnostics;
using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.Network;

/// <summary>Networks on a host where firewalld runs: a bus of the test's own, and on it a service that keeps zones as firewalld does.</summary>
public sealed class FirewalldTests : IAsyncLifetime
{
    const string Service = """
        import dbus, dbus.service
        from dbus.mainloop.glib import DBusGMainLoop
        from gi.repository import GLib
        DBusGMainLoop(set_as_default=True)
        zones = {'public': [], 'libvirt': [], 'libvirt-routed': [], 'dmz': []}
        class Fault(dbus.DBusException):
            _dbus_error_name = 'org.fedoraproject.FirewallD1.Exception'
        class Firewall(dbus.service.Object):
            @dbus.service.method('org.fedoraproject.FirewallD1.zone', in_signature='', out_signature='as')
            def getZones(self): return sorted(zones)
            @dbus.service.method('org.fedoraproject.FirewallD1.zone', in_signature='s', out_signature='s')
            def getZoneOfInterface(self, device): return next((z for z in zones if device in zones[z]), '')
            @dbus.service.method('org.fedoraproject.FirewallD1.zone', in_signature='ss', out_signature='s')
            def changeZoneOfInterface(self, zone, device):
                if zone not in zones: raise Fault('INVALID_ZONE: ' + zone)
                for z in zones: zones[z] = [d for d in zones[z] if d != device]
                zones[zone].append(device)
                print('set', device, zone, flush=True)
                return zone
            @dbus.service.method('org.fedoraproject.FirewallD1.zone', in_signature='ss', out_signature='s')
            def removeInterface(self, zone, device):
                zones[zone].remove(device)
                print('forget', device, zone, flush=True)
                return zone
            @dbus.service.method('test.Reload', in_signature='', out_signature='')
            def forgetAll(self):
                for z in zones: zones[z] = []
        bus = dbus.SystemBus()
        name = dbus.service.BusName('org.fedoraproject.FirewallD1', bus)
        Firewall(bus, '/org/fedoraproject/FirewallD1')
        print('ready', flush=True)
        GLib.MainLoop().run()
        """;

    readonly string folder = Scratch.Make("vfw");
    PrivateBus Bus => bus ??= new PrivateBus(folder);

    PrivateBus? bus;

    public ValueTask InitializeAsync() => default;

    public async ValueTask DisposeAsync()
    {
        await Bus.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Bridges_are_in_the_zone_that_lets_their_guests_pass_and_are_put_there_again_after_a_reload()
    {
        Needs.Root();
        await Needs.PythonModuleAsync("dbus.mainloop.glib, gi");
        await Bus.StartAsync();
        await using NetworkDaemon daemon = await NetworkDaemon.StartAsync("env", $"DBUS_SYSTEM_BUS_ADDRESS={Bus.Address}");
        // Nobody keeps zones yet.
        string file = Path.Join(daemon.Daemon.Root, "zone.xml");
        await File.WriteAllTextAsync(file, Network("own", 21, "<bridge name='virbr21' zone='dmz'/>"), TestContext.Current.CancellationToken);
        Assert.Contains("zone dmz requested for network own but firewalld is not active", (await daemon.Daemon.VirshAsync("net-create", file)).Error, StringComparison.Ordinal);

        Process firewall = Bus.Start("/usr/bin/python3", "-c", Service);
        Assert.Equal("ready", await NextAsync(firewall));
        await daemon.VirshAsync("net-create", file);
        Assert.Equal("set virbr21 dmz", await NextAsync(firewall));
        await daemon.CreateAsync(Network("nat", 22, "<forward mode='nat'/><bridge name='virbr22'/>"));
        Assert.Equal("set virbr22 libvirt", await NextAsync(firewall));
        await daemon.CreateAsync(Network("routed", 23, "<forward mode='route'/><bridge name='virbr23'/>"));
        Assert.Equal("set virbr23 libvirt-routed", await NextAsync(firewall));
        await daemon.CreateAsync(Network("open", 24, "<forward mode='open'/><bridge name='virbr24'/>"));
        await File.WriteAllTextAsync(file, Network("bad", 25, "<bridge name='virbr25' zone='nowhere'/>"), TestContext.Current.CancellationToken);
        Assert.Contains("INVALID_ZONE: nowhere", (await daemon.Daemon.VirshAsync("net-create", file)).Error, StringComparison.Ordinal);
        Assert.False(await daemon.WorksAsync("ip", "link", "show", "virbr25"));
        Assert.DoesNotContain("virbr25", await daemon.RunAsync("iptables-save"), StringComparison.Ordinal);

        await daemon.VirshAsync("net-destroy", "routed");
        Assert.Equal("forget virbr23 libvirt-routed", await NextAsync(firewall));
        // It is loaded anew: zones are as its files have them, and the rules of others are flushed.
        await RunAsync("dbus-send", $"--bus={Bus.Address}", "--print-reply", "--dest=org.fedoraproject.FirewallD1", "/org/fedoraproject/FirewallD1", "test.Reload.forgetAll");
        await daemon.RunAsync("iptables", "-F");
        string[] again = [await NextAsync(firewall), await NextAsync(firewall)];
        Assert.Equal(["set virbr21 dmz", "set virbr22 libvirt"], again.Order(StringComparer.Ordinal));
        await NetworkDaemon.UntilAsync(async () => (await daemon.RunAsync("iptables-save")).Contains("-A LIBVIRT_FWO -i virbr22 -j REJECT", StringComparison.Ordinal), "rules are there again");
    }

    static string Network(string name, int number, string content) =>
        $"<network><name>{name}</name>{content}<ip address='10.{number}.1.1' prefix='24'/></network>";

    static async Task<string> NextAsync(Process firewall)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        return await firewall.StandardOutput.ReadLineAsync(limit.Token) ?? await firewall.StandardError.ReadToEndAsync(limit.Token);
    }

    static async Task RunAsync(string program, params string[] arguments)
    {
        CommandResult result = await Command.RunAsync(Needs.Program(program), arguments);
        Assert.True(result.ExitCode == 0, result.ToString());
    }
}
