using System.Text.Json.Nodes;
using Vireo.Conformance.Runner;
using Vireo.Host.Cgroups;

namespace Vireo.Conformance.HostData;

/// <summary>Where a host's hierarchies of control groups are, by its own texts.</summary>
sealed class CgroupSuite : Suite
{
    public override string Name => "cgroup-detect";

    public override Outputs Run(CaseInput input)
    {
        // Upstream's hosts with v2 keep rules for devices there; what else it controls, their texts do not say.
        var found = CgroupMounts.Read(input.Text("mounts"), input.Text("self_cgroup"), static _ => "", static _ => true);
        var legacy = CgroupControllerNames.All.Select(one => (one.Name, At: found.FirstOrDefault(h => !h.IsUnified && (h.Controllers & one.Controller) != 0))).ToList();
        var lines = legacy.Select(static one => (one.Name, one.At?.MountPoint)).Append(("unified", found.FirstOrDefault(static h => h.IsUnified)?.MountPoint));
        return new Outputs
        {
            ["expected"] = Output.Text(string.Concat(lines.Select(static one => $"{one.Item1,-12} {one.Item2 ?? "<null>"}\n"))),
            ["result"] = Output.Value(new JsonObject
            {
                ["mounts"] = Table(legacy.Select(static one => (one.Name, one.At?.MountPoint))),
                ["placement"] = Table(legacy.Select(static one => (one.Name, one.At?.Own))),
            }),
        };
    }

    /// <summary>Both are made of every host; a case asks for the one or the other.</summary>
    public override string? Difference(CaseInput input, string member, Output made, string? expected) =>
        expected is null ? null : base.Difference(input, member, made, expected);

    static JsonObject Table(IEnumerable<(string Name, string? Value)> rows) =>
        new(rows.Where(static row => row.Value is not null).Select(static row => KeyValuePair.Create<string, JsonNode?>(row.Name, row.Value)));
}
