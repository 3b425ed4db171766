using System.Buffers;
using System.IO.Compression;
using System.Reflection;
using System.Text.Json;
using Vireo.Drivers.Qemu.Monitor;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Xunit;

namespace Vireo.Tests.Drivers.Qemu.Monitor;

/// <summary>Whatever we send is checked against what a QEMU 7.2 answered to query-qmp-schema.</summary>
public sealed class QmpSchemaTests
{
    static readonly IReadOnlyList<IQmpCommand> Samples =
    [
        new QmpCapabilities(), new Quit(), new QueryVersion(), new SetPassword("vnc", "x"), new ExpirePassword("vnc", "never"), new SetRebootAction("shutdown"),
        new Cont(), new Stop(), new SystemPowerdown(), new SystemReset(), new SystemWakeup(), new QueryStatus(),
        new QueryCpusFast(), new QueryIoThreads(), new QomGetCpuid("/machine", "feature-words"),
        new QomGet("/machine", "p"), new QomSetNumber("/machine", "p", 1), new QomList("/"), new QomListTypes(),
        new QomListProperties("t"), new DeviceListProperties("t"),
        new QueryChardev(), new QueryBalloon(), new BlockSetIoThrottle("virtio-disk0", new() { TotalBytes = 1, ReadBytesMax = 2, SizeIops = 3, GroupName = "g", TotalBytesMaxLength = 4 }), new Balloon(1), new QueryBlockStats(),
        new QueryTarget(), new QueryKvm(), new QueryCommands(), new QueryQmpSchema(), new QueryMachines(), new QueryCpuDefinitions(),
        new QueryCpuModelExpansion("static", "host"), new QueryCpuModelExpansion("full", "host", false),
        new QueryCpuModelComparison(new("z13", []), new("z14", [new("vx", true)])), new QueryCpuModelBaseline(new("z13", []), new("z14", [new("vx", false)])),
        new QueryCpuModelExpansion("full", "max") { Switches = [new("vx", true)] },
        new QueryCpuModelExpansion("full", "host", false) { HypervPassthrough = true }, new QuerySevCapabilities(), new QuerySgxCapabilities(), new QueryGicCapabilities(),
        new QueryCommandLineOptions(), new QueryMigrateCapabilities(), new QueryTpmModels(), new QueryTpmTypes(),
        new MigrateSetCapability("events", true), new MigrateSetBandwidth(1), new MigrateTo("unix:/s"), new MigrateIncoming("fd:3"), new MigrateCancel(), new QueryMigrate(),
        new QueryNamedBlockNodes(), new QueryDirtyRate(), new QueryStatsSchemas(), new QueryStats("vm"),
    ];

    readonly Dictionary<string, JsonElement> _schema = Load();

    static Dictionary<string, JsonElement> Load()
    {
        using var packed = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Drivers.Qemu/Monitor/data/qmp-schema-7.2.json.gz"));
        using var plain = new GZipStream(packed, CompressionMode.Decompress);
        using var document = JsonDocument.Parse(plain);
        // A PC's QEMU has no commands that only a mainframe's has.
        using var mainframe = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Drivers.Qemu/Monitor/data/qmp-schema-7.2-s390x.json")));
        return document.RootElement.Clone().EnumerateArray().Concat(mainframe.RootElement.Clone().EnumerateArray())
            .DistinctBy(static e => e.GetProperty("name").GetString()!).ToDictionary(e => e.GetProperty("name").GetString()!);
    }

    [Fact]
    public void Every_command_has_a_sample()
    {
        var commands = typeof(IQmpCommand).Assembly.GetTypes().Where(t => t is { IsAbstract: false } && t.IsAssignableTo(typeof(IQmpCommand)));
        Assert.Empty(commands.Except(Samples.Select(s => s.GetType())));
    }

    [Fact]
    public void Everything_sent_fits_the_schema()
    {
        var wrong = new List<string>();
        foreach (var command in Samples)
        {
            if (command is QueryGicCapabilities) continue;      // the recorded QEMU is a PC's, and only Arm's has it
            if (!_schema.TryGetValue(command.Name, out var entry) || entry.GetProperty("meta-type").GetString() != "command")
            {
                wrong.Add($"no command {command.Name}");
                continue;
            }
            Check(Arguments(command), entry.GetProperty("arg-type").GetString()!, command.Name, wrong);
        }
        Assert.Empty(wrong);
    }

    [Fact]
    public void The_check_itself_finds_what_is_wrong()
    {
        var wrong = new List<string>();
        using var arguments = JsonDocument.Parse("""{"protocol":"telnet","time":5,"more":true}""");
        Check(arguments.RootElement, _schema["expire_password"].GetProperty("arg-type").GetString()!, "x", wrong);
        Assert.Equal(3, wrong.Count);
    }

    static JsonElement Arguments(IQmpCommand command)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            command.WriteArguments(json);
            json.WriteEndObject();
        }
        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        return document.RootElement.Clone();
    }

    void Check(JsonElement value, string typeName, string at, List<string> wrong)
    {
        var type = _schema[typeName];
        switch (type.GetProperty("meta-type").GetString())
        {
            case "object":
                CheckObject(value, type, at, wrong);
                break;
            case "array":
                if (value.ValueKind != JsonValueKind.Array) wrong.Add($"{at}: not an array");
                else foreach (var item in value.EnumerateArray()) Check(item, type.GetProperty("element-type").GetString()!, at + "[]", wrong);
                break;
            case "enum":
                if (value.ValueKind != JsonValueKind.String || !type.GetProperty("values").EnumerateArray().Any(v => v.GetString() == value.GetString()))
                    wrong.Add($"{at}: {value} is not a value of it");
                break;
            case "builtin":
                string kind = type.GetProperty("json-type").GetString()!;
                bool fits = kind switch
                {
                    "string" => value.ValueKind == JsonValueKind.String,
                    "int" or "number" => value.ValueKind == JsonValueKind.Number,
                    "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
                    _ => true,
                };
                if (!fits) wrong.Add($"{at}: not {kind}");
                break;
        }
    }

    void CheckObject(JsonElement value, JsonElement type, string at, List<string> wrong)
    {
        var members = type.GetProperty("members").EnumerateArray().ToDictionary(m => m.GetProperty("name").GetString()!);
        if (type.TryGetProperty("tag", out var tag) && value.TryGetProperty(tag.GetString()!, out var chosen))
            foreach (var variant in type.GetProperty("variants").EnumerateArray())
                if (variant.GetProperty("case").GetString() == chosen.GetString())
                    foreach (var m in _schema[variant.GetProperty("type").GetString()!].GetProperty("members").EnumerateArray())
                        members[m.GetProperty("name").GetString()!] = m;
        foreach (var member in value.EnumerateObject())
        {
            if (members.TryGetValue(member.Name, out var known)) Check(member.Value, known.GetProperty("type").GetString()!, $"{at}.{member.Name}", wrong);
            else wrong.Add($"{at}: unknown member {member.Name}");
        }
        foreach (var (name, member) in members)
            if (!member.TryGetProperty("default", out _) && !value.TryGetProperty(name, out _)) wrong.Add($"{at}: {name} is missing");
    }
}
