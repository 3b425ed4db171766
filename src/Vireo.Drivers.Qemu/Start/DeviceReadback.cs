using Vireo.Core;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Drivers.Qemu.Tuning;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;
using CharDevice = Vireo.Drivers.Qemu.Monitor.Commands.CharDevice;

namespace Vireo.Drivers.Qemu.Start;

/// <summary>What QEMU chose and the live definition must show: terminals, states of channels, the balloon.</summary>
static class DeviceReadback
{
    internal static async ValueTask RunAsync(StartRun run, CancellationToken cancel)
    {
        var found = (await run.Talk.RunAsync(new QueryChardev(), cancel).ConfigureAwait(false)).ToDictionary(c => c.Label, StringComparer.Ordinal);
        run.Live = Show(run.Live, found);
        if (!run.Live.Devices.Memories.IsEmpty)
            run.Live = Show(run.Live, await run.Talk.RunAsync(new QueryMemoryDevices(), cancel).ConfigureAwait(false));
        run.Machine.Commit(s => s with { Live = run.Live });
        run.Qemu!.Note(await run.Talk.RunAsync(new QomList("/machine/peripheral"), cancel).ConfigureAwait(false), run.Live);
        if (run.Live.Devices.Channels.Any(IsAgent))
            run.Machine.Raise(new DomainAgentLifecycleEvent(
                run.Machine.Snapshot.Ref, AgentLifecycleState.Disconnected, AgentLifecycleReason.DomainStarted));
    }

    internal static async ValueTask BalloonAsync(StartRun run, CancellationToken cancel)
    {
        ulong size = (run.Live.CurrentMemory ?? run.Live.Memory)?.KiB ?? 0;
        if (run.Live.Devices.MemoryBalloon is { Model: not BalloonModel.None } balloon)
        {
            if (balloon is { StatsPeriod: > 0 and var period, Alias: { } alias })
                await run.Talk.RunAsync(new QomSetNumber(BalloonPaths.Of(alias), BalloonPaths.Interval, period), cancel).ConfigureAwait(false);
            if (size > 0 && size < run.Live.Memory?.KiB)
                await run.Talk.RunAsync(new Balloon((long)size * 1024), cancel).ConfigureAwait(false);
            size = (ulong)await run.Talk.RunAsync(new QueryBalloon(), cancel).ConfigureAwait(false) / 1024;
        }
        run.Machine.Commit(s => s with { BalloonKiB = size });
    }

    internal static DomainDef Show(DomainDef live, IReadOnlyDictionary<string, CharDevice> found) => live with
    {
        Devices = live.Devices with
        {
            Serials = [.. live.Devices.Serials.Select(d => d with { Source = Show(d, found, false) })],
            Parallels = [.. live.Devices.Parallels.Select(d => d with { Source = Show(d, found, false) })],
            Consoles = [.. live.Devices.Consoles.Select(d => d with { Source = Show(d, found, d.Port is 0 or null) })],
            Channels = [.. live.Devices.Channels.Select(d => d with { Source = Show(d, found, false), Target = Show(d, d.Target, found) })],
        },
    };

    /// <summary>Modules with their addresses; of memory that grows and shrinks, how much there is.</summary>
    internal static DomainDef Show(DomainDef live, IReadOnlyList<PluggedMemory> plugged) => live with
    {
        Devices = live.Devices with
        {
            Memories = live.Devices.Memories.Map(memory => (memory, plugged.FirstOrDefault(one => one.Alias == memory.Alias)) switch
            {
                ({ Address: DeviceAddress.Dimm at }, { Address: { } address }) => memory with { Address = at with { Base = address } },
                ({ Model: MemoryModel.VirtioMem }, { } one) => memory with { Target = memory.Target with { Current = new MemorySize(one.Bytes / 1024) } },
                _ => memory,
            }),
        },
    };

    internal static bool IsAgent(Channel channel) => channel.Target is ChannelTarget.OfVirtio { Name: "org.qemu.guest_agent.0" };

    static ChardevSource Show(Model.Domain.Devices.CharDevice device, IReadOnlyDictionary<string, CharDevice> found, bool tty) =>
        device.Source is ChardevSource.OfPty pty && device.Alias is { } alias
            && found.TryGetValue("char" + alias, out var one) && one.Pty is { } path
            ? pty with { Path = path, Tty = tty ? path : null }
            : device.Source;

    static ChannelTarget Show(Channel channel, ChannelTarget target, IReadOnlyDictionary<string, CharDevice> found) =>
        target is ChannelTarget.OfVirtio port && channel.Alias is { } alias && found.TryGetValue("char" + alias, out var one)
            ? port with { State = one.FrontendOpen ? ChannelState.Connected : ChannelState.Disconnected }
            : target;
}
