using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Core.Xml;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Hypervisor.Machines;
using Vireo.Model.Backup;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Cpu;

namespace Vireo.Drivers.Qemu.Status;

/// <summary>
/// The status file of a running machine, libvirt's <c>&lt;domstatus&gt;</c>: what the next daemon, of either kind, needs to take it over.
/// </summary>
[Element("domstatus")]
public sealed partial record DomainStatus
{
    /// <summary>libvirt's word for what the machine does.</summary>
    [Attr("state")] public required string State { get; init; }

    /// <summary>libvirt's word for why.</summary>
    [Attr("reason")] public string? Reason { get; init; }

    /// <summary>The emulator's process.</summary>
    [Attr("pid")] public required int Pid { get; init; }
    [Child("taint")] public ValueList<StatusTaint> Taints { get; init; }

    /// <summary>Deprecated things that it uses, as text for people.</summary>
    [Child("deprecation")] public ValueList<StatusDeprecation> Deprecations { get; init; }
    [Child] public StatusMonitor? Monitor { get; init; }

    /// <summary>It has a D-Bus daemon of its own.</summary>
    [Flag("dbusDaemon")] public bool DBusDaemon { get; init; }

    /// <summary>Its D-Bus services take part in migration.</summary>
    [Flag("dbusVMState")] public bool DBusVmState { get; init; }

    /// <summary>It has a mount namespace of its own.</summary>
    [Flag("namespaces/mount")] public bool MountNamespace { get; init; }

    /// <summary>The threads of its processors.</summary>
    [Child("vcpu", In = "vcpus")] public ValueList<StatusVcpu> Vcpus { get; init; }

    /// <summary>What its emulator could do when it started.</summary>
    [Child("flag", In = "qemuCaps")] public ValueList<StatusFlag> EmulatorFlags { get; init; }

    /// <summary>What the lock manager remembers.</summary>
    [Text("lockstate")] public string? LockState { get; init; }

    /// <summary>The job under way.</summary>
    [Child] public StatusJob? Job { get; init; }

    /// <summary>Its next power-off is a reboot.</summary>
    [Flag("fakereboot")] public bool FakeReboot { get; init; }

    /// <summary>The devices it has, by alias.</summary>
    [Child("device", In = "devices")] public ValueList<StatusDevice> Devices { get; init; }

    /// <summary>Memory nodes that numad advised.</summary>
    [Attr("nodeset", In = "numad")] public string? NumadNodes { get; init; }

    /// <summary>Processors that numad advised.</summary>
    [Attr("cpuset", In = "numad")] public string? NumadProcessors { get; init; }

    /// <summary>The folder of this run.</summary>
    [Attr("path", In = "libDir")] public string? LibDir { get; init; }

    /// <summary>The folder of channels' sockets of this run.</summary>
    [Attr("path", In = "channelTargetDir")] public string? ChannelTargetDir { get; init; }

    /// <summary>The processor as the definition had it before the emulator said what it made of it.</summary>
    [Child] public CpuDef? Cpu { get; init; }

    /// <summary>Files of character devices go through the log daemon.</summary>
    [Flag("chardevStdioLogd")] public bool ChardevStdioLogd { get; init; }

    /// <summary>Owners of files are put back at the end.</summary>
    [Flag("rememberOwner")] public bool RememberOwner { get; init; }

    /// <summary>The guest may reboot without the emulator ending; null: not known.</summary>
    [Attr("value", In = "allowReboot")] public bool? AllowReboot { get; init; }

    /// <summary>A helper for persistent reservations runs.</summary>
    [Flag("prDaemon")] public bool ReservationsHelper { get; init; }

    /// <summary>The number of the last block node.</summary>
    [Attr("index", In = "nodename")] public ulong? NodeNameIndex { get; init; }

    /// <summary>The number of the last set of descriptors.</summary>
    [Attr("index", In = "fdset")] public uint? FdSetIndex { get; init; }

    /// <summary>Its memory is there from the start.</summary>
    [Flag("memPrealloc")] public bool MemoryPreallocated { get; init; }
    [Child] public StatusBlockJobs? BlockJobs { get; init; }

    /// <summary>Seconds that the guest agent may take; -2: as long as it likes.</summary>
    [Text("agentTimeout")] public int? AgentTimeout { get; init; }

    /// <summary>The backup under way.</summary>
    [Child("domainbackup", In = "backups")] public BackupDef? Backup { get; init; }

    /// <summary>Helpers for user networking, by card.</summary>
    [Child("helper", In = "slirp")] public ValueList<StatusSlirpHelper> SlirpHelpers { get; init; }

    /// <summary>The limit of locked memory in bytes before it was raised for a device.</summary>
    [Text("originalMemlock")] public ulong? OriginalMemlock { get; init; }

    /// <summary>The limit of locked memory in bytes before it was raised for a migration.</summary>
    [Text("preMigrationMemlock")] public ulong? PreMigrationMemlock { get; init; }

    /// <summary>When the process started, in ticks since boot: an element of our own, which libvirt skips; null: not known.</summary>
    [Hook(ProcessName)] public ulong? StartTime { get; init; }

    /// <summary>What a later release wrote, kept as it is.</summary>
    [Hook("*")] public ValueList<XmlFragment> Others { get; init; }

    /// <summary>The live definition.</summary>
    [Child("domain", Missing = "internal|no domain config")] public required DomainDef Domain { get; init; }

    const string ProcessName = "vireo:process";
    const string ProcessNamespace = "urn:vireo:status:1";

    /// <summary>What the machine does, and why; a reason that is not known is "unknown".</summary>
    public DomainStateReason Condition =>
        Hypervisor.Machines.Condition.TryParse(State, Reason, out DomainStateReason condition) ? condition : default;

    /// <summary>Reads a status file as it is.</summary>
    /// <exception cref="VireoException">It is no status, or names a state or a flag that libvirt does not know.</exception>
    public static DomainStatus Parse(string xml)
    {
        DomainStatus status = XmlInput.Document(xml, "domstatus", new XmlInputOptions("domain_status", Status: true), ReadXml);
        if (!Hypervisor.Machines.Condition.TryParse(status.State, status.Reason, out DomainStateReason condition))
            throw Refused(ErrorCode.XmlError, $"Invalid value for attribute 'state' in element 'domstatus': '{status.State}'.");
        if (status.Reason is { } reason && reason != condition.ReasonWord())
            throw Refused(ErrorCode.InternalError, $"invalid domain state reason '{reason}'");
        foreach (StatusFlag flag in status.EmulatorFlags)
            if (!QemuFlagNames.IsKnown(flag.Name))
                throw Refused(ErrorCode.InternalError, $"Unknown qemu capabilities flag {flag.Name}");
        return status;
    }

    /// <summary>Writes it in libvirt's layout.</summary>
    public string ToXml()
    {
        var output = new XmlOutput(new XmlOutputOptions(Secure: true, Status: true));
        WriteXml(output);
        return output.ToString();
    }

    static VireoException Refused(ErrorCode code, string text) => new(code, ErrorDomain.Domain, text);

    static void ReadStartTime(XmlInput x, ref ulong? time) =>
        time ??= x.Namespace == ProcessNamespace ? x.Number<ulong>(x.Attribute("startTime"), "startTime") : null;

    void WriteStartTime(XmlOutput o)
    {
        if (StartTime is null)
            return;
        o.Open(ProcessName);
        o.Attribute("xmlns:vireo", ProcessNamespace);
        o.Attribute("startTime", XmlOutput.Number(StartTime));
        o.Close(ProcessName);
    }

    static void ReadOthers(XmlInput x, ref ValueListBuilder<XmlFragment> others)
    {
        if (!x.IsForeign)
            others.Add(x.Fragment());
    }

    void WriteOthers(XmlOutput o)
    {
        foreach (XmlFragment other in Others)
            o.Foreign(other);
    }
}
