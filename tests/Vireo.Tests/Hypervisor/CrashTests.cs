using System.Runtime.InteropServices;
using Vireo.Driver;
using Vireo.Host;
using Vireo.Host.Files;
using Vireo.Host.Processes;
using Vireo.Hypervisor.Flows;
using Vireo.Hypervisor.Machines;
using Vireo.Hypervisor.Stores;
using Vireo.Model.Domain;
using Xunit;

namespace Vireo.Tests.Hypervisor;

/// <summary>Kills a process before and after every step of flows over the stores, and looks at what the next one finds.</summary>
public sealed class CrashTests
{
    const string RootVariable = "VIREO_TEST_CRASH_ROOT";

    sealed class Places(string root)
    {
        readonly DriverPaths paths = HostPaths.System(root).Driver("qemu");
        public ObjectStore<DomainDef> Definitions => DefinitionStore.Of(paths, StoreTests.Parse);
        public StatusStore Statuses => new(paths);
        public static string Status(DomainStateReason condition) => $"<domstatus state='{condition.StateWord()}' reason='{condition.ReasonWord()}' pid='1'/>";
    }

    static readonly Flow<Places> Define = new Flow<Places>("define")
        .Step("save definition", at => at.Definitions.Save("a", Lives.One, StoreTests.Xml("a")), at => at.Definitions.Delete("a"))
        .Step("set autostart", at => at.Definitions.SetAutostart("a", true), at => at.Definitions.SetAutostart("a", false));

    static readonly Flow<Places> Start = new Flow<Places>("start")
        .Step("write status", at => at.Statuses.Save("a", Lives.One, Places.Status(Condition.Paused(DomainPausedReason.StartingUp))),
            at => at.Statuses.Delete("a"))
        .Step("resume", at => at.Statuses.Save("a", Lives.One, Places.Status(Condition.Running(DomainRunningReason.Booted))));

    static readonly Flow<Places> Stop = new Flow<Places>("stop").Always("remove status", at => at.Statuses.Delete("a"));

    static readonly Flow<Places> Undefine = new Flow<Places>("undefine")
        .Step("clear autostart", at => at.Definitions.SetAutostart("a", false))
        .Step("delete definition", at => at.Definitions.Delete("a"));

    static readonly Flow<Places>[] Flows = [Define, Start, Stop, Undefine];

    public static IEnumerable<TheoryDataRow<string>> Moments() =>
        from flow in Flows from step in flow.Steps from moment in (string[])["before", "after"] select new TheoryDataRow<string>($"{flow.Name}:{step}:{moment}");

    [Theory, MemberData(nameof(Moments))]
    public async Task Whoever_comes_after_a_crash_finds_all_or_nothing(string moment)
    {
        using var root = new TempFolder("/tmp", "vireo-");
        using var host = new ProcessHost(Launcher.Find(Environment.GetEnvironmentVariable(Launcher.Variable), AppContext.BaseDirectory));
        using var child = await host.StartAsync(new ProcessPlan
        {
            Program = Path.GetFullPath(Path.Join(RuntimeEnvironment.GetRuntimeDirectory(), "../../../dotnet")),
            Arguments = ["exec", typeof(CrashTests).Assembly.Location, "-method", $"{typeof(CrashTests)}.{nameof(Victim)}"],
            Environment = [new(RootVariable, root.Path), new(CrashProbe.Variable, moment), new("HOME", root.Path)],
        });
        Assert.Equal(new ExitStatus(null, 9), await child.Exited);

        var places = new Places(root.Path);
        var definitions = places.Definitions.LoadAll();
        var statuses = places.Statuses.LoadAll(static (name, text) => (name, text));
        Assert.Empty(definitions.Problems);
        Assert.Empty(statuses.Problems);
        string flow = moment.Split(':')[0];
        if (flow is "start" or "stop")
            Assert.True(Assert.Single(definitions.Found).Autostart);
        Assert.DoesNotContain(Directory.GetFiles(root.Path, "*", SearchOption.AllDirectories), f => f.EndsWith(AtomicFile.TemporaryEnd, StringComparison.Ordinal));

        // And the next daemon can do all of it again.
        foreach (Flow<Places> again in Flows)
            Assert.Empty(await again.RunAsync(places, FlowHost.Quiet, default));
        Assert.Empty(places.Definitions.LoadAll().Found);
        Assert.Empty(places.Statuses.LoadAll(static (name, text) => (name, text)).Found);
    }

    [Fact]
    public async Task Victim()
    {
        if (Environment.GetEnvironmentVariable(RootVariable) is not { } root)
        {
            Assert.Skip("the process that the other test kills");
            return;
        }
        var host = new FlowHost(CrashProbe.Parse(Environment.GetEnvironmentVariable(CrashProbe.Variable), OwnProcess.Kill), _ => { });
        foreach (Flow<Places> flow in Flows)
            await flow.RunAsync(new Places(root), host, default);
    }
}
