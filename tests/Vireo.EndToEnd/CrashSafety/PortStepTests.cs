using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.EndToEnd.Harness;
using Xunit;
using static Vireo.EndToEnd.CrashSafety.Steps;

namespace Vireo.EndToEnd.CrashSafety;

/// <summary>Networks keep the ports that they gave to guests: one that a start leaves behind is never given again.</summary>
public sealed class PortStepTests
{
    // The device of the network is not there, so that the start is undone after the network has given it.
    const string Passing = "<network><name>pass</name><forward mode='passthrough'><interface dev='nowhere0'/></forward></network>";

    const string Card = "<interface type='network'><source network='pass'/></interface>";

    static readonly string[] Moments =
    [
        "start:number:after", "start:networks:before", "start:networks:after", "start:own:before", "start:own:after", "start:own:undo", "start:own:undone", "start:number:undo", "start:number:undone",
    ];

    [Fact]
    public async Task A_start_leaves_no_port_behind()
    {
        Needs.Root();
        await using CrashRoot root = await CrashRoot.StartAsync();
        await root.Client.CreateNetworkAsync(Passing, cancel: Test);
        await root.Client.DefineDomainAsync(root.Guest("c1").Replace("</devices>", Card + "</devices>", StringComparison.Ordinal), cancel: Test);
        foreach (string moment in Moments)
        {
            root.DieAt(moment);
            await DieAsync(root, async client => await (await client.GetDomainAsync("c1", Test)).StartAsync(cancel: Test));
            await root.StartAgainAsync();
            Assert.False((await root.SettleAsync(moment)).Single().IsActive);
            await FreeAsync(root, moment);
        }
        await (await root.Client.GetDomainAsync("c1", Test)).UndefineAsync(cancel: Test);
        await (await root.Client.GetNetworkAsync("pass", Test)).DestroyAsync(Test);
    }

    static readonly string[] PlugMoments =
    [
        "connect:note:before", "connect:note:after", "connect:port:before", "connect:port:after", "connect:device:before", "attach:note:before", "attach:note:after",
        "attach:note:undo", "attach:note:undone", "connect:note:undo", "connect:note:undone",
    ];

    [Fact]
    public async Task A_card_that_does_not_come_leaves_no_port_behind()
    {
        Needs.Root();
        await using CrashRoot root = await CrashRoot.StartAsync();
        await root.Client.CreateNetworkAsync(Passing, cancel: Test);
        await root.Client.CreateDomainAsync(root.Guest("c1"), DomainCreateFlags.StartPaused, Test);
        foreach (string moment in PlugMoments)
        {
            root.DieAt(moment);
            await DieAsync(root, async client => await (await client.GetDomainAsync("c1", Test)).AttachDeviceAsync(Card, DomainDeviceModifyFlags.Live, Test));
            await root.StartAgainAsync();
            await NoPortAsync(root, moment);
        }
        VireoException refused = await Assert.ThrowsAsync<VireoException>(async () => await (await root.Client.GetDomainAsync("c1", Test)).AttachDeviceAsync(Card, DomainDeviceModifyFlags.Live, Test));
        Assert.Contains("nowhere0", refused.Message, StringComparison.Ordinal);
        await NoPortAsync(root, "a plug that fails");
        await (await root.Client.GetDomainAsync("c1", Test)).DestroyAsync(cancel: Test);
        await (await root.Client.GetNetworkAsync("pass", Test)).DestroyAsync(Test);
    }

    static async Task NoPortAsync(CrashRoot root, string moment)
    {
        Assert.True((await root.SettleAsync(moment)).Single().IsActive);
        Assert.DoesNotContain("<interface", await (await root.Client.GetDomainAsync("c1", Test)).GetXmlAsync(cancel: Test), StringComparison.Ordinal);
        Assert.DoesNotContain("<interface", await File.ReadAllTextAsync(Path.Join(root.Places.StateDir, "c1.xml"), Test), StringComparison.Ordinal);
        await FreeAsync(root, moment);
    }

    static async Task FreeAsync(CrashRoot root, string moment)
    {
        CommandResult ports = await Command.RunAsync(Needs.Program("virsh"), ["-q", "-c", root.Daemon.QemuUri, "net-port-list", "pass"]);
        Assert.True(ports is { ExitCode: 0 } && ports.Output.Trim().Length == 0, $"{moment}: {ports}");
    }
}
