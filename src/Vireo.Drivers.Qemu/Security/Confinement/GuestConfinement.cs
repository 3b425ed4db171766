using System.Runtime.InteropServices;
using Vireo.Drivers.Qemu.Devices;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Model.Capabilities;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;
using ProcessLabel = Vireo.Driver.SecurityLabel;

namespace Vireo.Drivers.Qemu.Security.Confinement;

/// <summary>An open file that a guest gets.</summary>
/// <param name="Step">What it was opened for; null: something of the run's own.</param>
/// <param name="Handle">The file.</param>
readonly record struct GuestDescriptor(DescriptorStep? Step, SafeHandle Handle);

/// <summary>
/// One of libvirt's models for a security module of the kernel's: QEMU runs under a label of the guest's, and only what is the guest's is open to that. Whether
/// files are opened by the label's rules (AppArmor) or by labels of their own is the model's to know.
/// </summary>
abstract class GuestConfinement
{
    /// <summary>The model's name.</summary>
    internal abstract string Model { get; }

    /// <summary>How the host's capabilities show it.</summary>
    internal abstract HostSecurityModel Shown { get; }

    /// <summary>A guest's label of this model, complete.</summary>
    /// <exception cref="Core.Errors.VireoException">It asks for what the model does not have.</exception>
    internal abstract SecurityLabel Complete(DomainDef machine, SecurityLabel written);

    /// <summary>What the kernel is told of a guest's process before it becomes QEMU; null: it is not confined.</summary>
    internal string? OfProcess(DomainDef live) => Written(live) is { Type: not SecurityLabelType.None, Label: { } label } ? InWords(label) : null;

    /// <summary>The words in which the kernel takes a label for the next program of a thread.</summary>
    private protected abstract string InWords(string label);

    /// <summary>What the kernel says that a guest's process runs under.</summary>
    internal abstract ProcessLabel LabelOf(DomainDef live, int pid);

    /// <summary>Makes the label of a guest that starts mean what its definition needs.</summary>
    internal virtual Task LoadAsync(DomainDef live, RunPlaces places, IEnumerable<HostStep> steps, CancellationToken cancel) => Task.CompletedTask;

    /// <summary>Lets a guest use files that it gets as descriptors.</summary>
    internal virtual Task AdmitAsync(DomainDef live, IEnumerable<GuestDescriptor> passed, CancellationToken cancel) => Task.CompletedTask;

    /// <summary>Lets a guest use what one more device needs.</summary>
    /// <returns>What undoes it; null: nothing changed.</returns>
    internal virtual Task<Func<Task>?> AddAsync(DomainDef live, Device device, IEnumerable<HostStep> steps, CancellationToken cancel) => Task.FromResult<Func<Task>?>(null);

    /// <summary>Lets a guest use no more than its definition and the descriptors that it has.</summary>
    internal virtual Task NarrowAsync(DomainDef live, RunPlaces places, IEnumerable<HostStep> steps) => Task.CompletedTask;

    /// <summary>Takes away what the kernel was told for a guest that is gone.</summary>
    internal virtual Task RemoveAsync(DomainDef live) => Task.CompletedTask;

    /// <summary>A guest's label of this model.</summary>
    private protected SecurityLabel? Written(DomainDef live) => live.SecurityLabels.FirstOrDefault(label => label.Model == Model);
}
