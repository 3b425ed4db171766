using System.Globalization;
using Vireo.Core.TypedParameters;
using Vireo.Driver;

namespace Vireo.Shell.Text;

/// <summary>virsh's names of events, and its line for each.</summary>
static class EventText
{
    /// <summary>In the order of their numbers.</summary>
    public static string[] Names { get; } =
    [
        "lifecycle", "reboot", "rtc-change", "watchdog", "io-error", "graphics", "io-error-reason", "control-error", "block-job",
        "disk-change", "tray-change", "pm-wakeup", "pm-suspend", "balloon-change", "pm-suspend-disk", "device-removed", "block-job-2",
        "tunable", "agent-lifecycle", "device-added", "migration-iteration", "job-completed", "device-removal-failed",
        "metadata-change", "block-threshold", "memory-failure", "memory-device-size-change",
    ];

    /// <summary>What an event says, without its time; ends in a line end.</summary>
    public static string Of(DomainEvent raised)
    {
        string head = $"event '{Names[(int)raised.Kind]}' for domain '{raised.Domain.Name}'";
        return raised switch
        {
            DomainLifecycleEvent e => $"{head}: {LifecycleText.Type(e.Type)} {LifecycleText.Detail(e.Type, e.Detail)}\n",
            DomainRtcChangeEvent e => $"{head}: {e.Offset}\n",
            DomainWatchdogEvent e => $"{head}: {Pick((int)e.Action, "none", "pause", "reset", "poweroff", "shutdown", "debug", "inject-nmi")}\n",
            DomainIoErrorEvent e => $"{head}: {e.Source} ({e.Alias}) {IoAction(e.Action)}\n",
            DomainIoErrorReasonEvent e => $"{head}: {e.Source} ({e.Alias}) {IoAction(e.Action)} due to {e.Reason}\n",
            DomainGraphicsEvent e => Graphics(head, e),
            DomainBlockJobEvent e => $"{head}: {BlockJob(e.Type)} for {e.Disk} {BlockStatus(e.Status)}\n",
            DomainBlockJob2Event e => $"{head}: {BlockJob(e.Type)} for {e.Target} {BlockStatus(e.Status)}\n",
            DomainDiskChangeEvent e => $"{head} disk {e.Alias}: {e.OldSource ?? "(null)"} -> {e.NewSource ?? "(null)"}: {Pick((int)e.Reason, "changed", "dropped")}\n",
            DomainTrayChangeEvent e => $"{head} disk {e.Alias}: {Pick((int)e.Reason, "opened", "closed")}\n",
            DomainBalloonChangeEvent e => $"{head}: {e.Actual}KiB\n",
            DomainDeviceRemovedEvent e => $"{head}: {e.Alias}\n",
            DomainDeviceAddedEvent e => $"{head}: {e.Alias}\n",
            DomainDeviceRemovalFailedEvent e => $"{head}: {e.Alias}\n",
            DomainTunableEvent e => Parameters(head, e.Parameters),
            DomainJobCompletedEvent e => Parameters(head, e.Parameters),
            DomainAgentLifecycleEvent e => $"{head}: state: '{Pick((int)e.State, "unknown", "connected", "disconnected")}' "
                + $"reason: '{Pick((int)e.Reason, "unknown", "domain started", "channel event")}'\n",
            DomainMigrationIterationEvent e => $"{head}: iteration: '{e.Iteration}'\n",
            DomainMetadataChangeEvent e => $"{head}: type {Pick((int)e.Type, "description", "title", "element")}, uri {e.NamespaceUri ?? "N/A"}\n",
            DomainBlockThresholdEvent e => $"{head}: dev: {e.Device}({e.Path ?? "(null)"}) {e.Threshold} {e.Excess}\n",
            DomainMemoryFailureEvent e => $"{head}:\nrecipient: {Pick((int)e.Recipient, "hypervisor", "guest")}\n"
                + $"action: {Pick((int)e.Action, "ignore", "inject", "fatal", "reset")}\nflags:\n"
                + $"\taction required: {(e.Flags.HasFlag(MemoryFailureFlags.ActionRequired) ? 1 : 0)}\n"
                + $"\trecursive: {(e.Flags.HasFlag(MemoryFailureFlags.Recursive) ? 1 : 0)}\n",
            DomainMemoryDeviceSizeChangeEvent e => $"{head}:\nalias: {e.Alias}\nsize: {e.Size}\n",
            _ => head + "\n",
        };
    }

    static string IoAction(DomainEventIoErrorAction action) => Pick((int)action, "none", "pause", "report");

    static string BlockJob(DomainBlockJobType type) =>
        Pick((int)type, "Unknown job", "Block Pull", "Block Copy", "Block Commit", "Active Block Commit", "Backup");

    static string BlockStatus(BlockJobStatus status) => Pick((int)status, "completed", "failed", "canceled", "ready");

    static string Graphics(string head, DomainGraphicsEvent e) =>
        $"{head}: {Pick((int)e.Phase, "connect", "initialize", "disconnect")} local[{Address(e.Local)}] remote[{Address(e.Remote)}] {e.AuthScheme}\n"
        + string.Concat(e.Subject.Select(who => $"\t{who.Type}={who.Name}\n"));

    static string Address(GraphicsAddress address) => $"{Pick((int)address.Family, "IPv4", "IPv6", "unix")} {address.Node} {address.Service}";

    static string Parameters(string head, TypedParameter[] parameters) => head + ":\n"
        + string.Concat(parameters.Select(one => string.Create(CultureInfo.InvariantCulture, $"\t{one.Name}: {one.Boxed}\n")));

    static string Pick(int number, params string[] words) => number >= 0 && number < words.Length ? words[number] : "unknown";
}
