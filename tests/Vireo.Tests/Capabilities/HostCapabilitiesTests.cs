using System.Text.Json;
using Vireo.Core;
using Vireo.Cpu;
using Vireo.Cpu.X86;
using Vireo.Host.Topology;
using Vireo.Hypervisor.Capabilities;
using Vireo.Model.Capabilities;
using Vireo.Tests.Topology;
using Xunit;

namespace Vireo.Tests.Capabilities;

public class HostCapabilitiesTests
{
    public static TheoryData<string> Hosts() => TreeFolder.Names("host-capabilities");

    [Theory, MemberData(nameof(Hosts))]
    public void Describes_a_host_as_stock_does(string name)
    {
        string suite = TreeFolder.Suite("host-capabilities");
        JsonElement one = TreeFolder.Case(suite, name);
        using TreeFolder host = TreeFolder.OfHost(Path.Combine(suite, one.GetProperty("tree").GetString()!));
        CapabilitiesDef read = new HostCapabilities(host.Tree, one.GetProperty("arch").GetString()!, new HostMemory(1048576, 0))
            .Read(new DriverCapabilities { ProbeCpu = false, Migration = one.GetProperty("live_migrate").GetBoolean() ? new HostMigration(true, default) : null });
        CapabilitiesDef shown = read with { Host = read.Host with { Cells = [.. read.Host.Cells.Select(WithMemoryOfTheSuite)] } };
        Assert.Equal(File.ReadAllText(Path.Combine(suite, one.GetProperty("expected").GetString()!)).TrimEnd(), shown.ToXml().TrimEnd());
    }

    // The suite's memory, pages and distances are made up, not part of its trees.
    static HostCell WithMemoryOfTheSuite(HostCell cell) => cell with
    {
        Memory = new MemorySize((ulong)(cell.Id + 1) << 20),
        Pages = [.. new ulong[] { 4, 2048, 1048576 }.Select((size, i) => new HostPages(size, (ulong)((cell.Id + 1 + i) * 2048)))],
        Distances = default,
    };

    [Fact]
    public void A_machine_and_its_alias_stand_together_and_the_default_comes_first()
    {
        GuestDef guest = GuestDef.ForQemu(
            "i686", "/usr/bin/qemu-system-i386",
            [new("none", null, 1, false, false), new("q1", null, 288, true, false), new("pc-7.2", "pc", 255, false, true)], kvm: true);
        Assert.Equal(["pc-7.2", "pc", "q1"], guest.Machines.Select(m => m.Name));
        Assert.Equal("pc-7.2", guest.Machines[1].Canonical);
        string xml = new CapabilitiesDef { Host = new HostDef { Cpu = new HostCpu { Arch = "x86_64" } }, Guests = [guest] }.ToXml();
        Assert.Contains("      <machine canonical='pc-7.2' maxCpus='255'>pc</machine>\n      <machine maxCpus='288' deprecated='yes'>q1</machine>\n", xml);
        Assert.Contains("      <apic default='on' toggle='no'/>\n", xml);
    }

    [Fact]
    public void The_cpu_of_this_machine_has_the_features_that_the_kernel_reports()
    {
        Assert.SkipUnless(System.Runtime.Intrinsics.X86.X86Base.IsSupported, "not an x86 machine");
        CpuData data = NativeCpuid.Read(X86Map.Shared, _ => null)!;
        CpuSpec cpu = X86Cpus.Shared.Decode(data, CpuRole.Host);
        string flags = new CpuInfo(File.ReadAllText("/proc/cpuinfo"), "x86_64").First("flags") + " ";
        foreach (string feature in new[] { "sse2", "avx2", "aes", "fma", "lm" })
            Assert.Equal(flags.Contains($" {feature} ", StringComparison.Ordinal), X86Cpus.Shared.HasFeature(cpu, feature));
        Assert.Equal(data.VendorString, new CpuInfo(File.ReadAllText("/proc/cpuinfo"), "x86_64").First("vendor_id"));
    }
}
