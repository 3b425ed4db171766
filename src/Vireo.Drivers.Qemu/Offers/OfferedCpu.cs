using Vireo.Core;
using Vireo.Cpu;
using Vireo.Cpu.Map;
using Vireo.Drivers.Qemu.Facts;
using HostCpu = Vireo.Drivers.Qemu.Machine.HostCpu;
using Vireo.Drivers.Qemu.Probe;
using Vireo.Model.Capabilities;
using Vireo.Model.Domain.Cpu;

namespace Vireo.Drivers.Qemu.Offers;

/// <summary>The ways to choose a guest's CPU.</summary>
static class OfferedCpu
{
    internal static CapabilityCpu Of(QemuFacts facts, bool kvm, OfferContext host) => new()
    {
        Modes = [Passthrough(facts, kvm, host), Maximum(facts), HostModel(facts, kvm, host), Custom(facts, kvm, host.CpuMap)],
    };

    static CapabilityCpuMode Passthrough(QemuFacts facts, bool kvm, OfferContext host) => kvm && GuestArchs.IsNative(host.HostArch, facts.Arch)
        ? Mode("host-passthrough", DomainOffer.Words("hostPassthroughMigratable", [.. DomainOffer.If(facts.Has(QemuFlag.CpuMigratable), "on"), "off"]))
        : None("host-passthrough");

    static CapabilityCpuMode Maximum(QemuFacts facts) =>
        facts.Has("cpu-max") ? Mode("maximum", DomainOffer.Words("maximumMigratable", ["on", "off"])) : None("maximum");

    static CapabilityCpuMode HostModel(QemuFacts facts, bool kvm, OfferContext host)
    {
        if (!GuestArchs.IsNative(host.HostArch, facts.Arch) || facts.For(kvm) is not { } accelerator)
            return None("host-model");
        if (HostCpu.Offered(facts, accelerator, host.HostCpu, host.CpuMap.X86) is not { Model: { } model } cpu)
            return None("host-model");
        return new CapabilityCpuMode
        {
            Name = "host-model",
            Supported = true,
            Models = [new CapabilityCpuModel { Name = model, Fallback = cpu.AllowsFallback ? "allow" : "forbid" }],
            Vendor = cpu.Vendor,
            Features = [.. cpu.Features.Select(static f => new CapabilityCpuFeature { Policy = f.Policy.ToXml(), Name = f.Name })],
        };
    }

    static CapabilityCpuMode Custom(QemuFacts facts, bool kvm, CpuMap map) => facts.For(kvm) is not { CpuModels: { IsEmpty: false } models } ? None("custom") : new()
    {
        Name = "custom",
        Supported = true,
        Models = [.. models.Where(m => IsNamed(facts.Arch, m.Name, map)).Select(m => new CapabilityCpuModel
        {
            Name = m.Name,
            Usable = m.Usable switch { CpuUsable.Yes => "yes", CpuUsable.No => "no", _ => "unknown" },
            Deprecated = m.Deprecated ? true : null,
            Vendor = VendorOf(facts.Arch, m.Name, map) ?? "unknown",
        })],
    };

    // Where a map names models, only those can be asked for; "host" is no model.
    static bool IsNamed(string arch, string model, CpuMap map) => Family(arch, map) is { } family ? family.ModelNames.Contains(model) : model != "host";

    static CpuFamily? Family(string arch, CpuMap map) => arch is "x86_64" or "i686" or "ppc64" or "ppc64le" ? map.Family(arch) : null;

    static string? VendorOf(string arch, string model, CpuMap map) => arch switch
    {
        "x86_64" or "i686" => map.X86.Map.FindModel(model)?.Vendor?.Name,
        "ppc64" or "ppc64le" => map.Ppc64.Map.FindModel(model)?.Vendor,
        _ => null,
    };

    static CapabilityCpuMode Mode(string name, CapabilityEnum words) => new() { Name = name, Supported = true, Enums = [words] };

    static CapabilityCpuMode None(string name) => new() { Name = name, Supported = false };
}
