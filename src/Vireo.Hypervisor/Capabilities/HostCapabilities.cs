using Vireo.Core;
using Vireo.Cpu;
using Vireo.Cpu.Map;
using Vireo.Cpu.X86;
using Vireo.Host.Topology;
using Vireo.Model.Capabilities;

namespace Vireo.Hypervisor.Capabilities;

/// <summary>What a driver adds to what the host shows of itself.</summary>
public sealed record DriverCapabilities
{
    /// <summary>The host's identity.</summary>
    public Uuid? HostUuid { get; init; }

    /// <summary>Null: this driver's guests do not migrate.</summary>
    public HostMigration? Migration { get; init; }

    /// <summary>Security drivers, in their order.</summary>
    public ValueList<HostSecurityModel> SecurityModels { get; init; }

    /// <summary>What can be run.</summary>
    public ValueList<GuestDef> Guests { get; init; }

    /// <summary>Find out the model of the CPU? Otherwise only its architecture is shown.</summary>
    public bool ProbeCpu { get; init; } = true;
}

/// <summary>Makes the document of <c>virsh capabilities</c> for any driver. Reads the host anew each time: CPUs and pages come and go.</summary>
/// <param name="tree">The host's /proc and /sys.</param>
/// <param name="arch">libvirt's name of its architecture.</param>
/// <param name="memory">Its memory, where it has no NUMA nodes.</param>
/// <param name="pageKiB">The size of its ordinary pages.</param>
/// <param name="kvm">Counters and registers; null: do not ask.</param>
/// <param name="map">What CPU models mean; null: as the default release has it.</param>
public sealed class HostCapabilities(HostTree tree, string arch, HostMemory memory, ulong pageKiB = 4, KvmHost? kvm = null, CpuMap? map = null)
{
    /// <summary>The whole document.</summary>
    public string ToXml(DriverCapabilities driver) => Read(driver).ToXml();

    /// <summary>The document as records.</summary>
    public CapabilitiesDef Read(DriverCapabilities driver)
    {
        var nodes = new NumaNodes(tree, pageKiB, memory);
        var parts = new HostParts(tree);
        ResourceControl control = ResourceControl.Read(tree);
        IReadOnlyList<CacheBank> banks = HostCaches.Read(tree);
        var host = new HostDef
        {
            Uuid = driver.HostUuid,
            Cpu = driver.ProbeCpu ? Cpu(nodes) : new HostCpu { Arch = arch },
            Iommu = tree.Names("/sys/kernel/iommu_groups").Count > 0,
            Migration = driver.Migration,
            Cells = [.. nodes.Read().Select(parts.Cell)],
            Interconnects = HostParts.Interconnects(nodes.Links()),
            Caches = [.. banks.Select(b => HostParts.Bank(b, control))],
            CacheMonitor = HostParts.Monitor(control.Monitor, "llc_", isCache: true),
            Bandwidth = control.Bandwidth is { } bandwidth ? HostParts.Bandwidth(banks, bandwidth) : default,
            BandwidthMonitor = HostParts.Monitor(control.Monitor, "mbm_", isCache: false),
            SecurityModels = driver.SecurityModels,
        };
        return new CapabilitiesDef { Host = host, Guests = driver.Guests };
    }

    /// <summary>
    /// The physical CPU as a definition to compare guests with; null where no map knows it. x86 tells by CPUID and registers, arm and POWER
    /// by what the kernel shows of theirs; models of s390 are the hypervisor's affair.
    /// </summary>
    public CpuSpec? ProbeCpu() => arch switch
    {
        "x86_64" or "i686" => Cpuid() is { } data ? X86.Decode(data, CpuRole.Host) : null,
        "aarch64" when Info.MainId is { } midr => Map.Arm.Describe(midr, Info.First("Features")?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? []),
        "ppc64" or "ppc64le" when Info.ProcessorVersion is { } version => Map.Ppc64.Describe(version),
        _ => null,
    };

    CpuMap Map => map ?? CpuMap.Default;

    X86Cpus X86 => Map.X86;

    CpuInfo Info => new(tree.Text("/proc/cpuinfo") ?? "", arch);

    CpuData? Cpuid() => arch is "x86_64" or "i686" ? NativeCpuid.Read(X86.Map, index => kvm?.Msr(index)) : null;

    HostCpu Cpu(NumaNodes nodes)
    {
        CpuInfo info = Info;
        NodeTopology shape = NodeTopology.Read(tree, info);
        CpuSpec? cpu = ProbeCpu();
        return new HostCpu
        {
            Arch = arch,
            Model = cpu?.Model,
            Vendor = cpu?.Vendor,
            Microcode = info.Microcode is not 0 and var version ? version : null,
            Signature = cpu is not null && Cpuid()?.Signature is { } s ? new HostCpuSignature(s.Family, s.Model, s.Stepping) : null,
            Counter = kvm?.Tsc() is { } tsc ? new HostCounter(tsc.Hertz, tsc.Scaling) : null,
            Topology = new HostCpuTopology(shape.Sockets, 1, shape.Cores, shape.Threads),
            PhysicalAddressBits = info.PhysicalAddressBits,
            Features = [.. cpu?.Features.Select(f => f.Name) ?? []],
            PageSizes = [.. nodes.PageSizes],
        };
    }
}
