using Vireo.Core.Errors;
using Vireo.Core.TypedParameters;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Host.Processes;
using Vireo.Host.Topology;

namespace Vireo.Drivers.Qemu.Capabilities;

/// <summary>The host goes to sleep, and is woken by its clock.</summary>
sealed class HostSleep(QemuKeeper keeper) : INodeSleep
{
    const ulong LeastSeconds = 60;

    public async ValueTask SuspendForDurationAsync(NodeSuspendTarget target, ulong duration, uint flags, CancellationToken cancel)
    {
        if (flags != 0)
            throw QemuErrors.UnknownFlags("qemuNodeSuspendForDuration", flags);
        var (word, name, program) = target switch
        {
            NodeSuspendTarget.Memory => ("mem", "Suspend-to-RAM", "pm-suspend"),
            NodeSuspendTarget.Disk => ("disk", "Suspend-to-Disk", "pm-hibernate"),
            NodeSuspendTarget.Hybrid => ("disk", "Hybrid-Suspend", "pm-suspend-hybrid"),
            _ => throw VireoException.InvalidArgument(ErrorDomain.None, "Invalid suspend target"),
        };
        string offered = keeper.Node.Tree.Text("/sys/power/state") ?? "";
        string? systemctl = ProgramOutput.Find("systemctl"), pm = ProgramOutput.Find(program);
        if (!offered.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Contains(word) || systemctl is null && pm is null)
            throw QemuErrors.ArgumentUnsupported(name);
        if (duration < LeastSeconds)
            throw VireoException.InvalidArgument(ErrorDomain.None, "Suspend duration is too short");
        string clock = ProgramOutput.Find("rtcwake") ?? throw VireoException.Internal(ErrorDomain.None, "Cannot find 'rtcwake' in path");
        FinishedProgram set = await RunAsync(clock, ["-m", "no", "-s", $"{duration}"], cancel).ConfigureAwait(false);
        set.Checked();
        // Who asked gets the answer before the host sleeps.
        _ = Task.Run(async () =>
        {
            await Task.Delay(TimeSpan.FromSeconds(1), keeper.Time, CancellationToken.None).ConfigureAwait(false);
            await RunAsync(systemctl ?? pm!, systemctl is null ? [] : [target switch { NodeSuspendTarget.Memory => "suspend", NodeSuspendTarget.Disk => "hibernate", _ => "hybrid-sleep" }],
                CancellationToken.None).ConfigureAwait(false);
        }, CancellationToken.None);
    }

    Task<FinishedProgram> RunAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancel) => keeper.Processes.FinishAsync(new ProcessPlan
    {
        Program = program,
        Arguments = arguments,
        Environment = ProgramEnvironment.Plain,
    }, cancel: cancel);
}
