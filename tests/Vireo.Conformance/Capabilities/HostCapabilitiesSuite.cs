using Vireo.Conformance.Runner;
using Vireo.Core;
using Vireo.Host.Topology;
using Vireo.Hypervisor.Capabilities;
using Vireo.Model.Capabilities;

namespace Vireo.Conformance.Capabilities;

/// <summary>What a host shows of itself, from its sysfs.</summary>
sealed class HostCapabilitiesSuite : Suite
{
    public override string Name => "host-capabilities";

    public override Outputs Run(CaseInput input)
    {
        string folder = Directory.CreateTempSubdirectory("vireo-tree-").FullName;
        try
        {
            LayOut(input.PathOf("tree"), folder);
            CapabilitiesDef read = new HostCapabilities(new HostTree(folder), input.Word("arch")!, new HostMemory(1048576, 0)).Read(new DriverCapabilities
            {
                ProbeCpu = false,
                Migration = input.Flag("offline_migrate") || input.Flag("live_migrate") ? new HostMigration(input.Flag("live_migrate"), default) : null,
            });
            return Outputs.Of((read with { Host = read.Host with { Cells = [.. read.Host.Cells.Select(WithMemoryOfTheSuite)] } }).ToXml());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // The suite's memory, pages and distances are made up, not part of its trees.
    static HostCell WithMemoryOfTheSuite(HostCell cell) => cell with
    {
        Memory = new MemorySize((ulong)(cell.Id + 1) << 20),
        Pages = [.. new ulong[] { 4, 2048, 1048576 }.Select((size, i) => new HostPages(size, (ulong)((cell.Id + 1 + i) * 2048)))],
        Distances = default,
    };

    // Links lead from one tree to its neighbours.
    static void LayOut(string tree, string folder)
    {
        foreach (string one in Directory.GetFiles(Path.GetDirectoryName(tree)!, "*.tree.json"))
            TreeOnDisk.LayOut(one, Path.Combine(folder, "trees", NameOf(one)));
        string own = Path.Combine(folder, "trees", NameOf(tree));
        Directory.CreateDirectory(Path.Combine(folder, "sys/devices"));
        Directory.CreateDirectory(Path.Combine(folder, "sys/fs"));
        File.CreateSymbolicLink(Path.Combine(folder, "sys/devices/system"), Path.Combine(own, "system"));
        File.CreateSymbolicLink(Path.Combine(folder, "sys/fs/resctrl"), Path.Combine(own, "resctrl"));
    }

    static string NameOf(string tree) => Path.GetFileName(tree).Replace(".tree.json", "", StringComparison.Ordinal);
}
