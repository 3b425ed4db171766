using System.Collections.Concurrent;
using Microsoft.Win32.SafeHandles;
using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Devices;
using Vireo.Host.Files;
using Vireo.Hypervisor.Security;
using Vireo.Model.Capabilities;
using Vireo.Model.Domain;
using ProcessLabel = Vireo.Driver.SecurityLabel;

namespace Vireo.Drivers.Qemu.Security.Confinement;

/// <summary>
/// libvirt's model "selinux": each guest's QEMU runs in the context that the host's policy has for guests, with categories of its own, and so do its files while it
/// runs. Policies let a process at files of its own categories only.
/// </summary>
/// <param name="policy">The host's.</param>
/// <param name="files">Labels files, and gives them their labels from before.</param>
/// <param name="warn">Told what goes another way than who looks after the host may think.</param>
sealed class SelinuxConfinement(SelinuxPolicy policy, SelinuxFiles files, Action<string> warn) : GuestConfinement
{
    const int TypeMask = 0xf000, Pipe = 0x1000, Plain = 0x8000;

    readonly SelinuxGuests guests = new(policy);

    // The labels whose categories are held for guests: one that another guest has too is not given up with this one.
    readonly ConcurrentDictionary<Uuid, SecurityLabel> held = new();

    internal override string Model => SelinuxLabels.Model;

    internal override HostSecurityModel Shown => policy.Shown;

    internal override SecurityLabel Complete(DomainDef machine, SecurityLabel written)
    {
        bool isEmulated = machine.Type is DomainType.Qemu;
        SecurityLabel complete = guests.Complete(written, isEmulated);
        if (complete.Type is SecurityLabelType.Dynamic)
        {
            Release(machine);
            held[machine.Uuid!.Value] = complete;
            if (isEmulated && written.BaseLabel is null && !policy.TellsGuestsApart && !policy.IsOn("virt_use_execmem"))
                warn("The SELinux policy has no type of its own for guests that are emulated: they may not start unless its switch virt_use_execmem is on");
        }
        return complete;
    }

    internal override void Keep(DomainDef live, int pid)
    {
        if (Written(live) is not { Type: SecurityLabelType.Dynamic } own)
            return;
        string context = policy.ContextOf(pid);
        guests.Reserve(own, context);
        held[live.Uuid!.Value] = own with { Label = context };
    }

    internal override void Release(DomainDef machine)
    {
        if (machine.Uuid is { } uuid && held.TryRemove(uuid, out SecurityLabel? label))
            guests.Release(label);
    }

    private protected override string InWords(string label) => label;

    // Helpers that deal with what the guest says are kept from the rest of the host as the guest is.
    internal override string? OfHelper(DomainDef live) => OfProcess(live);

    internal override ProcessLabel LabelOf(DomainDef live, int pid) => new(policy.ContextOf(pid), policy.IsEnforcing);

    internal override IReadOnlyList<FileLabel> FilesOf(DomainDef live)
    {
        SecurityLabel? guest = Written(live);
        var labels = new List<FileLabel>();
        foreach (NamedFile file in GuestFiles.Named(live))
            if (SelinuxLabels.For(file.Path, file.Kind, guest, policy.Files, file.Labels, file.Above) is { Label: not null } label && !labels.Exists(known => known.Path == file.Path))
                labels.Add(label);
        return labels;
    }

    internal override void Label(FileLabel file)
    {
        if (file.Label is { } label && files.Label(file.Path, label, file.IsReturned) is Labelling.NotSupported)
            warn(files.Explain(file.Path, label));
    }

    internal override void TakeBack(string path, bool onlyKept = false) => _ = files.TakeBack(path, onlyKept);

    internal override void Follow(string before, string after) => files.Move(before, after);

    internal override void Settle(FileLabel file)
    {
        if (files.Forget(file.Path))
            Label(file);
    }

    internal override void LabelOwn(DomainDef live, string path)
    {
        if (ImageOf(live) is { } label)
            _ = files.Label(path, label, keep: false);
    }

    internal override void LabelTree(DomainDef live, string folder)
    {
        foreach (string path in ImageOf(live) is null ? [] : Tree(folder))
            LabelOwn(live, path);
    }

    internal override void TakeBackTree(DomainDef live, string folder)
    {
        foreach (string path in ImageOf(live) is null ? [] : Tree(folder))
            _ = files.TakeBack(path);
    }

    internal override void LabelOpen(DomainDef live, SafeFileHandle file)
    {
        if (ImageOf(live) is { } label)
            _ = files.Label(file, label);
    }

    internal override SocketLabel LabelSockets(DomainDef live) => OfProcess(live) is { } label ? policy.LabelSockets(label) : default;

    internal override SocketLabel LabelConnections(DomainDef live) => OfProcess(live) is { } label ? policy.LabelSockets(policy.SocketToGuest(label)) : default;

    // What the guest gets of the daemon's is open to it by its label only: files of its own, pipes, the devices of its cards.
    internal override Task AdmitAsync(DomainDef live, IEnumerable<GuestDescriptor> passed, CancellationToken cancel)
    {
        foreach (GuestDescriptor one in passed)
        {
            if (one.Handle is not SafeFileHandle file || Written(live) is not { Relabel: true, Label: { } guest })
                continue;
            if (one.Step is DescriptorStep.OpenMacvtap)
                _ = files.LabelTap(file, guest);
            else if (one.Step is null or DescriptorStep.OpenFile or DescriptorStep.TakeGiven && IsLabelled(file))
                LabelOpen(live, file);
        }
        return Task.CompletedTask;
    }

    string? ImageOf(DomainDef live) => Written(live) is { Type: not SecurityLabelType.None, Relabel: true, ImageLabel: { } label } ? label : null;

    static bool IsLabelled(SafeFileHandle file) =>
        FileOwner.Find($"/proc/self/fd/{file.DangerousGetHandle()}", out _) is { } facts && (facts.Mode & TypeMask) is Pipe or Plain;

    // A link in it leads elsewhere: what that is to be called is not said by who made the link.
    static IEnumerable<string> Tree(string path) => !Path.Exists(path) || new FileInfo(path).LinkTarget is not null ? []
        : Directory.Exists(path) ? Directory.EnumerateFileSystemEntries(path).SelectMany(Tree).Prepend(path) : [path];
}
