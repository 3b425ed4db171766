using Microsoft.Win32.SafeHandles;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Audit;
using Vireo.Drivers.Qemu.Blocks.Jobs;
using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Drivers.Qemu.Definition;
using Vireo.Drivers.Qemu.Definition.Volumes;
using Vireo.Drivers.Qemu.Devices;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Monitor;
using Vireo.Drivers.Qemu.Security;
using Vireo.Drivers.Qemu.Security.Confinement;
using Vireo.Drivers.Qemu.Settings;
using Vireo.Drivers.Qemu.Start;
using Vireo.Drivers.Qemu.Start.Disks;
using Vireo.Drivers.Qemu.Start.Helpers;
using Vireo.Drivers.Qemu.Start.Groups;
using Vireo.Drivers.Qemu.Start.HostDevices;
using Vireo.Drivers.Qemu.Start.Namespaces;
using Vireo.Drivers.Qemu.Start.Network;
using Vireo.Drivers.Qemu.Start.Usb;
using Vireo.Host.Cgroups;
using Vireo.Host.Files;
using Vireo.Host.Processes;
using Vireo.Hypervisor.Flows;
using Vireo.Hypervisor.Security;
using Vireo.Model.Shared;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Hotplug.Live;

/// <summary>A machine of this driver that devices are plugged into. Its user holds the machine's job.</summary>
sealed class MachinePlugGuest(QemuKeeper keeper, QemuMachine machine, LiveQemu live) : IPlugGuest
{
    readonly LiveSecrets secrets = new(keeper, live.Places);
    StartContext? start;

    public DomainDef Def => machine.Snapshot.Live ?? throw Hypervisor.Machines.MachineErrors.NotRunning();
    public QemuFacts Facts => live.Facts;
    public QmpMonitor Monitor => live.Monitor;
    public IGuestPlanning Planning => keeper.Planning;
    public FlowHost Flows => keeper.Flows;
    public UnplugWaits Unplugs => live.Unplugs;
    public BlockJobTable BlockJobs => live.BlockJobs;
    public TimeProvider Time => keeper.Time;

    // POWER's guests take longer.
    public TimeSpan UnplugPatience => TimeSpan.FromSeconds(Def.Os.Arch is "ppc64" or "ppc64le" ? 10 : 5);

    // The host is looked at once for all plans of one change.
    public StartContext Start => start ??= HostSettings.ContextOf(keeper, live.Places, Def.Type) with
    {
        Secrets = secrets,
        PasstSocketPath = alias => Passt.SocketOf(keeper.Paths, machine.Snapshot.Id, machine.Name, alias),
        // One is there at least of what is there already, though its giver may be gone.
        DescriptorGroup = group => Math.Max(1, keeper.GivenFiles.Count(machine, group)),
    };

    public uint NextImage() => live.LastImage = live.HighestImage(Def) + 1;

    public ValueTask ReachAsync(Device device, CancellationToken cancel) => ImageChains.ReachAsync(keeper.Looks, [device], cancel);

    public Device Locate(Device device)
    {
        DomainDef alone = LiveDev.Only(Def, device) with { Vcpus = [] };
        StartLimits.Check(alone);
        if (device is Interface card)
            NetworkCards.Check(card);
        HostAssignment.Check(alone, HostAssignment.IsThere());
        if (device is Disk { Transient: not null })
            throw VireoException.NoSupport("plugging a disk with <transient/>", ErrorDomain.Qemu);
        if (device is Disk disk)
            keeper.GivenFiles.Check(machine, disk);
        alone = HostUsbDevices.Find(ImageChains.Find(alone, keeper.Security.Guests));
        alone = LivePasses.SocketPaths(keeper.TapNames.Assign(LentDevices.WithDriver(alone)), new LivePaths(live.Places.ChannelFolder) { DomainDirectory = live.Places.Folder });
        return CharacterTls.Choose(alone, keeper.Config.CharacterTls.Enabled).Devices.Single();
    }

    public ValueTask<Disk> ResolveAsync(Disk disk, CancellationToken cancel) =>
        keeper.Options.Storage is { } storage ? VolumeSources.ResolveAsync(disk, storage, cancel) : ValueTask.FromResult(disk);

    public ValueTask UnlockAsync(Device device, CancellationToken cancel) => secrets.FetchAsync(LiveDev.Only(Def, device), cancel);

    public ValueTask<Interface> PlugAsync(Interface card, CancellationToken cancel) => NetworkCards.PlugAsync(keeper, machine, card, cancel);

    public ValueTask UnplugAsync(Interface card) => NetworkCards.UnplugAsync(keeper, card);

    public IEnumerable<FlowPart> Prepare(Device device, DevicePlan plan)
    {
        foreach (HostStep step in plan.Host)
            if (step is not (HostStep.Allow or HostStep.TakePci or HostStep.TakeMediated or HostStep.StartPasst) || device is Disk { Source: DiskSource.OfNvme })
                throw VireoException.NoSupport($"plugging a device that needs host preparation {HostPreparer.NameOf(step)}", ErrorDomain.Qemu);
        IEnumerable<FlowPart> helper = device is Disk disk && ReservationsHelper.IsWanted(disk) ? [new FlowPart("reservations",
            async cancel => await ReservationsHelper.NeedAsync(keeper, Def, live, cancel).ConfigureAwait(false),
            () => ReservationsHelper.IsWanted(Def) ? ValueTask.CompletedTask : ReservationsHelper.StopAsync(keeper, live.Places.Folder)),
            .. File.Exists(GuestNodes.MultipathControl) ? [Dev.Admit("multipath", GuestNodes.MultipathControl, readOnly: false, device)] : Array.Empty<FlowPart>()] : [];
        helper = helper.Concat(plan.Host.OfType<HostStep.StartPasst>().Select(step => new FlowPart("passt",
            async cancel => await Passt.StartAsync(keeper, Def with { Id = machine.Snapshot.Id }, step, live.Cgroup?.Folders ?? [], NotePasst, cancel).ConfigureAwait(false),
            () => Passt.StopAsync(keeper, machine.Name, machine.Snapshot.Id, step.Card))));
        return helper.Concat(Rules(device, plan.Host)).Concat(Lend(device)).Concat(plan.Host.OfType<HostStep.Allow>().Select((step, number) => Dev.Admit($"allow-{number}", step.Path, step.ReadOnly, device)));
    }

    // QEMU pins all of the guest's memory for the first of these.
    IEnumerable<FlowPart> Lend(Device device)
    {
        if (!LentDevices.IsLent(device))
            return [];
        return
        [
            .. LentDevices.Take(keeper, machine, device),
            .. NodesOf(device).Select((node, number) => Dev.Admit($"vfio-{number}", node, readOnly: false, device)),
            new FlowPart("locked-memory", _ =>
            {
                Limit(Def with { Devices = Def.Devices.Insert(device) });
                return ValueTask.CompletedTask;
            }, () =>
            {
                Limit(Def);
                return ValueTask.CompletedTask;
            }),
        ];
    }

    static IEnumerable<string> NodesOf(Device device) => LentDevices.Nodes(LentDevices.Alone(device)).ToList() is { Count: > 0 } groups ? groups.Prepend("/dev/vfio/vfio") : [];

    void Limit(DomainDef def)
    {
        foreach (ResourceLimit limit in StartFlow.LockedMemory(def))
            live.Process.LimitLockedMemory(limit.Soft);
    }

    void NotePasst(string program, string[] arguments) => GuestLog.Append(keeper, machine, GuestLog.NoteOf(keeper.Time.GetUtcNow(), Passt.Starting, program, arguments));

    LiveDev Dev => new(keeper, live, this);

    public async ValueTask<(SafeFileHandle Handle, string? Name)> OpenAsync(DescriptorStep step, CancellationToken cancel)
    {
        var opened = step is DescriptorStep.OpenTap tap && BridgeHelper.Makes(keeper, tap) ? await BridgeHelper.OpenAsync(keeper, tap, cancel).ConfigureAwait(false) : (Open(step), null);
        try
        {
            if (keeper.Security.Confinement is { } confinement) await confinement.AdmitAsync(Def, [new(step, opened.Handle)], cancel).ConfigureAwait(false);
        }
        catch
        {
            opened.Handle.Dispose();
            throw;
        }
        return opened;
    }

    SafeFileHandle Open(DescriptorStep step) => step is DescriptorStep.TakeGiven given
        ? keeper.GivenFiles.Take(machine, given.Group, given.Number)
        : HostPreparer.Open(step, keeper.Paths, keeper.Security.SocketsOf(Def), (path, append) => GuestLog.OpenConsole(keeper, machine, path, append));

    public ValueTask<Interface> PlugSwitchAsync(Interface card, CancellationToken cancel) => CardSwitches.PlugAsync(keeper, machine, card, cancel);

    public ValueTask UnplugSwitchAsync(Interface card) => CardSwitches.UnplugAsync(keeper, machine, card);

    public ValueTask MoveAsync(Interface card, Vlan? vlan, CancellationToken cancel) => keeper.Switch.MoveAsync(card.Target!.Device!, vlan, cancel);

    public ValueTask LimitAsync(Interface card, Bandwidth? limits, bool isNew, CancellationToken cancel) => CardLimits.SetAsync(keeper, machine, card, limits, isNew, cancel);

    public ValueTask BindFilterAsync(Interface card, CancellationToken cancel) => CardFilters.BindAsync(keeper, machine, card, mayBeThere: false, cancel);

    public ValueTask UnbindFilterAsync(Interface card) => CardFilters.UnbindAsync(keeper, card);

    public IEnumerable<FlowPart> Label(Device device) => Rules(device, []).Concat(Images(device)).Concat(FileLabels.Give(keeper.Security, LabelsOf(device, comes: true), Files(device)));

    // What was opened to a guest for a change that fails is closed again.
    IEnumerable<FlowPart> Rules(Device device, IEnumerable<HostStep> steps)
    {
        if (keeper.Security.Confinement is not { } confinement)
            return [];
        Func<Task>? undo = null;
        return
        [
            new FlowPart("confine", async cancel => undo = await confinement.AddAsync(Def, device, steps, cancel).ConfigureAwait(false),
                () => new ValueTask(undo is null ? Task.CompletedTask : undo())),
        ];
    }

    // What block jobs and backups opened besides the definition stays as long as there are any.
    async ValueTask NarrowAsync(Device gone)
    {
        if (keeper.Security.Confinement is not { } confinement || live.Backup is not null || live.BlockJobs.All.Any())
            return;
        DomainDef left = LiveDev.Without(Def, gone);
        await confinement.NarrowAsync(left, live.Places, LiveDev.StepsOf(this, left)).ConfigureAwait(false);
    }

    // Copies and overlays on block devices come by no plan of a device's.
    IEnumerable<FlowPart> Images(Device device) => device is Disk { Source: DiskSource.OfBlock { Path: { } path } } disk
        ? [Dev.Admit("node", path, disk.ReadOnly, disk)] : [];

    // Files that the guest has by another device already are its own until that goes too.
    List<GuestFile> Files(Device device)
    {
        if (keeper.Security.ImagesOf(Def) is not { } ids)
            return [];
        HashSet<string> known = [.. GuestFiles.Of(LiveDev.Without(Def, device), ids).Select(static f => f.Path)];
        var onHost = new HostFiles(live.HasOwnDev);
        return [.. GuestFiles.Of(LiveDev.Only(Def, device), ids).Where(f => !known.Contains(f.Path) && onHost.Has(f.Path))];
    }

    // One that others only read becomes its own all the same: what a disk stands on, when a job writes to that.
    List<FileLabel> LabelsOf(Device device, bool comes)
    {
        if (keeper.Security.Confinement is not { } confinement)
            return [];
        ILookup<string, FileLabel> known = confinement.FilesOf(LiveDev.Without(Def, device)).ToLookup(static f => f.Path, StringComparer.Ordinal);
        var onHost = new HostFiles(live.HasOwnDev);
        return [.. confinement.FilesOf(LiveDev.Only(Def, device)).Where(f =>
            (!known.Contains(f.Path) || comes && f.IsReturned && known[f.Path].All(static other => !other.IsReturned)) && onHost.Has(f.Path))];
    }

    public async ValueTask ReleaseAsync(Device device, DevicePlan plan)
    {
        await Passt.StopAsync(keeper, machine.Name, machine.Snapshot.Id, device).ConfigureAwait(false);
        foreach (GuestFile file in Files(device).Where(static f => f.IsReturned))
            keeper.Security.Ownership.TakeBack(file.Path, file.Ids);
        foreach (FileLabel file in LabelsOf(device, comes: false).Where(static f => f.IsReturned))
            keeper.Security.Confinement!.TakeBack(file.Path);
        foreach (HostStep.Allow step in plan.Host.OfType<HostStep.Allow>())
            Dev.Dismiss(step.Path, step.ReadOnly, device);
        HostPreparer.ReleaseOne(keeper, device);
        if (LentDevices.IsLent(device))
        {
            foreach (string node in NodesOf(device))
                Dev.Dismiss(node, readOnly: false, device);
            LentDevices.GiveBack(keeper, machine, device);
        }
        if (device is Disk disk && ReservationsHelper.IsWanted(disk) && !Def.Devices.Disks.Any(other => other.Alias != disk.Alias && ReservationsHelper.IsWanted(other)))
        {
            Dev.Dismiss(GuestNodes.MultipathControl, readOnly: false, device);
            await ReservationsHelper.StopAsync(keeper, live.Places.Folder).ConfigureAwait(false);
        }
        await NarrowAsync(device).ConfigureAwait(false);
    }

    public void Note(Device? pending)
    {
        Device? before = live.Pending;
        live.Pending = pending;
        try
        {
            keeper.Save(machine);
        }
        catch
        {
            live.Pending = before;
            throw;
        }
    }

    public void Publish(Func<DomainDef, DomainDef> change)
    {
        live.Pending = null;
        DomainDef? before = machine.Snapshot.Live;
        machine.Commit(s => s.Live is { } def ? s with { Live = change(def) } : s);
        keeper.Save(machine);
        if (before is not null && keeper.Security.Confinement is { } confinement)
            FollowDisks(confinement, before, Def);
    }

    // A disk has an image on top of its own now, or has gone back to one below. What is below a transient disk's is the guest's until it ends.
    static void FollowDisks(GuestConfinement confinement, DomainDef before, DomainDef after)
    {
        foreach (Disk disk in after.Devices.Disks)
            if (!TransientDisks.IsOnTop(disk, after.Name) && GuestFiles.ImageOf(disk) is { } top && before.Devices.Disks.FirstOrDefault(was => was.Target.Device == disk.Target.Device) is { } was
                && GuestFiles.ImageOf(was) is { } image && image != top && (GuestFiles.ImagesBelow(disk).Contains(image) || GuestFiles.ImagesBelow(was).Contains(top)))
                confinement.Follow(image, top);
    }

    /// <summary>Images of a disk that a job wrote to are only read again.</summary>
    internal void Settle(Disk disk)
    {
        if (keeper.Security.Confinement is not { } confinement)
            return;
        var onHost = new HostFiles(live.HasOwnDev);
        foreach (FileLabel file in confinement.FilesOf(LiveDev.Only(Def, disk)).Where(f => !f.IsReturned && onHost.Has(f.Path)))
            confinement.Settle(file);
    }

    public void Tell(PlugNews news, Device device)
    {
        string alias = device.Alias!;
        if (news is PlugNews.Added)
            live.Releases = [.. live.Releases, async () =>
            {
                HostPreparer.ReleaseOne(keeper, device);
                await Passt.StopAsync(keeper, machine.Name, machine.Snapshot.Id, device).ConfigureAwait(false);
                await CardFilters.UnbindAsync(keeper, device).ConfigureAwait(false);
                if (device is Interface card)
                    await UnplugAsync(card).ConfigureAwait(false);
            }];
        machine.Raise(news switch
        {
            PlugNews.Added => new DomainDeviceAddedEvent(machine.Snapshot.Ref, alias),
            PlugNews.Removed => new DomainDeviceRemovedEvent(machine.Snapshot.Ref, alias),
            _ => new DomainDeviceRemovalFailedEvent(machine.Snapshot.Ref, alias),
        });
    }

    public void Audit(Device device, bool comes, bool success) => DeviceAudit.Write(keeper.AuditOf(Def.Type, machine), device, comes, success);
}
