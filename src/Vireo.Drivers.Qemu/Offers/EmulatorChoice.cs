using System.Collections.Frozen;
using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Probe;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Qemu.Offers;

/// <summary>The emulator, accelerator and machine that a question about guests means; what is left out is what a guest would get.</summary>
/// <param name="Facts">The binary.</param>
/// <param name="Arch">The architecture, one that the binary runs beside its own perhaps.</param>
/// <param name="Type">The type of domain, as written or chosen.</param>
/// <param name="Machine">The machine type.</param>
sealed record EmulatorChoice(QemuFacts Facts, string Arch, DomainType Type, MachineFacts? Machine)
{
    static readonly FrozenDictionary<string, DomainType> types =
        Enum.GetValues<DomainType>().ToFrozenDictionary(static t => t.ToXml(), StringComparer.Ordinal);

    /// <summary>Under KVM.</summary>
    internal bool Kvm => Type is DomainType.Kvm;

    /// <summary>What the binary offers with this accelerator; everything that is not KVM's is the translator's.</summary>
    internal AcceleratorFacts? Accelerator => Facts.For(Kvm);

    /// <summary>Finds it.</summary>
    /// <exception cref="VireoException">There is no such thing.</exception>
    internal static async ValueTask<EmulatorChoice> FindAsync(
        QemuBinaries binaries, string? emulator, string? arch, string? machine, string? virtType, CancellationToken cancel)
    {
        DomainType? type = virtType is null ? null : types.TryGetValue(virtType, out DomainType known) ? known : throw Invalid($"unknown virttype: {virtType}");
        if (arch is not null && !GuestArchs.IsKnown(arch))
            throw Invalid($"unknown architecture: {arch}");
        string binary = emulator ?? QemuBinaries.DefaultFor(arch ?? GuestArchs.Host)
            ?? throw QemuErrors.Unsupported($"unable to find any emulator to serve '{arch ?? GuestArchs.Host}' architecture");
        QemuFacts facts = await binaries.GetAsync(binary, cancel).ConfigureAwait(false);
        if (arch is not null && !GuestArchs.IsNative(facts.Arch, arch))
            throw Invalid(GuestArchs.IsNative(arch, facts.Arch)
                ? $"Emulator '{binary}' does not support arch '{arch}'"
                : $"architecture from emulator '{facts.Arch}' doesn't match given architecture '{arch}'");
        type ??= facts.KvmUsable && GuestArchs.IsNative(facts.Arch) ? DomainType.Kvm : DomainType.Qemu;
        if (type is DomainType.Kvm && facts.Kvm is null)
            throw Invalid($"the accel 'kvm' is not supported by '{binary}' on this host");
        MachineFacts? found = machine is null
            ? DomainOffer.PreferredMachine(facts, type is DomainType.Kvm)
            : (facts.For(type is DomainType.Kvm) ?? facts.Tcg)?.FindMachine(machine) ?? throw Invalid($"the machine '{machine}' is not supported by emulator '{binary}'");
        return new EmulatorChoice(facts, arch ?? facts.Arch, type.Value, found);
    }

    /// <summary>Refuses a type of domain that the binary does not run.</summary>
    internal void RequireType()
    {
        if (Type is not (DomainType.Kvm or DomainType.Qemu) || Accelerator is null)
            throw Invalid($"Emulator '{Facts.Emulator}' does not support virt type '{Type.ToXml()}'");
    }

    internal static VireoException Invalid(string text) => VireoException.InvalidArgument(ErrorDomain.Qemu, text);
}
