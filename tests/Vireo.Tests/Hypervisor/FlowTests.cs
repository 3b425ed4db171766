using Vireo.Host.Files;
using Vireo.Hypervisor.Flows;
using Xunit;

namespace Vireo.Tests.Hypervisor;

public class FlowTests
{
    sealed class Trace : IFlowProbe
    {
        public List<string> Lines { get; } = [];
        public void At(string flow, string step, FlowMoment moment) => Lines.Add($"{flow}:{step}:{moment}");
    }

    static Flow<List<string>> Three(Action<List<string>>? third = null) => new Flow<List<string>>("try")
        .Step("one", log => log.Add("one"), log => log.Add("undo one"))
        .Step("two", log => log.Add("two"), log => log.Add("undo two"))
        .Step("three", third ?? (log => log.Add("three")), log => log.Add("undo three"));

    [Fact]
    public async Task Steps_run_in_order_and_can_be_listed_without_running_them()
    {
        var log = new List<string>();
        Assert.Empty(await Three().RunAsync(log, FlowHost.Quiet, default));
        Assert.Equal(["one", "two", "three"], log);
        Assert.Equal(["one", "two", "three"], Three().Steps);
    }

    [Fact]
    public async Task What_was_done_is_undone_in_reverse_when_a_step_fails()
    {
        var log = new List<string>();
        await Assert.ThrowsAsync<InvalidOperationException>(async () =>
            await Three(_ => throw new InvalidOperationException()).RunAsync(log, FlowHost.Quiet, default));
        Assert.Equal(["one", "two", "undo two", "undo one"], log);
    }

    [Fact]
    public async Task An_undo_that_fails_is_told_and_stops_no_other()
    {
        var log = new List<string>();
        var told = new List<FlowFault>();
        var flow = new Flow<List<string>>("try")
            .Step("one", l => l.Add("one"), l => l.Add("undo one"))
            .Step("two", l => l.Add("two"), _ => throw new IOException("stuck"))
            .Step("three", _ => throw new InvalidOperationException());
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await flow.RunAsync(log, new FlowHost(null, told.Add), default));
        Assert.Equal(["one", "two", "undo one"], log);
        Assert.Equal(("two", true, "stuck"), (told[0].Step, told[0].IsUndo, told[0].Cause.Message));
    }

    [Fact]
    public async Task Parts_known_only_at_run_time_have_names_and_undos_too()
    {
        var log = new List<string>();
        var trace = new Trace();
        var flow = new Flow<List<string>>("try")
            .Each("devices", l => ((string[])["net0", "disk0"]).Select(name =>
                new FlowPart(name, _ => { l.Add(name); return default; }, () => { l.Add("undo " + name); return default; })))
            .Step("last", _ => throw new IOException());
        await Assert.ThrowsAsync<IOException>(async () => await flow.RunAsync(log, new FlowHost(trace, _ => { }), default));
        Assert.Equal(["net0", "disk0", "undo disk0", "undo net0"], log);
        Assert.Contains("try:devices/disk0:After", trace.Lines);
        Assert.Equal(["devices", "last"], flow.Steps);
    }

    [Fact]
    public async Task What_takes_a_machine_down_goes_on_after_a_failure()
    {
        var log = new List<string>();
        var flow = new Flow<List<string>>("stop").Always("one", _ => throw new IOException("one")).Always("two", l => l.Add("two"));
        var faults = await flow.RunAsync(log, FlowHost.Quiet, default);
        Assert.Equal(["two"], log);
        Assert.Equal("one", Assert.Single(faults).Step);
    }

    [Fact]
    public async Task All_parts_of_what_takes_a_machine_down_are_tried()
    {
        var log = new List<string>();
        var flow = new Flow<List<string>>("stop").AlwaysAll("parts", l =>
        [
            () => throw new IOException("one"),
            () => { l.Add("two"); return default; },
            () => throw new InvalidOperationException("three"),
        ]).Always("last", l => l.Add("last"));
        var faults = await flow.RunAsync(log, FlowHost.Quiet, default);
        Assert.Equal(["two", "last"], log);
        Assert.Equal(2, Assert.IsType<AggregateException>(Assert.Single(faults).Cause).InnerExceptions.Count);
    }

    [Fact]
    public async Task A_cancelled_flow_is_undone()
    {
        var log = new List<string>();
        using var cancel = new CancellationTokenSource();
        var flow = new Flow<List<string>>("try").Step("one", _ => cancel.Cancel(), l => l.Add("undo one")).Step("two", l => l.Add("two"));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await flow.RunAsync(log, FlowHost.Quiet, cancel.Token));
        Assert.Equal(["undo one"], log);
    }

    [Fact]
    public void The_crash_probe_is_off_unless_set_and_dies_at_its_moment_only()
    {
        int deaths = 0;
        Assert.Null(CrashProbe.Parse(null, () => deaths++));
        Assert.Throws<FormatException>(() => CrashProbe.Parse("start:spawn", () => deaths++));
        CrashProbe probe = CrashProbe.Parse("start:devices/net0:after", () => deaths++)!;
        probe.At("start", "devices/net0", FlowMoment.Before);
        probe.At("stop", "devices/net0", FlowMoment.After);
        Assert.Equal(0, deaths);
        probe.At("start", "devices/net0", FlowMoment.After);
        Assert.Equal(1, deaths);
    }

    [Fact]
    public void The_crash_probe_of_a_file_dies_when_the_file_says_so()
    {
        using var folder = new TempFolder("/tmp", "vireo-");
        string file = Path.Join(folder.Path, "when");
        int deaths = 0;
        CrashProbe probe = CrashProbe.Parse("@" + file, () => deaths++)!;
        probe.At("start", "spawn", FlowMoment.After);
        File.WriteAllText(file, "start:spawn:before");
        probe.At("start", "spawn", FlowMoment.After);
        Assert.Equal(0, deaths);
        probe.At("start", "spawn", FlowMoment.Before);
        Assert.Equal(1, deaths);
    }
}
