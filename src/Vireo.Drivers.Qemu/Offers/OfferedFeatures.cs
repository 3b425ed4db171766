using System.Globalization;
using Vireo.Core;
using Vireo.Drivers.Qemu.Definition;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Model.Capabilities;

namespace Vireo.Drivers.Qemu.Offers;

/// <summary>The features that machines can have.</summary>
static class OfferedFeatures
{
    internal static CapabilityFeatures Of(QemuFacts facts, bool kvm, MachineType type, OfferContext host) => new()
    {
        Gic = Gic(facts, kvm, type),
        VmCoreInfo = facts.Has("vmcoreinfo"),
        GenerationId = facts.Has("vmgenid"),
        BackingStoreInput = true,
        Backup = facts.Has("incremental-backup"),
        S390Pv = facts.Arch == "s390x" ? facts.Has("confidential-guest-support") && facts.Has("s390-pv-guest") : null,
        Sev = Sev(facts.Sev, host.Sev),
        Sgx = Sgx(facts.Sgx),
        HyperV = facts.HypervFeatures is { } features ? DomainOffer.Choice(("features", [.. features])) : null,
    };

    static CapabilityChoice Gic(QemuFacts facts, bool kvm, MachineType type)
    {
        string[] versions = type.IsArmVirt
            ? [.. facts.Gics.Where(g => kvm ? g.Kernel : g.Emulated).OrderBy(static g => g.Version).Select(static g => g.Version.ToString(CultureInfo.InvariantCulture))]
            : [];
        return versions.Length > 0 ? DomainOffer.Choice(("version", versions)) : DomainOffer.Nothing;
    }

    static CapabilitySev Sev(SevFacts? sev, SevLimits? limits) => sev is null ? new() { Supported = false } : new()
    {
        Supported = true,
        CbitPosition = sev.CBitPos,
        ReducedPhysicalBits = sev.ReducedPhysBits,
        MaxGuests = limits?.MaxGuests ?? 0,
        MaxEsGuests = limits?.MaxEsGuests ?? 0,
    };

    static CapabilitySgx Sgx(SgxFacts? sgx) => sgx is null ? new() { Supported = false } : new()
    {
        Supported = true,
        LaunchControl = sgx.Flc,
        Sgx1 = sgx.Sgx1,
        Sgx2 = sgx.Sgx2,
        SectionSize = new MemorySize(sgx.SectionSizeKiB),
        Sections = [.. sgx.Sections.Select(static s => new CapabilitySgxSection { Node = (uint)s.Node, Size = new MemorySize(s.SizeKiB) })],
    };
}
