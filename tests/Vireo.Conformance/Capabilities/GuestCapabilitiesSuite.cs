using Vireo.Conformance.Runner;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Model.Capabilities;

namespace Vireo.Conformance.Capabilities;

/// <summary>What a binary's flags mean for the guests of the host's capabilities.</summary>
sealed class GuestCapabilitiesSuite : Suite
{
    public override string Name => "qemu-caps2xml";

    public override Outputs Run(CaseInput input)
    {
        using StreamReader cache = File.OpenText(input.PathOf("caps"));
        QemuFacts facts = CapabilityCacheReader.Read(cache);
        string arch = input.Word("arch")!;
        return Outputs.Of(new CapabilitiesDef
        {
            Host = new HostDef { Cpu = new HostCpu { Arch = arch } },
            Guests = [GuestDef.ForQemu(arch, input.Word("binary")!, [], facts.KvmUsable)],
        }.ToXml());
    }
}
