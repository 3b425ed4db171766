using static Vireo.Hypervisor.Stores.StatusText;

namespace Vireo.Hypervisor.Stores;

/// <summary>A processor's thread.</summary>
/// <param name="Id">The processor.</param>
/// <param name="Pid">The thread.</param>
public readonly record struct VcpuThread(int Id, int Pid);

/// <summary>
/// What a driver that talks to an emulator over a monitor keeps in the status file, beside the definition; libvirt's elements, in its
/// order. What is not known here is kept.
/// </summary>
public sealed record EmulatorStatus
{
    /// <summary>The monitor's socket.</summary>
    public string? MonitorPath { get; init; }
    /// <summary>The emulator has a mount namespace of its own.</summary>
    public bool MountNamespace { get; init; }
    /// <summary>Threads of processors.</summary>
    public IReadOnlyList<VcpuThread> Vcpus { get; init; } = [];
    /// <summary>What the emulator can do, by flag.</summary>
    public IReadOnlyList<string> Capabilities { get; init; } = [];
    /// <summary>What the lock manager remembers.</summary>
    public string? LockState { get; init; }
    /// <summary>The job under way.</summary>
    public StatusElement? Job { get; init; }
    /// <summary>The next power-off is a reboot.</summary>
    public bool FakeReboot { get; init; }
    /// <summary>Devices, by alias.</summary>
    public IReadOnlyList<string> Devices { get; init; } = [];
    /// <summary>Memory nodes and processors that numad advised.</summary>
    public (string? Nodes, string? Processors) Numad { get; init; }
    /// <summary>The folder of this run.</summary>
    public string? LibDir { get; init; }
    /// <summary>The folder of channels' sockets of this run.</summary>
    public string? ChannelTargetDir { get; init; }
    /// <summary>The processor as the definition had it.</summary>
    public StatusElement? Cpu { get; init; }
    /// <summary>Files of character devices go through the log daemon.</summary>
    public bool ChardevStdioLogd { get; init; }
    /// <summary>Owners of files are put back at the end.</summary>
    public bool RememberOwner { get; init; }
    /// <summary>The guest may reboot; null: not known.</summary>
    public bool? AllowReboot { get; init; }
    /// <summary>The number of the last block node.</summary>
    public ulong NodeNameIndex { get; init; }
    /// <summary>The number of the last set of descriptors.</summary>
    public int FdSetIndex { get; init; }
    /// <summary>Block jobs; null: none.</summary>
    public StatusElement? BlockJobs { get; init; }
    /// <summary>Seconds that the guest agent may take; -2: it blocks.</summary>
    public int AgentTimeout { get; init; } = -2;
    /// <summary>When the process started, in ticks since boot: an element of our own, which libvirt skips. 0: not known.</summary>
    public ulong StartTime { get; init; }
    /// <summary>What else there was.</summary>
    public IReadOnlyList<StatusElement> Others { get; init; } = [];

    const string OwnName = "vireo:process";
    const string OwnNamespace = "xmlns:vireo='urn:vireo:status:1'";

    /// <summary>As elements of the status file.</summary>
    public IReadOnlyList<StatusElement> ToElements()
    {
        var elements = new List<StatusElement>();
        void Add(string? text)
        {
            if (text is not null)
                elements.Add(new StatusElement(text));
        }
        void List<T>(string name, IEnumerable<T> items, Func<T, string> item)
        {
            string[] lines = [.. items.Select(one => $"\n  {item(one)}")];
            if (lines.Length > 0)
                Add($"<{name}>{string.Concat(lines)}\n</{name}>");
        }
        Add(MonitorPath is null ? null : $"<monitor path='{Escape(MonitorPath)}' type='unix'/>");
        Add(MountNamespace ? "<namespaces>\n  <mount/>\n</namespaces>" : null);
        List("vcpus", Vcpus, static v => $"<vcpu id='{v.Id}' pid='{v.Pid}'/>");
        List("qemuCaps", Capabilities, static flag => $"<flag name='{Escape(flag)}'/>");
        Add(LockState is null ? null : $"<lockstate>{Escape(LockState)}</lockstate>");
        Add(Job?.Text);
        Add(FakeReboot ? "<fakereboot/>" : null);
        List("devices", Devices, static alias => $"<device alias='{Escape(alias)}'/>");
        Add(Numad is (null, null) ? null : $"<numad{Optional("nodeset", Numad.Nodes)}{Optional("cpuset", Numad.Processors)}/>");
        Add(LibDir is null ? null : $"<libDir path='{Escape(LibDir)}'/>");
        Add(ChannelTargetDir is null ? null : $"<channelTargetDir path='{Escape(ChannelTargetDir)}'/>");
        Add(Cpu?.Text);
        Add(ChardevStdioLogd ? "<chardevStdioLogd/>" : null);
        Add(RememberOwner ? "<rememberOwner/>" : null);
        Add(AllowReboot is { } allow ? $"<allowReboot value='{(allow ? "yes" : "no")}'/>" : null);
        Add($"<nodename index='{NodeNameIndex}'/>");
        Add($"<fdset index='{FdSetIndex}'/>");
        Add(BlockJobs?.Text ?? "<blockjobs active='no'/>");
        Add($"<agentTimeout>{AgentTimeout}</agentTimeout>");
        elements.AddRange(Others);
        Add(StartTime == 0 ? null : $"<{OwnName} {OwnNamespace} startTime='{StartTime}'/>");
        return elements;
    }

    /// <summary>Reads the elements of a status file.</summary>
    public static EmulatorStatus Of(IEnumerable<StatusElement> elements)
    {
        var status = new EmulatorStatus();
        var others = new List<StatusElement>();
        foreach (StatusElement element in elements)
        {
            string text = element.Text;
            EmulatorStatus? read = element.Name switch
            {
                "monitor" => status with { MonitorPath = Attribute(text, "path") },
                "namespaces" => status with { MountNamespace = Children(text).Any(static c => c.Name == "mount") },
                "vcpus" => status with
                {
                    Vcpus = [.. Children(text).Select(static c => new VcpuThread(Int(c.Text, "id"), Int(c.Text, "pid")))],
                },
                "qemuCaps" => status with { Capabilities = Names(text, "name") },
                "lockstate" => status with { LockState = Content(text) },
                "job" => status with { Job = element },
                "fakereboot" => status with { FakeReboot = true },
                "devices" => status with { Devices = Names(text, "alias") },
                "numad" => status with { Numad = (Attribute(text, "nodeset"), Attribute(text, "cpuset")) },
                "libDir" => status with { LibDir = Attribute(text, "path") },
                "channelTargetDir" => status with { ChannelTargetDir = Attribute(text, "path") },
                "cpu" => status with { Cpu = element },
                "chardevStdioLogd" => status with { ChardevStdioLogd = true },
                "rememberOwner" => status with { RememberOwner = true },
                "allowReboot" => status with { AllowReboot = Attribute(text, "value") == "yes" },
                "nodename" => status with { NodeNameIndex = ulong.Parse(Attribute(text, "index") ?? "0") },
                "fdset" => status with { FdSetIndex = Int(text, "index") },
                "blockjobs" => status with { BlockJobs = text == "<blockjobs active='no'/>" ? null : element },
                "agentTimeout" => status with { AgentTimeout = int.Parse(Content(text)) },
                OwnName => status with { StartTime = ulong.Parse(Attribute(text, "startTime") ?? "0") },
                _ => null,
            };
            if (read is null)
                others.Add(element);
            status = read ?? status;
        }
        return status with { Others = others };
    }

    static IReadOnlyList<string> Names(string list, string attribute) =>
        [.. Children(list).Select(child => Attribute(child.Text, attribute)).OfType<string>()];

    static int Int(string element, string attribute) => int.Parse(Attribute(element, attribute) ?? "0");

    static string Optional(string name, string? value) => value is null ? "" : $" {name}='{Escape(value)}'";
}
