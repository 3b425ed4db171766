using Vireo.Core;
using Vireo.Drivers.Qemu.Definition;
using Vireo.Drivers.Qemu.Definition.Firmware;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Model.Capabilities;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Qemu.Offers;

/// <summary>What a machine can have under one binary, accelerator and machine type: the document of <c>virsh domcapabilities</c>.</summary>
public static class DomainOffer
{
    /// <summary>Makes the document.</summary>
    /// <param name="facts">The binary.</param>
    /// <param name="kvm">Under KVM, or else under QEMU's translator.</param>
    /// <param name="machine">A machine type or its short name; null: the one that a guest gets if it names none.</param>
    /// <param name="host">The host.</param>
    public static DomainCapabilities Of(QemuFacts facts, bool kvm, string? machine, OfferContext host)
    {
        var accelerator = facts.For(kvm);
        var known = machine is null ? PreferredMachine(facts, kvm) : (accelerator ?? facts.Tcg)?.FindMachine(machine);
        var type = new MachineType(facts.Arch, known?.Name ?? machine ?? "");
        return new DomainCapabilities
        {
            Path = facts.Emulator,
            Domain = kvm ? "kvm" : "qemu",
            Machine = type.Name,
            Arch = facts.Arch,
            MaxVcpus = Vcpus(accelerator?.FindMachine(type.Name)?.MaxCpus ?? 0, kvm ? host.KvmVcpus : null),
            IoThreads = facts.Has("iothread"),
            Os = Os(type, host),
            Cpu = OfferedCpu.Of(facts, kvm, host),
            MemoryBacking = Choice(("sourceType", ["file", "anonymous", .. If(facts.Has("memory-backend-memfd"), "memfd")])),
            Devices = OfferedDevices.Of(facts, type, host),
            Features = OfferedFeatures.Of(facts, kvm, type, host),
        };
    }

    /// <summary>The machine type of a guest that names none: QEMU's default, else the first.</summary>
    public static MachineFacts? PreferredMachine(QemuFacts facts, bool kvm) =>
        (facts.For(kvm) ?? facts.Tcg) is { } a ? a.DefaultMachine ?? a.Machines.FirstOrDefault() : null;

    static uint? Vcpus(int ofMachine, int? ofKvm) =>
        ofMachine <= 0 ? null : (uint)Math.Min(ofMachine, ofKvm ?? int.MaxValue);

    static CapabilityOs Os(MachineType type, OfferContext host)
    {
        var support = FirmwareSupport.Of(host.Firmwares, type.Arch, type.Name);
        return new CapabilityOs
        {
            Supported = true,
            Enums = [Words("firmware", support.Kinds.Select(static k => k.ToXml()))],
            Loader = new CapabilityChoice
            {
                Supported = true,
                Values = support.Images.Any(one => host.HasFile(one.Image)) ? [.. support.Images.Select(static one => one.Image).Where(host.HasFile)] : [.. host.Loaders],
                Enums = [Words("type", ["rom", "pflash"]), Words("readonly", ["yes", "no"]), Words("secure", [.. If(support.SecureBoot, "yes"), "no"])],
            },
        };
    }

    /// <summary>Something that machines can have.</summary>
    internal static CapabilityChoice Choice(params ReadOnlySpan<(string Name, string[] Values)> words)
    {
        var enums = new List<CapabilityEnum>();
        foreach (var (name, values) in words)
            enums.Add(Words(name, values));
        return new CapabilityChoice { Supported = true, Enums = [.. enums] };
    }

    /// <summary>Something that they cannot have.</summary>
    internal static CapabilityChoice Nothing { get; } = new() { Supported = false };

    internal static CapabilityEnum Words(string name, IEnumerable<string> values) => new() { Name = name, Values = [.. values] };

    internal static IEnumerable<string> If(bool holds, params string[] words) => holds ? words : [];
}
