using Vireo.EndToEnd.Harness;
using Xunit;
using static Vireo.EndToEnd.CrashSafety.Steps;

namespace Vireo.EndToEnd.CrashSafety;

/// <summary>Networks keep the ports that they gave to guests: one that a start leaves behind is never given again.</summary>
public sealed class PortStepTests
{
    // The device of the network is not there, so that the start is undone after the network has given it.
    const string Passing = "<network><name>pass</name><forward mode='passthrough'><interface dev='nowhere0'/></forward></network>";

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
        await root.Client.DefineDomainAsync(root.Guest("c1").Replace("</devices>", "<interface type='network'><source network='pass'/></interface></devices>", StringComparison.Ordinal), cancel: Test);
        foreach (string moment in Moments)
        {
            root.DieAt(moment);
            await DieAsync(root, async client => await (await client.GetDomainAsync("c1", Test)).StartAsync(cancel: Test));
            await root.StartAgainAsync();
            Assert.False((await root.SettleAsync(moment)).Single().IsActive);
            CommandResult ports = await Command.RunAsync(Needs.Program("virsh"), ["-q", "-c", root.Daemon.QemuUri, "net-port-list", "pass"]);
            Assert.True(ports is { ExitCode: 0 } && ports.Output.Trim().Length == 0, $"{moment}: {ports}");
        }
        await (await root.Client.GetDomainAsync("c1", Test)).UndefineAsync(cancel: Test);
        await (await root.Client.GetNetworkAsync("pass", Test)).DestroyAsync(Test);
    }
}
