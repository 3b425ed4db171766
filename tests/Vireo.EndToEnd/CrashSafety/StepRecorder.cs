using Vireo.Driver;
using Vireo.EndToEnd.Qemu;
using Vireo.Hypervisor.Flows;
using Xunit;

namespace Vireo.EndToEnd.CrashSafety;

/// <summary>
/// Finds the moments of a guest's life by looking on at one: the named steps of the flows, their parts (which are only known when
/// they run), and what is undone when a start fails. So a new step is covered by itself.
/// </summary>
sealed class StepRecorder : IFlowProbe
{
    readonly List<(string Flow, string Step, FlowMoment Moment)> moments = [];
    readonly Lock gate = new();
    HashSet<string> known = [];

    public void At(string flow, string step, FlowMoment moment)
    {
        lock (gate)
            if (!known.Contains(flow) && !moments.Contains((flow, step, moment)))
                moments.Add((flow, step, moment));
    }

    /// <summary>Looks on at a guest of another kind, whose starts and plugs have other parts: only flows that were not seen yet count.</summary>
    async Task AsideAsync(Func<Task> life)
    {
        lock (gate)
            known = [.. moments.Select(static m => m.Flow)];
        await life();
        lock (gate)
            known = [];
    }

    static readonly Lazy<Task<(ILookup<string, string> All, HashSet<string> OfFailures)>> recorded = new(LookOnAsync);

    /// <summary>All moments, as the daemon's variable names them, by flow. They are the same for all tests.</summary>
    internal static async Task<ILookup<string, string>> RecordAsync() => (await recorded.Value).All;

    /// <summary>A moment that only a start without its kernel has: what it did not come to before, and what is undone.</summary>
    internal static async Task<bool> IsOfFailureAsync(string moment) => (await recorded.Value).OfFailures.Contains(moment);

    static async Task<(ILookup<string, string> All, HashSet<string> OfFailures)> LookOnAsync()
    {
        var recorder = new StepRecorder();
        await using var root = await new QemuRoot { Probe = recorder }.StartAsync();
        string folder = CrashRoot.MakeUserFolder(root.Paths.Root!, "c1");
        // Whoever comes first looks on for all: its end is not theirs.
        CancellationToken test = CancellationToken.None;
        var power = root.Get<IDomainPower>();
        DomainRef guest = await root.Get<IDomainDefinition>().DefineAsync(CrashRoot.Guest("c1", folder), default, test);
        guest = await power.CreateAsync(guest, default, test);
        await power.DestroyAsync(guest, test);
        guest = await power.CreateAsync(guest, DomainCreateFlags.StartPaused, test);
        await PlugAsync(root.Get<IDomainDevices>(), guest, folder, test);
        await recorder.AsideAsync(() => StepImages.RecordAsync(root, guest, folder, test));
        await power.DestroyAsync(guest, test);
        await root.Get<IDomainDefinition>().UndefineAsync(guest, test);
        guest = await root.Get<IDomainDefinition>().DefineAsync(CrashRoot.Guest("c1", folder, os: Steps.NoKernel), default, test);
        int sound = recorder.moments.Count;
        await Assert.ThrowsAnyAsync<Exception>(() => power.CreateAsync(guest, default, test).AsTask());
        HashSet<string> ofFailures = [.. recorder.moments.Skip(sound).Select(Named)];
        await root.Get<IDomainDefinition>().UndefineAsync(guest, test);
        await recorder.AsideAsync(() => StepSnapshots.RecordAsync(root, test));
        await recorder.AsideAsync(() => StepBackups.RecordAsync(root, test));
        guest = await power.CreateTransientAsync(CrashRoot.Guest("c1", folder), default, test);
        await root.StopAsync();
        using (var process = root.Processes.Find(root.Pids().Single())!)
        {
            process.Signal(9);
            await process.Exited;
        }
        await root.StartAsync();
        return (recorder.moments.ToLookup(static m => m.Flow, Named), ofFailures);
    }

    static string Named((string Flow, string Step, FlowMoment Moment) at) => $"{at.Flow}:{at.Step}:{Word(at.Moment)}";

    static async Task PlugAsync(IDomainDevices devices, DomainRef guest, string folder, CancellationToken test)
    {
        const DomainDeviceModifyFlags live = DomainDeviceModifyFlags.Live;
        await devices.AttachDeviceAsync(guest, StepDevices.Disk(folder), live, test);
        await devices.DetachDeviceAsync(guest, StepDevices.Disk(folder), live, test);
        await Assert.ThrowsAnyAsync<Exception>(() => devices.AttachDeviceAsync(guest, StepDevices.Disk(folder, StepDevices.NoPort), live, test).AsTask());
        await devices.UpdateDeviceAsync(guest, StepDevices.Medium(StepDevices.Image(folder, "old")), live, test);
        await devices.UpdateDeviceAsync(guest, StepDevices.Medium(StepDevices.Image(folder, "now")), live, test);
        await Assert.ThrowsAnyAsync<Exception>(() => devices.UpdateDeviceAsync(guest, StepDevices.Medium(Path.Join(folder, "c1.raw")), live, test).AsTask());
    }

    static string Word(FlowMoment moment) => moment switch
    {
        FlowMoment.Before => "before",
        FlowMoment.After => "after",
        FlowMoment.BeforeUndo => "undo",
        _ => "undone",
    };
}
