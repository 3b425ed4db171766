using System.Globalization;
using Vireo.Core.Errors;
using Vireo.Host.Processes;
using Vireo.Model.Shared;

namespace Vireo.Hypervisor.Switches;

/// <summary>Open vSwitch, by its program ovs-vsctl.</summary>
/// <param name="processes">Starts it.</param>
/// <param name="timeout">How many seconds its database may take to answer.</param>
/// <param name="notice">Hears of what the program said when it failed.</param>
public sealed class OpenVSwitch(ProcessHost processes, int timeout, Action<string> notice)
{
    /// <summary>How long the database may take to answer where nobody says.</summary>
    public const int DefaultTimeout = 5;

    const string Name = "ovs-vsctl";

    /// <summary>Plugs a device in, or tells the switch again what it is.</summary>
    /// <exception cref="VireoException">There is no ovs-vsctl, or it failed.</exception>
    public ValueTask PlugAsync(SwitchPort port, CancellationToken cancel) =>
        DoAsync(port.Plug(), $"Unable to add port {port.Device} to OVS bridge {port.Bridge}", cancel);

    /// <summary>Takes a device off its bridge; one that is on none is fine.</summary>
    /// <exception cref="VireoException">There is no ovs-vsctl, or it failed.</exception>
    public ValueTask UnplugAsync(string device) =>
        DoAsync(SwitchPort.Unplug(device), $"Unable to delete port {device} from OVS", CancellationToken.None);

    /// <summary>Puts a device into other networks than it was in.</summary>
    /// <exception cref="VireoException">There is no ovs-vsctl, or it failed.</exception>
    public ValueTask MoveAsync(string device, Vlan? vlan, CancellationToken cancel) =>
        DoAsync(SwitchPort.Move(device, vlan), $"Unable to set vlan configuration on port {device}", cancel);

    /// <summary>Sets the limits of a port in the place of those it has.</summary>
    /// <param name="port">The port.</param>
    /// <param name="limits">As the guest has them.</param>
    /// <param name="isNew">The port has none yet: what is found was left by another of its name, and would limit nobody.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="VireoException">There is no ovs-vsctl, or it failed.</exception>
    public async ValueTask LimitAsync(SwitchLimits port, Bandwidth limits, bool isNew, CancellationToken cancel)
    {
        string[] queues = await FindAsync(port.Queues(), cancel).ConfigureAwait(false);
        string[] qualities = await FindAsync(port.Qualities(), cancel).ConfigureAwait(false);
        if (limits.Inbound is not { Average: > 0 } || isNew)
        {
            await ForgetAsync(port, queues, qualities).ConfigureAwait(false);
            (queues, qualities) = ([], []);
        }
        if (limits.Inbound is { Average: > 0 } sent)
            await ShapeAsync(port, sent, queues, qualities, cancel).ConfigureAwait(false);
        await PoliceAsync(port, limits.Outbound, cancel).ConfigureAwait(false);
    }

    /// <summary>Takes all limits of a port away, and what the switch keeps for them: its database would keep it for ever.</summary>
    public async ValueTask ClearAsync(SwitchLimits port)
    {
        string[] queues = await FindAsync(port.Queues(), CancellationToken.None).ConfigureAwait(false);
        string[] qualities = await FindAsync(port.Qualities(), CancellationToken.None).ConfigureAwait(false);
        await ForgetAsync(port, queues, qualities).ConfigureAwait(false);
        await PoliceAsync(port, null, CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>What a device has moved, as its guest sees it.</summary>
    /// <exception cref="VireoException">There is no ovs-vsctl, it failed, or it knows no such device.</exception>
    public async ValueTask<PortTraffic> StatisticsAsync(string device, CancellationToken cancel) =>
        await AskAsync(["--if-exists", "--format=list", "--data=json", "--no-headings", "--columns=statistics", "list", "Interface", device], cancel).ConfigureAwait(false)
            is { Length: > 0 } json ? SwitchAnswers.Statistics(json) : throw VireoException.Internal(ErrorDomain.None, "Interface not found");

    /// <summary>The name of the switch's end of a vhost-user socket; null: it is not the switch's, or there is no switch.</summary>
    /// <param name="path">The socket.</param>
    /// <param name="listens">The guest listens there, and the switch connects.</param>
    /// <param name="cancel">Gives up.</param>
    public async ValueTask<string?> NameOfAsync(string path, bool listens, CancellationToken cancel)
    {
        IReadOnlyList<string> question = listens ? ["--no-headings", "--columns=name", "find", "Interface", $"options:vhost-server-path={path}"]
            : ["get", "Interface", Path.GetFileName(path), "name"];
        return ProgramOutput.Find(Name) is not null && await AskAsync(question, cancel).ConfigureAwait(false) is { Length: > 0 } answer ? SwitchAnswers.Name(answer) : null;
    }

    /// <summary>What a controller keeps with a port, to go with a guest that moves; null: nothing.</summary>
    /// <exception cref="VireoException">There is no ovs-vsctl, or it failed.</exception>
    public async ValueTask<string?> DataAsync(string device, CancellationToken cancel) =>
        await AskAsync(["--if-exists", "get", "Interface", device, "external_ids:PortData"], cancel).ConfigureAwait(false) is not { } data
            ? throw VireoException.Internal(ErrorDomain.None, $"Unable to run command to get OVS port data for interface {device}") : data.Length > 0 ? data : null;

    /// <summary>Gives a port what a controller kept with it on another host.</summary>
    /// <exception cref="VireoException">There is no ovs-vsctl, or it failed.</exception>
    public ValueTask KeepDataAsync(string device, string data, CancellationToken cancel) => DoAsync(
        ["set", "Interface", device, $"external_ids:PortData={data}"], $"Unable to run command to set OVS port data for interface {device}", cancel);

    async ValueTask ShapeAsync(SwitchLimits port, BandwidthRate rate, string[] queues, string[] qualities, CancellationToken cancel)
    {
        if (queues.Length == 0 || qualities.Length == 0)
        {
            await DoAsync(port.Create(rate), $"Unable to create and set qos configuration on port {port.Device}", cancel).ConfigureAwait(false);
            return;
        }
        await DoAsync(port.Change("queue", queues[0], rate), $"Unable to set queue configuration on port {port.Device}", cancel).ConfigureAwait(false);
        await DoAsync(port.Change("qos", qualities[0], rate), $"Unable to set qos configuration on port {port.Device}", cancel).ConfigureAwait(false);
    }

    ValueTask PoliceAsync(SwitchLimits port, BandwidthRate? rate, CancellationToken cancel) =>
        DoAsync(port.Police(rate), $"Unable to {(rate is { Average: > 0 } ? "set vlan" : "reset ingress")} configuration on port {port.Device}", cancel);

    // What is left behind limits nobody: only its place in the database is lost.
    async ValueTask ForgetAsync(SwitchLimits port, string[] queues, string[] qualities)
    {
        if (qualities.Length > 0)
        {
            string? used = await AskAsync(port.Used(), CancellationToken.None).ConfigureAwait(false);
            foreach (string quality in qualities)
            {
                if (used?.Contains(quality, StringComparison.Ordinal) is true)
                    await RunAsync(port.Release(quality), CancellationToken.None).ConfigureAwait(false);
                await RunAsync(SwitchLimits.Forget("qos", quality), CancellationToken.None).ConfigureAwait(false);
            }
        }
        foreach (string queue in queues)
            await RunAsync(SwitchLimits.Forget("queue", queue), CancellationToken.None).ConfigureAwait(false);
    }

    async ValueTask<string[]> FindAsync(IReadOnlyList<string> question, CancellationToken cancel) =>
        (await AskAsync(question, cancel).ConfigureAwait(false))?.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    async ValueTask DoAsync(IReadOnlyList<string> arguments, string failing, CancellationToken cancel)
    {
        if (!await RunAsync(arguments, cancel).ConfigureAwait(false))
            throw VireoException.Internal(ErrorDomain.None, failing);
    }

    async ValueTask<bool> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancel) => await AskAsync(arguments, cancel).ConfigureAwait(false) is not null;

    /// <summary>What the program answers; null: it failed, or is not there, which the log says.</summary>
    async ValueTask<string?> AskAsync(IReadOnlyList<string> arguments, CancellationToken cancel)
    {
        if (ProgramOutput.Find(Name) is not { } program)
        {
            notice($"Cannot find '{Name}' in path");
            return null;
        }
        FinishedProgram run = await processes.FinishAsync(new ProcessPlan
        {
            Program = program,
            ShownName = Name,
            Arguments = [string.Create(CultureInfo.InvariantCulture, $"--timeout={timeout}"), .. arguments],
            Environment = ProgramEnvironment.Plain,
        }, cancel: cancel).ConfigureAwait(false);
        if (run.Status.IsSuccess)
            return run.Output.Trim();
        notice(run.Failure().Message);
        return null;
    }
}
