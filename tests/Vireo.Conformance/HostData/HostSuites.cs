using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Vireo.Conformance.Runner;
using Vireo.Host.Files;
using Vireo.Host.Pci;
using Vireo.Host.Processes;
using Vireo.Host.Topology;
using Vireo.Model.Storage;

namespace Vireo.Conformance.HostData;

/// <summary>Vital product data of PCI devices. A case names only the fields that it is about.</summary>
sealed class PciVpdSuite : Suite
{
    public override string Name => "pci-vpd";

    public override Outputs Run(CaseInput input) => input.Word("kind") switch
    {
        "parse" => Outputs.Result(Fields(VitalProductData.Parse(Convert.FromHexString(input.Word("bytes_hex")!)))),
        "valid-text-value" => Outputs.Result(VitalProductData.IsText(input.Word("text")!)),
        "keyword-format" => Outputs.Result(VitalProductData.FormatOf(input.Word("keyword")!) switch
        {
            VpdFormat.Text => "text",
            VpdFormat.Binary => "binary",
            VpdFormat.Reserved => "resvd",
            VpdFormat.Writable => "rdwr",
            _ => "invalid",
        }),
        var kind => throw new CaseFault($"unknown kind '{kind}'"),
    };

    public override string? Difference(CaseInput input, string member, Output made, string? expected) =>
        made is Output.OfValue { Made: JsonObject all } && expected is not null && JsonNode.Parse(expected) is JsonObject wanted
            ? Missing(wanted, all) : base.Difference(input, member, made, expected);

    static string? Missing(JsonObject wanted, JsonObject made)
    {
        foreach (var (name, value) in wanted)
        {
            if (!made.TryGetPropertyValue(name, out JsonNode? ours))
                return $"no '{name}'";
            if (value is JsonObject inner && ours is JsonObject below)
            {
                if (Missing(inner, below) is { } what)
                    return what;
            }
            else if (!JsonNode.DeepEquals(value, ours))
                return $"want {value?.ToJsonString()} got {ours?.ToJsonString()} as '{name}'";
        }
        return null;
    }

    static JsonObject Fields(VitalProductData data)
    {
        var made = new JsonObject { ["name"] = data.Name, ["ro"] = Part(data.Fixed, writable: false) };
        if (data.Writable is { } fields)
            made["rw"] = Part(fields, writable: true);
        return made;
    }

    static JsonObject Part(IReadOnlyDictionary<string, string> fields, bool writable)
    {
        JsonObject part = [], vendor = [], system = [];
        foreach (var (keyword, value) in fields)
            switch (keyword)
            {
                case "EC": part["change_level"] = value; break;
                case "MN": part["manufacture_id"] = value; break;
                case "PN": part["part_number"] = value; break;
                case "SN": part["serial_number"] = value; break;
                case "YA" when writable: part["asset_tag"] = value; break;
                case ['V', var which]: vendor[which.ToString()] = value; break;
                case ['Y', var which]: system[which.ToString()] = value; break;
            }
        part["vendor_specific"] = vendor;
        if (writable)
            part["system_specific"] = system;
        return part;
    }
}

/// <summary>Paths, and file systems that several hosts share.</summary>
sealed class FileUtilsSuite : Suite
{
    public override string Name => "file-utils";

    public override Outputs Run(CaseInput input) => input.Word("kind") switch
    {
        "sanitize" => Outputs.Result(PathText.Clean(input.Word("path")!)),
        "shared-fs" => Outputs.Result(SharedFileSystems.IsShared(input.Word("path")!, input.Text("mounts").Split('\n'),
            static path => path.StartsWith("/some/symlink", StringComparison.Ordinal) ? "/gluster" + path["/some/symlink".Length..] : path)),
        var kind => throw new CaseFault($"unknown kind '{kind}'"),
    };
}

/// <summary>A process's line in /proc, whatever its name is.</summary>
sealed class ProcessStatSuite : Suite
{
    public override string Name => "process-stat";

    public override Outputs Run(CaseInput input)
    {
        string line = input.Text("input");
        ProcStat stat = ProcStat.Parse(line) ?? throw new CaseFault("not a line of /proc/PID/stat");
        return Outputs.Result(new JsonObject { ["comm"] = stat.Name, ["fields"] = ProcStat.Fields(line).Count });
    }
}

/// <summary>What is free of caches that are divided.</summary>
sealed class ResctrlSuite : Suite
{
    public override string Name => "resctrl";

    public override Outputs Run(CaseInput input)
    {
        string folder = Directory.CreateTempSubdirectory("vireo-tree-").FullName;
        try
        {
            using JsonDocument tree = JsonDocument.Parse(input.Text("tree"));
            foreach (JsonProperty file in tree.RootElement.GetProperty("files").EnumerateObject())
                if (file.Name.StartsWith("resctrl/", StringComparison.Ordinal))
                {
                    string at = Path.Join(folder, "sys/fs", file.Name);
                    Directory.CreateDirectory(Path.GetDirectoryName(at)!);
                    File.WriteAllText(at, file.Value.GetString());
                }
            return Outputs.Of(CacheRoom.Read(new HostTree(folder)).ToSchemata());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
