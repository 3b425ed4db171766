using System.Text.Json;
using Vireo.Host.Topology;
using Xunit;

namespace Vireo.Tests.Topology;

public class HostCpuTests
{
    public static TheoryData<string> Nodes() => TreeFolder.Names("host-cpu", c => c.GetProperty("kind").GetString() == "node-info");

    public static TheoryData<string> Signatures() => TreeFolder.Names("host-cpu", c => c.GetProperty("kind").GetString() == "signature");

    public static TheoryData<string> Stats() => TreeFolder.Names("host-cpu", c => c.GetProperty("kind").GetString() == "cpu-stats");

    [Theory, MemberData(nameof(Nodes))]
    public void Counts_nodes_sockets_cores_and_threads_as_stock_does(string name)
    {
        string suite = TreeFolder.Suite("host-cpu");
        JsonElement one = TreeFolder.Case(suite, name);
        using TreeFolder host = TreeFolder.OfSystem(Path.Combine(suite, one.GetProperty("tree").GetString()!));
        string arch = one.GetProperty("arch").GetString()!;
        NodeTopology it = NodeTopology.Read(host.Tree, Info(suite, one), arch == "ppc64" ? 8 : 0);
        Assert.Equal(
            File.ReadAllText(Path.Combine(suite, one.GetProperty("expected").GetString()!)).TrimEnd(),
            $"CPUs: {it.OnlineCpus}/{it.PresentCpus}, MHz: {it.Mhz}, Nodes: {it.Nodes}, Sockets: {it.Sockets}, Cores: {it.Cores}, Threads: {it.Threads}");
    }

    [Theory, MemberData(nameof(Signatures))]
    public void Names_the_processor(string name)
    {
        string suite = TreeFolder.Suite("host-cpu");
        JsonElement one = TreeFolder.Case(suite, name);
        string? expected = one.TryGetProperty("expected", out JsonElement file) ? File.ReadAllText(Path.Combine(suite, file.GetString()!)).TrimEnd() : null;
        Assert.Equal(expected, Info(suite, one).Signature);
    }

    [Theory, MemberData(nameof(Stats))]
    public void Reads_the_times_of_every_cpu_that_there_is(string name)
    {
        string suite = TreeFolder.Suite("host-cpu");
        JsonElement one = TreeFolder.Case(suite, name);
        string stat = File.ReadAllText(Path.Combine(suite, one.GetProperty("input").GetString()!));
        int cpus = one.GetProperty("cpus").GetInt32();
        bool found = Enumerable.Range(0, cpus).All(cpu => CpuTimes.Parse(stat, cpu) is not null);
        Assert.Equal(one.GetProperty("expect").GetString() == "ok", found);
    }

    [Fact]
    public void Times_are_in_nanoseconds()
    {
        const string Stat = "cpu  10 1 5 100 7 2 3 0 0 0\ncpu0 1 0 0 0 0 0 0 0 0 0\n";
        Assert.Equal(new CpuTimes(100_000_000, 110_000_000, 1_000_000_000, 70_000_000), CpuTimes.Parse(Stat, null));
        Assert.Equal(new CpuTimes(0, 10_000_000, 0, 0), CpuTimes.Parse(Stat, 0));
        Assert.Null(CpuTimes.Parse(Stat, 1));
    }

    [Fact]
    public void A_clock_a_microcode_and_an_address_width_come_from_cpuinfo()
    {
        var info = new CpuInfo("processor\t: 0\nmicrocode\t: 0x1000065\ncpu MHz\t\t: 2596.124\naddress sizes\t: 48 bits physical, 48 bits virtual\n", "x86_64");
        Assert.Equal((2596u, 16777317u, 48u), (info.Mhz, info.Microcode, info.PhysicalAddressBits));
    }

    static CpuInfo Info(string suite, JsonElement one) =>
        new(File.ReadAllText(Path.Combine(suite, one.GetProperty("cpuinfo").GetString()!)), one.GetProperty("arch").GetString()!);
}
