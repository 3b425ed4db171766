using Microsoft.Extensions.Logging;

namespace Vireo.Drivers.Qemu.Machine;

/// <summary>What the driver logs; ids 3000 to 3099.</summary>
sealed partial class KeeperLog(ILogger logger)
{
    readonly ILogger _logger = logger;

    [LoggerMessage(3020, LogLevel.Warning, "qemu.conf: {Key} is set, but has no effect yet: not there: {What}")]
    internal partial void SettingMissing(string key, string what);

    [LoggerMessage(3021, LogLevel.Warning, "qemu.conf: {Key} is no setting that libvirt 9.0.0 has")]
    internal partial void SettingUnknown(string key);

    [LoggerMessage(3022, LogLevel.Warning, "There is no user libvirt-qemu or qemu on this host: guests run as root. Name one in qemu.conf: user, group")]
    internal partial void NoGuestUser();

    [LoggerMessage(3030, LogLevel.Debug, "Domain {Name}: its CPU was read back in {Microseconds} us")]
    internal partial void CpuReadBack(string name, long microseconds);

    [LoggerMessage(3001, LogLevel.Error, "Domain {Name}: a message to it failed")]
    internal partial void LetterFailed(string name, Exception fault);

    [LoggerMessage(3023, LogLevel.Warning, "{Told}")]
    internal partial void Security(string told);

    [LoggerMessage(3024, LogLevel.Error, "Domain {Name}: its security label is not its own: {Why}")]
    internal partial void LabelShared(string name, string why);

    [LoggerMessage(3002, LogLevel.Warning, "Flow {Flow}: step {Step} failed and the flow went on")]
    internal partial void FlowFault(string flow, string step, Exception fault);

    [LoggerMessage(3003, LogLevel.Error, "Domain {Name}: its status was not written")]
    internal partial void StatusNotWritten(string name, Exception fault);

    [LoggerMessage(3004, LogLevel.Warning, "Domain {Name}: it could not be rebooted and is ended")]
    internal partial void RebootFailed(string name, Exception fault);

    [LoggerMessage(3005, LogLevel.Error, "Domain {Name}: taking it down failed")]
    internal partial void StopFailed(string name, Exception fault);

    [LoggerMessage(3040, LogLevel.Warning, "Domain {Name} is not migrated: {What}; what helps: {Remedy}")]
    internal partial void MigrationObstacle(string name, string what, string remedy);

    [LoggerMessage(3072, LogLevel.Warning, "Open vSwitch: {Told}")]
    internal partial void Switch(string told);

    [LoggerMessage(3073, LogLevel.Error, "Domain {Name}: card {Card} is not on its switch: {Why}")]
    internal partial void NotPlugged(string name, string card, string why);

    [LoggerMessage(3050, LogLevel.Warning, "Domain {Name}: {Told}")]
    internal partial void Traffic(string name, string told);

    [LoggerMessage(3051, LogLevel.Warning, "Domain {Name}: it could not go on after its memory was written")]
    internal partial void NotResumed(string name, Exception fault);

    [LoggerMessage(3074, LogLevel.Warning, "Domain {Name}: it came by a migration whose end nobody may have heard of, so it stands still: resume it if it does not run where it came from, destroy it if it does")]
    internal partial void ArrivalUnanswered(string name);

    [LoggerMessage(3075, LogLevel.Warning, "Domain {Name}: it was sent by a migration of which nobody told the end, so it stands still: resume it if it does not run at the target, destroy it if it does")]
    internal partial void DepartureUnanswered(string name);

    [LoggerMessage(3006, LogLevel.Warning, "Domain {Name}: the daemon before us started it, and it cannot be taken over")]
    internal partial void ReconnectFailed(string name, Exception fault);

    [LoggerMessage(3070, LogLevel.Warning, "Domain {Name}: the daemon before us started it; it runs on, though not all of it could be taken over")]
    internal partial void ReconnectedPartly(string name, Exception fault);

    [LoggerMessage(3071, LogLevel.Warning, "Domain {Name}: its emulator does not tell what it can do, so what was written down at its start counts: {Why}")]
    internal partial void ReconnectUnprobed(string name, string why);

    [LoggerMessage(3007, LogLevel.Error, "File {Path} was not understood and is left alone: {Why}")]
    internal partial void FileProblem(string path, string why);

    [LoggerMessage(3023, LogLevel.Error, "Domain {Name}: its definition could not be completed and is listed as it is written")]
    internal partial void DefinitionIncomplete(string name, Exception fault);

    [LoggerMessage(3008, LogLevel.Error, "Domain {Name}: it could not be started with the daemon")]
    internal partial void AutostartFailed(string name, Exception fault);

    [LoggerMessage(3009, LogLevel.Information, "Domain {Name}: taken over, {State}")]
    internal partial void Reconnected(string name, string state);

    [LoggerMessage(3049, LogLevel.Error, "Domain {Name}: card {Card} has no filter: {Why}")]
    internal partial void NotFiltered(string name, string card, string why);

    [LoggerMessage(3024, LogLevel.Information, "Domain {Name}: its CPU is said in words of this daemon's map")]
    internal partial void CpuReworded(string name);

    [LoggerMessage(3025, LogLevel.Error, "Domain {Name}: what is left of device {Alias} could not be taken away")]
    internal partial void UnplugFailed(string name, string alias, Exception fault);

    [LoggerMessage(3026, LogLevel.Warning, "Control groups {Groups} of a guest that has ended stay: in use by {Processes}")]
    internal partial void GroupsStay(string groups, string processes);

    [LoggerMessage(3027, LogLevel.Warning, "Domain {Name}: the job on disk {Disk} failed: {Why}")]
    internal partial void BlockJobFailed(string name, string disk, string why);

    [LoggerMessage(3028, LogLevel.Error, "Domain {Name}: it does not go on after its snapshot: {Why}")]
    internal partial void SnapshotFault(string name, string why);

    [LoggerMessage(3054, LogLevel.Error, "Domain {Name}: its helper for persistent reservations could not be started again")]
    internal partial void HelperNotRestarted(string name, Exception fault);

    [LoggerMessage(3066, LogLevel.Error, "Domain {Name}: its file systems may be frozen still: {Why}")]
    internal partial void NotThawed(string name, string why);

    [LoggerMessage(3068, LogLevel.Error, "Domain {Name}: its memory could not be dumped")]
    internal partial void NotDumped(string name, Exception fault);

    [LoggerMessage(3069, LogLevel.Warning, "mac_filter of qemu.conf: {Why}")]
    internal partial void NoMacFilter(string why);

    [LoggerMessage(3067, LogLevel.Warning, "Domain {Name}: the backup of disk {Disk} failed: {Why}")]
    internal partial void BackupFailed(string name, string disk, string why);

    [LoggerMessage(3010, LogLevel.Warning, "Emulator {Binary}: it could not be asked what it can do")]
    internal partial void BinaryUnusable(string binary, Exception fault);
}
