using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Vireo.Conformance.Runner;
using Vireo.Cpu.X86;
using Vireo.Drivers.Qemu.Machine.Vcpus;
using Vireo.Drivers.Qemu.Monitor;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Drivers.Qemu.Probe;
using Vireo.Model.Domain.Devices;
using Vireo.Testing.Qemu;

namespace Vireo.Conformance.Qemu;

/// <summary>What is said to QEMU's monitor, what its answers mean, and what its schema says.</summary>
sealed class MonitorSuite : Suite
{
    static readonly Dictionary<string, SchemaIndex> schemas = new(StringComparer.Ordinal);

    static readonly IQmpAction[] plain =
    [
        new QmpCapabilities(), new Quit(), new Cont(), new Stop(), new SystemPowerdown(), new SystemReset(), new SystemWakeup(), new InjectNmi(),
        new RtcResetReinjection(), new MigrateCancel(), new MigratePause(), new MigrateStartPostcopy(), new NbdServerStop(),
    ];

    public override string Name => "qmp-monitor";

    public override IEnumerable<string> Expected(JsonElement manifest) =>
        manifest.GetProperty("kind").GetString() is "chardev-add" && manifest.TryGetProperty("arguments", out _) ? [.. base.Expected(manifest), "arguments"] : base.Expected(manifest);

    public override Outputs Run(CaseInput input) => input.Word("kind") switch
    {
        "chardev-add" => AddChardev(input),
        "simple-command" => Said(Array.Find(plain, c => c.Name == input.Word("execute")) ?? throw new CaseFault($"no command '{input.Word("execute")}'")),
        "cpu-data" => Outputs.Of(CpuText(input)),
        "cpu-info" => Outputs.Of(VcpuText(MachineVcpus.Of(input.Json("maxvcpus").GetInt32(),
            new QueryCpusFast().Read(Returned(input, "query_cpus_fast")), input.Has("query_hotpluggable_cpus") ? new QueryHotpluggableCpus().Read(Returned(input, "query_hotpluggable_cpus")) : []))),
        "qapi-query" => Query(input),
        "qapi-validate" => Outputs.Result(Validate(input)),
        "query-jobs" => Outputs.Of(JobText(new QueryJobs().Read(Returned(input, "qmp")))),
        "generate" => Generate(input),
        var kind => throw new CaseFault($"unknown kind '{kind}'"),
    };

    static Outputs Said(IQmpCommand command)
    {
        _ = QmpText.Arguments(command);
        return [];
    }

    static JsonElement Returned(CaseInput input, string member) => Parse(input.Text(member)).GetProperty("return");

    static JsonElement Parse(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    static Outputs AddChardev(CaseInput input)
    {
        JsonElement given = input.Json("chardev");
        string? Text(string name) => given.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
        bool? Flag(string name) => given.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : null;
        ChardevMode? mode = (Flag("listen") ?? Flag("server")) is { } listens ? listens ? ChardevMode.Bind : ChardevMode.Connect : null;
        ChardevSource source = Text("type") switch
        {
            "null" => new ChardevSource.OfNull(),
            "vc" => new ChardevSource.OfVc(),
            "pty" => new ChardevSource.OfPty { Path = Text("path") },
            "stdio" => new ChardevSource.OfStdio(),
            "pipe" => new ChardevSource.OfPipe { Path = Text("path") },
            "nmdm" => new ChardevSource.OfNmdm(),
            "file" => new ChardevSource.OfFile { Path = Text("path"), Append = Flag("append") },
            "dev" => new ChardevSource.OfDevice { Path = Text("path") },
            "spicevmc" => new ChardevSource.OfSpiceVmc(),
            "spiceport" => new ChardevSource.OfSpicePort { Channel = Text("channel") ?? "" },
            "dbus" => new ChardevSource.OfDBus { Channel = Text("channel") ?? "" },
            "qemu-vdagent" => new ChardevSource.OfQemuVdAgent { Clipboard = Flag("clipboard"), Mouse = Text("mouse") },
            "unix" => new ChardevSource.OfUnix { Path = Text("path"), Mode = mode },
            "tcp" => new ChardevSource.OfTcp
            {
                Host = Text("host"),
                Service = Text("service"),
                Mode = mode,
                Protocol = Text("protocol") is "telnet" || Flag("telnet") is true ? ChardevProtocol.Telnet : null,
            },
            "udp" => new ChardevSource.OfUdp
            {
                Ends =
                [
                    new UdpEnd { Mode = ChardevMode.Connect, Host = Text("connect_host"), Service = Text("connect_service") },
                    .. Text("bind_service") is null && Text("bind_host") is null ? Array.Empty<UdpEnd>()
                        : [new UdpEnd { Mode = ChardevMode.Bind, Host = Text("bind_host"), Service = Text("bind_service") }],
                ],
            },
            var type => throw new CaseFault($"no chardev '{type}'"),
        };
        if (Text("log_file") is { } log)
            source = source with { Log = new ChardevLog { File = log, Append = Flag("log_append") } };
        var command = new ChardevAdd("alias", source) { TlsCredentials = Text("tls_alias") };
        JsonElement arguments = QmpText.Arguments(command);
        _ = command.Read(given.TryGetProperty("reply", out var reply) ? reply : default);
        return new Outputs { ["arguments"] = Output.Value(JsonNode.Parse(arguments.GetRawText())) };
    }

    static string CpuText(CaseInput input)
    {
        var data = new CpuData();
        foreach (CpuidWord word in new QomGetCpuid("", "feature-words").Read(Returned(input, "qmp")))
            data.Add(word.Leaf, word.Subleaf ?? 0, Enum.Parse<CpuidRegister>(word.Register, ignoreCase: true), word.Bits);
        var text = new StringBuilder("<cpudata arch='x86'>\n");
        foreach (var ((leaf, subleaf), words) in data.Leaves)
            if (words != default)
                text.Append(CultureInfo.InvariantCulture, $"  <cpuid eax_in='0x{leaf:x8}' ecx_in='0x{subleaf:x8}' eax='0x{words.Eax:x8}' ebx='0x{words.Ebx:x8}' ecx='0x{words.Ecx:x8}' edx='0x{words.Edx:x8}'/>\n");
        return text.Append("</cpudata>\n").ToString();
    }

    static string VcpuText(IReadOnlyList<MachineVcpu> vcpus)
    {
        var text = new StringBuilder();
        for (int i = 0; i < vcpus.Count; i++)
        {
            MachineVcpu one = vcpus[i];
            void Line(string name, object? value)
            {
                if (value is not null)
                    text.Append(CultureInfo.InvariantCulture, $"    {name}='{value}'\n");
            }
            text.Append(CultureInfo.InvariantCulture, $"[vcpu libvirt-id='{i}']\n    online={(one.IsOnline ? "yes" : "no")}\n    hotpluggable={(one.IsHotpluggable ? "yes" : "no")}\n");
            Line("thread-id", one.ThreadId is 0 ? null : one.ThreadId);
            Line("enable-id", one.Order is 0 ? null : one.Order);
            Line("query-cpus-id", one.Index);
            if (one.Slot is not { } slot)
                continue;
            Line("type", slot.Type);
            Line("alias", one.Alias);
            Line("qom_path", slot.QomPath);
            text.Append("    topology:");
            foreach (var (name, value) in (ReadOnlySpan<(string, int?)>)[("socket", slot.Props.Socket), ("die", slot.Props.Die), ("core", slot.Props.Core), ("thread", slot.Props.Thread), ("vcpus", slot.Vcpus)])
                if (value is not null)
                    text.Append(CultureInfo.InvariantCulture, $" {name}='{value}'");
            text.Append('\n');
        }
        return text.ToString();
    }

    static string JobText(IReadOnlyList<JobReport> jobs) =>
        string.Join('\n', jobs.Select(static j => $"[job]\nid={j.Id}\ntype={j.Type}\nstatus={j.Status}\nerror={j.Error ?? "<null>"}\n"));

    static Outputs Query(CaseInput input)
    {
        bool found = Schema(input).Has(input.Word("query")!, out var entry);
        return Outputs.Result(new JsonObject { ["found"] = found, ["returns_object"] = found && entry is not null });
    }

    static bool Validate(CaseInput input)
    {
        SchemaIndex schema = Schema(input);
        if (!schema.Has(input.Word("query")!, out var entry) || entry is null)
            throw new CaseFault($"no '{input.Word("query")}' in the schema");
        // A text in the place of the value stands for the schema itself.
        JsonElement value = input.Json("json") is { ValueKind: JsonValueKind.String } ? Recorded(input) : input.Json("json");
        return !new SchemaCheck(schema).Of(value, entry.Value, "").Any();
    }

    static SchemaIndex Schema(CaseInput input)
    {
        lock (schemas)
            return schemas.TryGetValue(input.PathOf("schema"), out var known) ? known : schemas[input.PathOf("schema")] = new SchemaIndex(Recorded(input));
    }

    static JsonElement Recorded(CaseInput input)
    {
        foreach (var conversation in RecordedQemu.Conversations(input.Text("schema")))
            foreach (var (asked, answer) in conversation)
                if (asked["execute"]?.GetValue<string>() is "query-qmp-schema")
                    return JsonSerializer.SerializeToElement(answer["return"]);
        throw new CaseFault("no schema was recorded");
    }

    static Outputs Generate(CaseInput input)
    {
        IQmpCommand command = Command(input.Word("api")!, [.. input.Json("arguments").EnumerateArray()]);
        SchemaIndex schema = Schema(input);
        if (schema.Find(command.Name) is not { } entry)
            throw new CaseFault($"QEMU has no command '{command.Name}'");
        string[] wrong = [.. new SchemaCheck(schema).Of(QmpText.Arguments(command), entry.GetProperty("arg-type").GetString()!, command.Name)];
        return wrong.Length == 0 ? [] : throw new CaseFault(string.Join("; ", wrong));
    }

    static IQmpCommand Command(string api, JsonElement[] given)
    {
        string Text(int i) => given[i].GetString()!;
        string? Maybe(int i) => i < given.Length && given[i].ValueKind is JsonValueKind.String ? given[i].GetString() : null;
        ulong Number(int i) => given[i].GetUInt64();
        bool Flag(int i) => given[i].GetBoolean();
        // What an enumeration's constant says last is the word that QEMU has for it.
        string? Word(int i, string prefix) => Maybe(i) is { } name && name.StartsWith(prefix, StringComparison.Ordinal) ? name[prefix.Length..].ToLowerInvariant().Replace('_', '-') : null;
        return api switch
        {
            "SetLink" => new SetLink(Text(0), !Text(1).EndsWith("_DOWN", StringComparison.Ordinal)),
            "BlockResize" => new BlockResize(Maybe(0), Maybe(1), Number(2)),
            "SetPassword" => new SetPassword(Text(0), Text(1)) { Connected = Maybe(2) },
            "ExpirePassword" => new ExpirePassword(Text(0), Text(1)),
            "SetBalloon" => new Balloon((long)Number(0) * 1024),
            "SaveVirtualMemory" => new SaveMemory(false, Number(0), Number(1), Text(2)),
            "SavePhysicalMemory" => new SaveMemory(true, Number(0), Number(1), Text(2)),
            "Migrate" => new MigrateTo(Text(1)),
            "MigrateRecover" => new MigrateRecover(Text(0)),
            "Dump" => new DumpGuestMemory(Text(0), Maybe(1), Flag(2)),
            "GraphicsRelocate" => new ClientMigrateInfo(Word(0, "VIR_DOMAIN_GRAPHICS_TYPE_")!, Text(1), (int)Number(2), (int)Number(3), Maybe(4)),
            "RemoveNetdev" => new NetdevDel(Text(0)),
            "DelDevice" => new DeviceDel(Text(0)),
            "BlockdevMirror" => new BlockdevMirror(Text(0), Text(2), Text(3))
            {
                IsPersistent = Flag(1),
                Speed = Number(4),
                Granularity = Number(5),
                BufferBytes = Number(6),
                IsShallow = Flag(7),
                IsSynchronous = Flag(8),
            },
            "BlockStream" => new BlockStream(Text(1), Text(0), Maybe(2), Maybe(3), Number(4)),
            "BlockCommit" => new BlockCommit(Text(1), Text(0), Text(2), Text(3), Maybe(4), Number(5), Maybe(6) is "VIR_TRISTATE_BOOL_YES" ? true : Maybe(6) is "VIR_TRISTATE_BOOL_NO" ? false : null),
            "Screendump" or "ScreenDump" => new ScreenDump(Text(3), Maybe(0), (uint)Number(1), Maybe(2)),
            "OpenGraphics" => new AddClient(Text(0), Text(1), Flag(2)),
            "DetachCharDev" => new ChardevRemove(Text(0)),
            "BlockdevTrayOpen" => new BlockdevOpenTray(Text(0), Flag(1)),
            "BlockdevTrayClose" => new BlockdevCloseTray(Text(0)),
            "BlockdevMediumRemove" => new BlockdevRemoveMedium(Text(0)),
            "BlockdevMediumInsert" => new BlockdevInsertMedium(Text(0), Text(1)),
            "BitmapRemove" => new BlockDirtyBitmapRemove(Text(0), Text(1)),
            "JobDismiss" => new JobDismiss(Text(0)),
            "JobComplete" => new JobComplete(Text(0)),
            "BlockJobCancel" => new BlockJobCancel(Text(0), Flag(1)),
            "SetAction" => new SetAction
            {
                Shutdown = Word(0, "QEMU_MONITOR_ACTION_SHUTDOWN_"),
                Reboot = Word(1, "QEMU_MONITOR_ACTION_REBOOT_"),
                Watchdog = Word(2, "QEMU_MONITOR_ACTION_WATCHDOG_"),
                Panic = Word(3, "QEMU_MONITOR_ACTION_PANIC_"),
            },
            "SetLaunchSecurityState" => new SevInjectLaunchSecret(Text(0), Text(1), Flag(3) ? Number(2) : null),
            _ => throw new CaseFault($"no command for '{api}'"),
        };
    }
}
