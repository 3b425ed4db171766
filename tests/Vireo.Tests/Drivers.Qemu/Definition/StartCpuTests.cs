using System.Collections.Frozen;
using Vireo.Core.Errors;
using Vireo.Cpu.Map;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Model.Domain.Cpu;
using Xunit;

namespace Vireo.Tests.Drivers.Qemu.Definition;

/// <summary>Whether a CPU can be started at all; the words are those of stock 9.0.0 for QEMU 7.2 on a PC without KVM.</summary>
public sealed class StartCpuTests
{
    static string Said(string arch, string cpu, string? hostArch = "x86_64", CpuMap? map = null, bool models = true)
    {
        var accelerator = new AcceleratorFacts
        {
            CpuModels = models ? [new CpuModelFacts("qemu")] : [],
            HostCpu = new HostCpuFacts("max"),
        };
        var facts = new QemuFacts { Emulator = "/q", Arch = arch, Version = 7_002_000, Flags = FrozenSet<string>.Empty, Tcg = accelerator };
        try
        {
            _ = HostCpu.Prepare(CpuDef.Parse(cpu), kvm: false, facts, map ?? CpuMap.Default, hostArch);
            return "";
        }
        catch (VireoException refused)
        {
            return refused.Message;
        }
    }

    [Theory]
    [InlineData("x86_64", "<cpu mode='host-passthrough'/>", "unsupported configuration: CPU mode 'host-passthrough' for x86_64 qemu domain on x86_64 host is not supported by hypervisor")]
    [InlineData("s390x", "<cpu mode='host-model'/>", "unsupported configuration: CPU mode 'host-model' for s390x qemu domain on x86_64 host is not supported by hypervisor")]
    [InlineData("s390x", "<cpu mode='maximum'/>", "unsupported configuration: CPU mode 'maximum' for s390x qemu domain on x86_64 host is not supported by hypervisor")]
    [InlineData("s390x", "<cpu mode='custom' check='none'><model>nomodel</model></cpu>", "this function is not supported by the connection driver: cannot translate CPU model nomodel to a supported model")]
    [InlineData("s390x", "<cpu mode='custom' check='partial'><model>qemu</model></cpu>", "the CPU is incompatible with host CPU: unknown host CPU")]
    [InlineData("s390x", "<cpu mode='custom' match='minimum'><model>qemu</model></cpu>", "unsupported configuration: match mode minimum not supported")]
    [InlineData("s390x", "<cpu mode='custom' match='strict' check='full'><model>qemu</model><feature name='x' policy='require'/></cpu>", "")]
    [InlineData("riscv64", "<cpu mode='custom'><model>rv64</model></cpu>", "this function is not supported by the connection driver: 'riscv64' architecture is not supported by CPU driver")]
    [InlineData("riscv64", "<cpu><topology sockets='1' cores='1' threads='1'/></cpu>", "this function is not supported by the connection driver: 'riscv64' architecture is not supported by CPU driver")]
    public void A_cpu_that_cannot_be_had_here_is_refused_in_stocks_words(string arch, string cpu, string said) => Assert.Equal(said, Said(arch, cpu));

    [Fact]
    public void A_mainframe_compares_no_cpus_by_itself() => Assert.Equal(
        "this function is not supported by the connection driver: cannot compare CPUs of s390x architecture",
        Said("s390x", "<cpu mode='custom' check='partial'><model>qemu</model></cpu>", hostArch: "s390x"));

    [Fact]
    public void Later_releases_leave_the_cpus_of_risc_v_to_QEMU()
    {
        CpuMap later = CpuMap.Of(CpuMap.Newest);
        Assert.Equal("", Said("riscv64", "<cpu mode='custom'><model>rv64</model><feature name='zba' policy='require'/></cpu>", map: later));
        Assert.Equal("", Said("riscv64", "<cpu><topology sockets='1' cores='1' threads='1'/></cpu>", map: later, models: false));
        Assert.Equal(
            "unsupported configuration: CPU mode 'custom' for riscv64 qemu domain on x86_64 host is not supported by hypervisor",
            Said("riscv64", "<cpu mode='custom'><model>rv64</model></cpu>", map: later, models: false));
    }
}
