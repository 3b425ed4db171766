using System.IO.Compression;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Drivers.Qemu.Monitor;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Drivers.Qemu.Probe;
using Vireo.Drivers.Qemu.Status;
using Vireo.Model.Domain.Devices;
using Vireo.Testing.Qemu;
using Xunit;

namespace Vireo.Tests.Drivers.Qemu.Monitor;

/// <summary>Whatever we send is checked against what a QEMU 7.2 answered to query-qmp-schema.</summary>
public sealed class QmpSchemaTests
{
    static readonly IReadOnlyList<IQmpCommand> Samples =
    [
        new QmpCapabilities(), new Quit(), new QueryVersion(), new SetPassword("vnc", "x"), new ExpirePassword("vnc", "never"), new SetAction { Reboot = "shutdown", Shutdown = "pause", Watchdog = "none", Panic = "exit-failure" },
        new Cont(), new Stop(), new SystemPowerdown(), new SystemReset(), new SystemWakeup(), new QueryStatus(),
        new QueryCpusFast(), new QueryIoThreads(), new QomGetCpuid("/machine", "feature-words"),
        new QomGet("/machine", "p"), new QomSetNumber("/machine", "p", 1), new QomList("/"), new QomListTypes(),
        new QomListProperties("t"), new DeviceListProperties("t"),
        new QueryChardev(), new QueryMemoryDevices(), new QueryBalloon(), new BlockSetIoThrottle("virtio-disk0", new() { TotalBytes = 1, ReadBytesMax = 2, SizeIops = 3, GroupName = "g", TotalBytesMaxLength = 4 }), new Balloon(1), new QueryBlockStats(),
        new QueryTarget(), new QueryKvm(), new QueryCommands(), new QueryQmpSchema(), new QueryMachines(), new QueryCpuDefinitions(),
        new QueryCpuModelExpansion("static", "host"), new QueryCpuModelExpansion("full", "host", false),
        new QueryCpuModelComparison(new("z13", []), new("z14", [new("vx", true)])), new QueryCpuModelBaseline(new("z13", []), new("z14", [new("vx", false)])),
        new QueryCpuModelExpansion("full", "max") { Switches = [new("vx", true)] },
        new QueryCpuModelExpansion("full", "host", false) { HypervPassthrough = true }, new QuerySevCapabilities(), new QuerySgxCapabilities(), new QueryGicCapabilities(),
        new QueryCommandLineOptions(), new QueryMigrateCapabilities(), new QueryTpmModels(), new QueryTpmTypes(),
        new MigrateSetCapability("events", true), new MigrateSetBandwidth(1), new MigrateTo("unix:/s", true), new MigrateIncoming("fd:3"), new MigrateCancel(), new QueryMigrate(), new QueryMigration(), new MigrateContinue(),
        new MigrateSetCapabilities([new MigrateCapability("multifd", true)]),
        new MigrateRecover("tcp:h:1"), new MigratePause(), new QueryMigrateParameters(),
        new MigrateSetParameters([new() { Name = "max-bandwidth", Value = "1" }, new() { Name = "tls-hostname", Value = "" }, new() { Name = "block-incremental", Value = "yes" }]), new MigrateStartPostcopy(), new InjectNmi(), new RtcResetReinjection(), new QueryHotpluggableCpus(),
        new BlockResize(null, "n", 1), new BlockdevMirror("j", "n", "t") { IsPersistent = true, IsShallow = true, Speed = 1, Granularity = 2, BufferBytes = 3, IsSynchronous = true },
        new BlockStream("j", "n", "b", "f", 1), new BlockCommit("j", "n", "t", "b", "f", 1, true), new QueryJobs(), new JobDismiss("j"), new JobComplete("j"),
        new BlockJobCancel("j", true), new BlockdevOpenTray("d", true), new BlockdevCloseTray("d"), new BlockdevRemoveMedium("d"), new BlockdevInsertMedium("d", "n"),
        new BlockDirtyBitmapRemove("n", "b"), new NbdServerStop(), new MigrateMapBitmaps([new("n", "a", [("b", "c")])]), new NbdServerStart(new QemuProperties { { "type", "inet" }, { "data", new QemuProperties { { "host", "::" }, { "port", "1" } } } }, "t"), new BlockExportAdd("i", "n", "e", true), new NbdServerAdd("n", "e", true), new DeviceDel("d"), new NetdevDel("d"), new ChardevRemove("c"), new SetLink("d", true),
        new ChardevAdd("c", new ChardevSource.OfTcp { Mode = ChardevMode.Bind, Host = "h", Service = "1" }), new SaveMemory(true, 1, 2, "f"), new DumpGuestMemory("fd:x", "elf", true),
        new SevInjectLaunchSecret("h", "s", 1), new ClientMigrateInfo("spice", "h", 1, 2, "c"), new AddClient("vnc", "d", true), new ScreenDump("f", "d", 1, "png"),
        new QueryNamedBlockNodes(), new QueryDirtyRate(), new QueryStatsSchemas(), new QueryStats("vm"),
        new MakePart("device_add", new QemuProperties { { "driver", "virtio-rng-pci" }, { "id", "d" } }), new MakePart("netdev_add", new QemuProperties { { "type", "user" }, { "id", "n" } }),
        new MakePart("object-add", new QemuProperties { { "qom-type", "rng-builtin" }, { "id", "o" } }),
        new MakePart("blockdev-add", new QemuProperties { { "driver", "file" }, { "node-name", "n" }, { "filename", "f" } }),
        new ObjectDel("o"), new BlockdevDel("n"), new GetFd("d"), new CloseFd("d"), new AddFd(1, "o"), new RemoveFd(1), new QueryFdSets(), new WatchdogSetAction("pause"), new QueryBlock(),
        new JobFinalize("j"), new JobCancel("j"), new BlockJobSetSpeed("j", 1), new QueryBlockJobs(), new BlockdevSnapshot("n", "o"), new BlockdevCreate("j", new QemuProperties { { "driver", "file" }, { "filename", "f" }, { "size", 1UL } }),
        new SnapshotSave("j", "t", "n", ["n"]), new SnapshotLoad("j", "t", "n", ["n"]), new SnapshotForget("j", "t", ["n"]), new Transaction([Transaction.Snapshot("n", "o")]),
        new QueryBlockLimits(), new BlockSetWriteThreshold("n", 1), new SendKey([30], 100), new CalcDirtyRate(1, "dirty-ring"), new QueryDumpGuestMemoryCapability(), new QueryDump(),
        new QuerySev(), new QuerySevLaunchMeasure(), new QueryBitmaps(), new BlockdevReopen(new QemuProperties { { "driver", "file" }, { "node-name", "n" }, { "filename", "f" } }),
        new BlockExportAdd("i", "n", "e", false) { Bitmap = "b" },
        new PassOn(JsonSerializer.SerializeToElement(new { execute = "query-name" }), "i"), new HumanCommand("info name"),
    ];

    readonly SchemaIndex _schema = Load();
    readonly SchemaCheck _check;

    public QmpSchemaTests() => _check = new SchemaCheck(_schema);

    static SchemaIndex Load()
    {
        using var packed = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Drivers.Qemu/Monitor/data/qmp-schema-7.2.json.gz"));
        using var plain = new GZipStream(packed, CompressionMode.Decompress);
        JsonArray all = JsonNode.Parse(plain)!.AsArray();
        // A PC's QEMU has no commands that only a mainframe's has.
        foreach (JsonNode? one in JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Drivers.Qemu/Monitor/data/qmp-schema-7.2-s390x.json")))!.AsArray())
            all.Add(one!.DeepClone());
        return new SchemaIndex(JsonSerializer.SerializeToElement(all));
    }

    [Fact]
    public void Every_command_has_a_sample()
    {
        var commands = typeof(IQmpCommand).Assembly.GetTypes().Where(t => t is { IsAbstract: false, Namespace: "Vireo.Drivers.Qemu.Monitor.Commands" } && t.IsAssignableTo(typeof(IQmpCommand)));
        Assert.Empty(commands.Except(Samples.Select(s => s.GetType())));
    }

    [Fact]
    public void Everything_sent_fits_the_schema()
    {
        var wrong = new List<string>();
        foreach (var command in Samples)
        {
            if (command is QueryGicCapabilities) continue;      // the recorded QEMU is a PC's, and only Arm's has it
            if (_schema.Find(command.Name) is not { } entry || entry.GetProperty("meta-type").GetString() != "command")
            {
                wrong.Add($"no command {command.Name}");
                continue;
            }
            wrong.AddRange(_check.Of(QmpText.Arguments(command), entry.GetProperty("arg-type").GetString()!, command.Name));
        }
        Assert.Empty(wrong);
    }

    // Why we send it nevertheless.
    static readonly Dictionary<string, string> Going = new(StringComparer.Ordinal)
    {
        ["nbd-server-add"] = "a QEMU before 5.2 knows no other way",
    };

    [Fact]
    public void What_a_later_QEMU_will_not_have_is_sent_only_for_a_reason()
    {
        foreach (var command in Samples)
            if (_schema.Find(command.Name) is { } entry)
            {
                if (SchemaCheck.IsDeprecated(entry))
                    _check.Deprecated.Add(command.Name);
                _ = _check.Of(QmpText.Arguments(command), entry.GetProperty("arg-type").GetString()!, command.Name).Count();
            }
        Assert.Equal(Going.Keys.Order(StringComparer.Ordinal), _check.Deprecated);
    }

    [Fact]
    public void The_check_itself_finds_what_is_wrong()
    {
        using var arguments = JsonDocument.Parse("""{"protocol":"telnet","time":5,"more":true}""");
        Assert.Equal(3, _check.Of(arguments.RootElement, _schema.Find("expire_password")!.Value.GetProperty("arg-type").GetString()!, "x").Count());
    }

    [Theory]
    [InlineData("RTC_CHANGE", true, true)]
    [InlineData("screendump/arg-type/*device", true, true)]
    [InlineData("screendump/arg-type/*filename", false, false)]
    [InlineData("screendump/arg-type/format/^png", true, false)]
    [InlineData("screendump/arg-type/format/^gif", false, false)]
    [InlineData("blockdev-add/arg-type/+qcow2/backing/+file/filename", true, true)]
    [InlineData("blockdev-add/arg-type/+qcow2/backing/!string", true, false)]
    [InlineData("blockdev-add/arg-type/+qcow2/backing/!boolean", false, false)]
    [InlineData("query-qmp-schema/ret-type/name/!string", true, false)]
    [InlineData("device_add/$json-cli-hotplug", true, false)]
    [InlineData("device_add/$nonsense", false, false)]
    [InlineData("query-block/ret-type/device/$deprecated", false, false)]
    [InlineData("nonsense", false, false)]
    [InlineData("quit/arg-type/nonsense/more", false, false)]
    public void The_schema_is_asked_by_a_path(string question, bool found, bool isEntry)
    {
        Assert.Equal(found, _schema.Has(question, out var entry));
        Assert.Equal(isEntry, found && entry is not null);
    }

    [Fact]
    public void A_terminal_tells_where_it_is()
    {
        var pty = new ChardevAdd("c", new ChardevSource.OfPty());
        Assert.Equal("""{"type":"pty","data":{}}""", QmpText.Arguments(pty).GetProperty("backend").GetRawText());
        using var reply = JsonDocument.Parse("""{"pty":"/dev/pts/7"}""");
        Assert.Equal("/dev/pts/7", pty.Read(reply.RootElement).Pty);
        Assert.Throws<VireoException>(() => pty.Read(default));
        Assert.Equal(ErrorCode.ConfigUnsupported, Assert.Throws<VireoException>(() => QmpText.Arguments(new ChardevAdd("c", new ChardevSource.OfStdio()))).Code);
    }
}
