using Vireo.Drivers.Qemu.Facts;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Qemu.Definition.Rules;

/// <summary>A complete definition and the binary that will run it: what QEMU's rules judge by.</summary>
/// <param name="Def">The definition.</param>
/// <param name="Facts">The binary.</param>
public sealed record RuledMachine(DomainDef Def, QemuFacts Facts)
{
    /// <summary>The family of the machine.</summary>
    public MachineType Type { get; } = MachineType.OfDefinition(Def);

    /// <summary>"architecture 'x' or machine type 'y'", as many of libvirt's texts end.</summary>
    internal string Kind => $"architecture '{Def.Os.Arch}' or machine type '{Def.Os.Machine}'";

    /// <summary>There is a thread of that number: a written one, or one that the count promises.</summary>
    internal bool HasIoThread(uint id) => id > 0 && (id <= (Def.IoThreads ?? 0) || Def.IoThreadIds.Any(t => t.Id == id));
}
