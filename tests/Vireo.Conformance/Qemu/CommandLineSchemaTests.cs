using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Vireo.Conformance.Runner;
using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Probe;
using Vireo.Testing.Qemu;

namespace Vireo.Conformance.Qemu;

/// <summary>
/// Each back end, object, card and device on the command lines of the corpus is one that the binary says it has, with members that it says it takes. libvirt's own
/// lines do not prove that: some are for binaries that nobody has looked at.
/// </summary>
public sealed class CommandLineSchemaTests
{
    // Members that a later QEMU will not have, and why we write them nevertheless.
    static readonly Dictionary<string, string> Going = new(StringComparer.Ordinal);

    // What the recordings do not have although the real binary takes it.
    static readonly Dictionary<string, string> Odd = new(StringComparer.Ordinal);

    static readonly string[] OfEveryDevice = ["driver", "id", "bus"];

    /// <summary>What one binary said of itself.</summary>
    sealed class Recording
    {
        readonly SchemaIndex schema;
        readonly Dictionary<string, FrozenDictionary<string, string>> devices = new(StringComparer.Ordinal);
        readonly FrozenSet<string> chardev;

        public Recording(string recorded)
        {
            SchemaIndex? found = null;
            chardev = FrozenSet<string>.Empty;
            foreach (var (asked, answer) in RecordedQemu.Conversations(recorded)[0])
            {
                if (answer["return"] is not { } said)
                    continue;
                switch (asked["execute"]!.GetValue<string>())
                {
                    case "query-qmp-schema":
                        found = new SchemaIndex(JsonSerializer.SerializeToElement(said));
                        break;
                    case "device-list-properties":
                        devices[asked["arguments"]!["typename"]!.GetValue<string>()] = said.AsArray().ToFrozenDictionary(
                            static p => p!["name"]!.GetValue<string>(), static p => p!["type"]!.GetValue<string>(), StringComparer.Ordinal);
                        break;
                    case "query-command-line-options":
                        chardev = said.AsArray().First(static o => o!["option"]!.GetValue<string>() == "chardev")!["parameters"]!.AsArray()
                            .Select(static p => p!["name"]!.GetValue<string>()).ToFrozenSet(StringComparer.Ordinal);
                        break;
                }
            }
            schema = found ?? throw new InvalidDataException("no schema was recorded");
            Check = new SchemaCheck(schema);
        }

        public SchemaCheck Check { get; }

        public int Looked { get; private set; }

        public IEnumerable<string> Of(string option, string value)
        {
            bool json = value.StartsWith('{');
            string? command = (option, json) switch
            {
                ("-blockdev", true) => "blockdev-add",
                ("-object", true) => "object-add",
                ("-netdev", true) => "netdev_add",
                _ => null,
            };
            if (command is not null)
            {
                Looked++;
                using var parsed = JsonDocument.Parse(value);
                return [.. Check.Of(parsed.RootElement, schema.Find(command)!.Value.GetProperty("arg-type").GetString()!, option)];
            }
            if (option is "-device" && json)
                return OfDevice(JsonNode.Parse(value)!.AsObject());
            if (option is "-chardev")
            {
                Looked++;
                return [.. Keys(value).Skip(1).Where(key => key is not "id" && !chardev.Contains(key)).Select(key => $"-chardev: unknown member {key}")];
            }
            return [];
        }

        // An address on a PCI bus is a number by what is recorded, and "slot.function" by what is taken.
        IEnumerable<string> OfDevice(JsonObject device)
        {
            string driver = device["driver"]!.GetValue<string>();
            if (!devices.TryGetValue(driver, out var known))
                return [];
            Looked++;
            return [.. device.Where(p => !OfEveryDevice.Contains(p.Key) && !known.ContainsKey(p.Key)).Select(p => $"-device {driver}: unknown member {p.Key}")
                .Concat(device.Where(p => p.Key is not "addr" && known.TryGetValue(p.Key, out string? type) && !Fits(p.Value!, type)).Select(p => $"-device {driver}.{p.Key}: not {known[p.Key]}"))];
        }

        static bool Fits(JsonNode value, string type) => type switch
        {
            "bool" => value.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
            "str" or "OnOffAuto" or "chardev" or "drive" or "netdev" => value.GetValueKind() is JsonValueKind.String,
            "uint8" or "uint16" or "uint32" or "int32" => value.GetValueKind() is JsonValueKind.Number,
            _ => true,
        };

        // Commas in values are written twice.
        static IEnumerable<string> Keys(string text) => text.Replace(",,", "", StringComparison.Ordinal).Split(',').Select(static one => one.Split('=', 2)[0]);
    }

    [Fact]
    public void The_table_of_tested_versions_is_what_was_recorded() => Assert.Equal(
        Corpus.Cases("qemu-capabilities").Select(static c => c.GetProperty("name").GetString()!).Order(StringComparer.Ordinal),
        TestedVersions.All.SelectMany(static v => v.Archs.Select(arch => $"{v.Version}.{arch}")).Order(StringComparer.Ordinal));

    [Fact]
    public void What_command_lines_say_is_what_their_binaries_take()
    {
        string folder = Corpus.Folder("qemu-xml2argv"), corpus = Path.GetDirectoryName(folder)!;
        var recordings = new Dictionary<string, Recording>(StringComparer.Ordinal);
        var wrong = new SortedSet<string>(StringComparer.Ordinal);
        foreach (JsonElement manifest in Corpus.Cases("qemu-xml2argv"))
        {
            if (!manifest.TryGetProperty("caps", out JsonElement caps) || manifest.GetProperty("expect").GetString() != "ok"
                || Path.ChangeExtension(Path.Combine(folder, caps.GetString()!), ".replies") is var file && !File.Exists(file))
                continue;
            if (!recordings.TryGetValue(file, out Recording? recording))
                recordings.Add(file, recording = new Recording(File.ReadAllText(file, Encoding.UTF8)));
            try
            {
                var line = QemuCommandLineSuite.Build(new CaseInput(corpus, folder, manifest, static _ => false)).Arguments;
                for (int i = 1; i + 1 < line.Length; i++)
                    wrong.UnionWith(recording.Of(line[i], line[i + 1]));
            }
            catch (Exception e) when (e is VireoException or CaseFault)
            {
                // The suite itself tells of that.
            }
        }
        Assert.True(recordings.Values.Sum(static r => r.Looked) > 1000);
        Assert.Equal(string.Join('\n', Odd.Keys.Order(StringComparer.Ordinal)), string.Join('\n', wrong));
        Assert.Equal(Going.Keys.Order(StringComparer.Ordinal), recordings.Values.SelectMany(static r => r.Check.Deprecated).Distinct().Order(StringComparer.Ordinal));
    }
}
