using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Vireo.Drivers.Qemu.Devices;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Hypervisor.Security;
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

    /// <summary>Holds the label of a guest that a daemon before this one started.</summary>
    /// <exception cref="Core.Errors.VireoException">VIR_ERR_INTERNAL_ERROR: another guest has it too.</exception>
    internal virtual void Keep(DomainDef live, int pid)
    {
    }

    /// <summary>Gives up what <see cref="Complete"/> or <see cref="Keep"/> took for a guest, if they did.</summary>
    internal virtual void Release(DomainDef machine)
    {
    }

    /// <summary>What the kernel is told of a guest's process before it becomes QEMU; null: it is not confined.</summary>
    internal string? OfProcess(DomainDef live) => Written(live) is { Type: not SecurityLabelType.None, Label: { } label } ? InWords(label) : null;

    /// <summary>The same of a program beside QEMU that serves the guest alone; null: it has no label of the guest's.</summary>
    internal virtual string? OfHelper(DomainDef live) => null;

    /// <summary>The words in which the kernel takes a label for the next program of a thread.</summary>
    private protected abstract string InWords(string label);

    /// <summary>What the kernel says that a guest's process runs under.</summary>
    internal abstract ProcessLabel LabelOf(DomainDef live, int pid);

    /// <summary>The files of the host that get labels of this model while a guest of that definition runs, in the order of giving.</summary>
    internal virtual IReadOnlyList<FileLabel> FilesOf(DomainDef live) => [];

    /// <summary>Gives a file its label.</summary>
    /// <exception cref="Core.Errors.VireoException">It is in use with another label, or cannot be labelled.</exception>
    internal virtual void Label(FileLabel file)
    {
    }

    /// <summary>Gives a file its label from before.</summary>
    /// <param name="path">The file; one that is gone is fine.</param>
    /// <param name="onlyKept">Only if it is known: for what a crash left, of which nobody knows whether it was labelled at all.</param>
    internal virtual void TakeBack(string path, bool onlyKept = false)
    {
    }

    /// <summary>A guest's disk has another image than before: what that one's label was before it became the guest's is for the other to get at the end.</summary>
    internal virtual void Follow(string before, string after)
    {
    }

    /// <summary>A file of a guest's is one that it only reads from now on.</summary>
    internal virtual void Settle(FileLabel file)
    {
    }

    /// <summary>Labels what the daemon has made for a guest and takes away with it: folders, sockets, keys.</summary>
    internal virtual void LabelOwn(DomainDef live, string path)
    {
    }

    /// <summary>Labels a folder of a guest's with all that is in it.</summary>
    internal virtual void LabelTree(DomainDef live, string folder)
    {
    }

    /// <summary>Gives a folder with all that is in it the labels that the host has for such places.</summary>
    internal virtual void TakeBackTree(DomainDef live, string folder)
    {
    }

    /// <summary>Labels an open file that a guest gets or that is written for it.</summary>
    internal virtual void LabelOpen(DomainDef live, SafeFileHandle file)
    {
    }

    /// <summary>Labels the sockets that this thread makes for a guest until what comes back is disposed of.</summary>
    internal virtual SocketLabel LabelSockets(DomainDef live) => default;

    /// <summary>Labels the daemon's own ends of connections with a guest that this thread makes until what comes back is disposed of.</summary>
    internal virtual SocketLabel LabelConnections(DomainDef live) => default;

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
