using Vireo.Cpu;
using Vireo.Host.Topology;
using Vireo.Hypervisor.Capabilities;
using Xunit;

namespace Vireo.Tests.Capabilities;

/// <summary>The model of a host that is not of the x86 family, from what its kernel tells.</summary>
public class PhysicalCpuTests
{
    static CpuSpec? Probe(string arch, string cpuinfo)
    {
        string folder = Directory.CreateTempSubdirectory("vireo-cpuinfo-").FullName;
        try
        {
            Directory.CreateDirectory(Path.Join(folder, "proc"));
            File.WriteAllText(Path.Join(folder, "proc", "cpuinfo"), cpuinfo);
            return new HostCapabilities(new HostTree(folder), arch, new HostMemory(1, 0)).ProbeCpu();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void An_arm_core_is_known_by_implementer_and_part()
    {
        CpuSpec cpu = Probe("aarch64", "processor\t: 0\nFeatures\t: fp asimd aes\nCPU implementer\t: 0x41\nCPU variant\t: 0x3\nCPU part\t: 0xd0c\nCPU revision\t: 1\n")!;
        Assert.Equal(("Neoverse-N1", "ARM", CpuRole.Host), (cpu.Model, cpu.Vendor, cpu.Role));
        Assert.Equal(["fp", "asimd", "aes"], cpu.Features.Select(static f => f.Name));
    }

    [Fact]
    public void A_POWER_processor_is_known_by_its_version_register() =>
        Assert.Equal("POWER8", Probe("ppc64le", "processor\t: 0\ncpu\t\t: POWER8E (raw), altivec supported\nrevision\t: 2.1 (pvr 004b 0201)\n")!.Model);

    [Theory]
    [InlineData("aarch64", "CPU implementer\t: 0x41\nCPU part\t: 0xfff\n")]
    [InlineData("aarch64", "CPU implementer\t: x\nCPU part\t: 0xd0c\n")]
    [InlineData("aarch64", "")]
    [InlineData("ppc64", "revision\t: 2.1 (pvr 004b)\n")]
    [InlineData("ppc64", "revision\t: 2.1 (pvr zzzz 0201)\n")]
    [InlineData("ppc64", "revision\t: 2.1 (pvr ffff 0201)\n")]
    [InlineData("s390x", "vendor_id\t: IBM/S390\n")]
    [InlineData("riscv64", "isa\t: rv64imafdc\n")]
    public void What_no_map_knows_has_no_model(string arch, string cpuinfo) => Assert.Null(Probe(arch, cpuinfo));
}
