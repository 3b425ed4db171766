using System.Text.Json;
using Vireo.Conformance.Qemu;
using Vireo.Conformance.Runner;
using Vireo.Core;
using Vireo.Cpu;
using Vireo.Drivers.Bhyve.Offers;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Drivers.Qemu.Offers;
using Vireo.Drivers.Xen.Offers;
using Vireo.Model.Capabilities;

namespace Vireo.Conformance.Capabilities;

/// <summary>What machines can have under an emulator, on the hosts that the corpus describes.</summary>
sealed class DomainCapabilitiesSuite : Suite
{
    public override string Name => "domaincaps";

    public override Outputs Run(CaseInput input) => Outputs.Of((input.Word("driver") switch
    {
        "qemu" => Qemu(input),
        "bhyve" => Bhyve(input),
        "libxl" => XenOffer.Of(input.Word("emulator")!, input.Word("arch")!, input.Word("machine")!, [.. input.Words("firmwares")]),
        _ => DomainCapabilities.Unknown(input.Word("emulator")!, input.Word("virt_type")!, input.Word("machine"), input.Word("arch")!),
    }).ToXml());

    static ValueList<string> Images => ["/usr/share/AAVMF/AAVMF_CODE.fd", "/usr/share/AAVMF/AAVMF32_CODE.fd", "/usr/share/OVMF/OVMF_CODE.fd"];

    static DomainCapabilities Qemu(CaseInput input)
    {
        using StreamReader cache = File.OpenText(input.PathOf("caps"));
        QemuFacts facts = CapabilityCacheReader.Read(cache);
        DomainCapabilities offered = DomainOffer.Of(facts, input.Word("virt_type") == "kvm", input.Word("machine"), new OfferContext
        {
            HostArch = facts.Arch,
            HostCpu = Host(input, facts.Arch),
            Firmwares = new DescriptorTree(input, "firmware").Firmwares,
            HasFile = static _ => false,        // the corpus has descriptors, and none of the images that they name
            TpmVersions = [.. input.Words("swtpm_tpm_versions")],
            PciBackends = ["default", "vfio"],
            Sev = SevLimits.OfLeaf(509, 451),
        });
        // Which images a host has is nothing that the corpus knows: these stand in its documents instead.
        return offered with { Os = offered.Os! with { Loader = offered.Os.Loader! with { Values = Images } } };
    }

    static CpuSpec? Host(CaseInput input, string arch)
    {
        using JsonDocument all = JsonDocument.Parse(File.ReadAllText(input.Shared("fixtures/host-cpus.json")));
        return (arch switch { "x86_64" => "cpuBroadwell", "ppc64" => "cpuPower8", _ => null }) is { } name
            && all.RootElement.TryGetProperty(name, out JsonElement cpu)
            ? new CpuSpec
            {
                Role = CpuRole.Host,
                Model = cpu.GetProperty("model").GetString(),
                Features = [.. cpu.TryGetProperty("features", out JsonElement features) ? features.EnumerateArray().Select(static f => new FeatureTerm(f.GetString()!)) : []],
            }
            : null;
    }

    static DomainCapabilities Bhyve(CaseInput input)
    {
        HashSet<string> caps = [.. input.Words("bhyve_caps")];
        return BhyveOffer.Of(input.Word("emulator")!, input.Word("arch")!, input.Word("machine"),
            new BhyveAbilities(caps.Contains("BHYVE_CAP_LPC_BOOTROM"), caps.Contains("BHYVE_CAP_FBUF")), [.. input.Words("firmwares")]);
    }
}
