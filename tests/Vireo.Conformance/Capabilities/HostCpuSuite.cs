using System.Globalization;
using Vireo.Conformance.Runner;
using Vireo.Core.Errors;
using Vireo.Host.Topology;

namespace Vireo.Conformance.Capabilities;

/// <summary>What <c>/proc/cpuinfo</c>, <c>/proc/stat</c> and sysfs say of the host's CPUs.</summary>
sealed class HostCpuSuite : Suite
{
    public override string Name => "host-cpu";

    public override Outputs Run(CaseInput input) => input.Word("kind") switch
    {
        "signature" => new CpuInfo(input.Text("cpuinfo"), input.Word("arch")!).Signature is { } signature ? Outputs.Of(signature) : [],
        "node-info" => NodeInfo(input),
        "cpu-stats" => Stats(input),
        var kind => throw new CaseFault($"a kind of case that nobody checks: {kind}"),
    };

    static Outputs NodeInfo(CaseInput input)
    {
        string folder = Directory.CreateTempSubdirectory("vireo-tree-").FullName, arch = input.Word("arch")!;
        try
        {
            TreeOnDisk.LayOut(input.PathOf("tree"), Path.Combine(folder, "sys/devices/system"));
            NodeTopology node = NodeTopology.Read(
                new HostTree(folder), new CpuInfo(input.Text("cpuinfo"), arch), arch is "ppc64" or "ppc64le" ? ThreadsPerSubcore : 0);
            return Outputs.Of(string.Create(CultureInfo.InvariantCulture,
                $"CPUs: {node.OnlineCpus}/{node.PresentCpus}, MHz: {node.Mhz}, Nodes: {node.Nodes}, Sockets: {node.Sockets}, Cores: {node.Cores}, Threads: {node.Threads}"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // The suite's environment: a kernel would be asked.
    const int ThreadsPerSubcore = 8;

    static Outputs Stats(CaseInput input)
    {
        for (int cpu = 0; cpu < input.Json("cpus").GetInt32(); cpu++)
            _ = CpuTimes.Parse(input.Text("input"), cpu) ?? throw VireoException.InvalidArgument(ErrorDomain.None, $"Invalid cpuNum in {cpu}");
        return [];
    }
}
