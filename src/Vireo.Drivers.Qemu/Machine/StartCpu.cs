using Vireo.Core.Errors;
using Vireo.Cpu.Map;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Drivers.Qemu.Probe;
using Vireo.Model.Domain.Cpu;

namespace Vireo.Drivers.Qemu.Machine;

/// <summary>What a guest's CPU must be for a start on this host, whatever its architecture. Found by starting such guests with stock 9.0.0.</summary>
static class StartCpu
{
    /// <summary>Refuses a CPU that libvirt does not know how to give: VIR_ERR_NO_SUPPORT or VIR_ERR_CONFIG_UNSUPPORTED.</summary>
    /// <param name="cpu">The guest's.</param>
    /// <param name="kvm">Under KVM.</param>
    /// <param name="facts">The binary.</param>
    /// <param name="map">Whose architectures count.</param>
    /// <param name="hostArch">The host's architecture; null: the binary's own.</param>
    internal static void Check(CpuDef cpu, bool kvm, QemuFacts facts, CpuMap map, string? hostArch)
    {
        if (!map.HasOperations(facts.Arch))
            throw new VireoException(VirError.Of(ErrorCode.NoSupport, ErrorDomain.Cpu, $"'{facts.Arch}' architecture is not supported by CPU driver"));
        bool native = hostArch is null || GuestArchs.IsNative(hostArch, facts.Arch);
        bool offered = cpu.Mode switch
        {
            CpuMode.HostPassthrough => kvm && native,
            CpuMode.Maximum => facts.Has("cpu-max"),
            CpuMode.HostModel => native && (facts.Arch is not ("x86_64" or "i686" or "s390x") || facts.For(kvm)?.HostCpu is not null),
            _ => cpu.Model?.Name is null || facts.For(kvm) is { CpuModels.IsEmpty: false },
        };
        if (!offered)
            throw new VireoException(ErrorCode.ConfigUnsupported, ErrorDomain.Qemu,
                $"CPU mode '{(cpu.Mode ?? CpuMode.Custom).ToXml()}' for {facts.Arch} {(kvm ? "kvm" : "qemu")} domain on {hostArch ?? facts.Arch} host is not supported by hypervisor");
    }

    /// <summary>A mainframe's CPU of a model that the definition names: there is nothing to compare with, and nothing to translate to.</summary>
    internal static void CheckMainframe(CpuDef cpu, AcceleratorFacts accelerator, bool native)
    {
        if (cpu.Check is CpuCheck.Partial)
            throw native
                ? new VireoException(VirError.Of(ErrorCode.NoSupport, ErrorDomain.Cpu, "cannot compare CPUs of s390x architecture"))
                : new VireoException(ErrorCode.CpuIncompatible, ErrorDomain.Cpu, "unknown host CPU");
        if (cpu.Match is CpuMatch.Minimum)
            throw new VireoException(ErrorCode.ConfigUnsupported, ErrorDomain.Cpu, "match mode minimum not supported");
        if (accelerator.CpuModels is { IsEmpty: false } models && models.All(m => m.Name != cpu.Model?.Name))
            throw new VireoException(VirError.Of(ErrorCode.NoSupport, ErrorDomain.Cpu, $"cannot translate CPU model {cpu.Model?.Name} to a supported model"));
    }
}
