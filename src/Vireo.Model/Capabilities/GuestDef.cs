using Vireo.Core;

namespace Vireo.Model.Capabilities;

/// <summary>A kind of guest that can be run.</summary>
public sealed record GuestDef
{
    public required string OsType { get; init; }
    public required string Arch { get; init; }
    public required int WordSize { get; init; }
    public string? Emulator { get; init; }
    public string? Loader { get; init; }
    public ValueList<GuestMachine> Machines { get; init; }

    /// <summary>Types for the <c>&lt;domain&gt;</c> element.</summary>
    public ValueList<string> DomainTypes { get; init; }
    public ValueList<GuestFeature> Features { get; init; }

    /// <summary>A guest under QEMU.</summary>
    /// <param name="arch">libvirt's name of its architecture.</param>
    /// <param name="emulator">The binary.</param>
    /// <param name="machines">In QEMU's order; the one that is the default comes first in the document.</param>
    /// <param name="kvm">Can KVM run it?</param>
    public static GuestDef ForQemu(string arch, string emulator, IReadOnlyList<QemuMachine> machines, bool kvm)
    {
        bool x86 = arch is "x86_64" or "i686";
        List<GuestFeature> features = [];
        if (arch == "i686")
            features.AddRange([new("pae"), new("nonpae")]);
        if (x86)
            features.AddRange([new("acpi", true, true), new("apic", true, false)]);
        else if (arch == "aarch64")
            features.Add(new("acpi", true, true));
        features.AddRange([new("cpuselection"), new("deviceboot"), new("disksnapshot", true, false)]);
        return new GuestDef
        {
            OsType = "hvm",
            Arch = arch,
            WordSize = arch is "i686" or "armv6l" or "armv7l" or "ppc" or "riscv32" or "sparc" or "mips" or "mipsel" ? 32 : 64,
            Emulator = emulator,
            Machines = [.. machines.Where(m => m.Name != "none").OrderBy(m => m.IsDefault ? 0 : 1).SelectMany(Entries)],
            DomainTypes = kvm ? ["qemu", "kvm"] : ["qemu"],
            Features = [.. features],
        };
    }

    // The newest machine of a family appears under its own name and under the family's.
    static IEnumerable<GuestMachine> Entries(QemuMachine machine)
    {
        yield return new GuestMachine(machine.Name, null, machine.MaxCpus, machine.Deprecated);
        if (machine.Alias is not null)
            yield return new GuestMachine(machine.Alias, machine.Name, machine.MaxCpus, machine.Deprecated);
    }
}

/// <summary>A machine type as QEMU reports it.</summary>
public readonly record struct QemuMachine(string Name, string? Alias, int MaxCpus, bool Deprecated, bool IsDefault);

/// <summary>A machine type; <paramref name="Canonical"/> is the name that an alias stands for.</summary>
public readonly record struct GuestMachine(string Name, string? Canonical, int MaxCpus, bool Deprecated);

/// <summary>What guests can have: whether it is on unless switched, and whether it can be switched; null where there is no switch.</summary>
public readonly record struct GuestFeature(string Name, bool? Default = null, bool? Toggle = null);
