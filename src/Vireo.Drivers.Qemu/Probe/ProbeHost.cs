using System.Text;
using Vireo.Cpu.Map;
using Vireo.Cpu.X86;
using Vireo.Host.Topology;

namespace Vireo.Drivers.Qemu.Probe;

/// <summary>What of the host a binary's answers depend on: when it changes, the binary is asked again.</summary>
public sealed record ProbeHost
{
    static readonly string[] kvmModules = ["kvm_intel", "kvm_amd", "kvm_hv", "kvm"];

    /// <summary>KVM can be used.</summary>
    public required bool Kvm { get; init; }

    /// <summary>Release and version of the kernel, as uname tells them.</summary>
    public string? Kernel { get; init; }

    /// <summary>The processor's microcode; 0: not told.</summary>
    public uint Microcode { get; init; }

    /// <summary>The processor in one line.</summary>
    public string? Signature { get; init; }

    /// <summary>What the processor tells, as the element <c>cpudata</c>; null on architectures that tell nothing.</summary>
    public string? CpuData { get; init; }

    /// <summary>Guests can run guests.</summary>
    public bool Nesting { get; init; }

    /// <summary>Guests can be kept from the host's eyes.</summary>
    public bool SecureGuest { get; init; }

    /// <summary>Looks at the host.</summary>
    /// <param name="tree">Its /proc and /sys.</param>
    /// <param name="kvm">KVM can be used.</param>
    /// <param name="registers">Model specific registers of the processor; null: not asked.</param>
    /// <param name="map">Says what of the processor's leaves and registers features are in.</param>
    public static ProbeHost Read(HostTree tree, bool kvm, KvmHost? registers, CpuMap map)
    {
        var cpu = new CpuInfo(tree.Text("/proc/cpuinfo") ?? "", GuestArchs.Host);
        return new ProbeHost
        {
            Kvm = kvm,
            Kernel = $"{tree.Text("/proc/sys/kernel/osrelease")} {tree.Text("/proc/sys/kernel/version")}".Trim() is { Length: > 0 } kernel ? kernel : null,
            Microcode = cpu.Microcode,
            Signature = cpu.Signature,
            CpuData = NativeCpuid.Read(map.X86.Map, index => registers?.Msr(index)) is { } data ? Text(data) : null,
            Nesting = kvm && kvmModules.Any(m => IsOn(tree.Text($"/sys/module/{m}/parameters/nested"))),
            SecureGuest = kvm && (IsOn(tree.Text("/sys/module/kvm_amd/parameters/sev")) || IsOn(tree.Text("/sys/firmware/uv/prot_virt_host"))),
        };
    }

    static bool IsOn(string? value) => value is "1" or "Y" or "y";

    static string Text(CpuData data)
    {
        var text = new StringBuilder("<cpudata arch='x86'>");
        foreach (var ((leaf, subleaf), w) in data.Leaves)
            text.Append($"<cpuid eax_in='0x{leaf:x8}' ecx_in='0x{subleaf:x8}' eax='0x{w.Eax:x8}' ebx='0x{Stable(leaf, w.Ebx):x8}' ecx='0x{w.Ecx:x8}' edx='0x{w.Edx:x8}'/>");
        foreach (var (index, value) in data.Msrs)
            text.Append($"<msr index='0x{index:x}' eax='0x{(uint)value:x8}' edx='0x{(uint)(value >> 32):x8}'/>");
        return text.Append("</cpudata>").ToString();
    }

    // The upper byte of leaf 1 is the number of the processor that was asked.
    static uint Stable(uint leaf, uint ebx) => leaf == 1 ? ebx & 0x00ffffff : ebx;
}
