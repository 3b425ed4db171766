using Microsoft.Win32.SafeHandles;
using Vireo.Drivers.Qemu.Blocks.Jobs;
using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Drivers.Qemu.Devices;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Monitor;
using Vireo.Hypervisor.Flows;
using Vireo.Model.Shared;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Hotplug.Live;

/// <summary>A running machine that devices are plugged into: what the flows need of it, whoever keeps it.</summary>
interface IPlugGuest
{
    /// <summary>The definition of what runs, now.</summary>
    DomainDef Def { get; }

    /// <summary>Its binary.</summary>
    QemuFacts Facts { get; }

    /// <summary>The conversation with it.</summary>
    QmpMonitor Monitor { get; }

    /// <summary>Paths and settings for plans.</summary>
    StartContext Start { get; }

    /// <summary>The definition's passes.</summary>
    IGuestPlanning Planning { get; }

    /// <summary>Where its flows run.</summary>
    FlowHost Flows { get; }

    /// <summary>Who waits for the guest to let a device go.</summary>
    UnplugWaits Unplugs { get; }

    /// <summary>What QEMU is doing with images.</summary>
    BlockJobTable BlockJobs => new();

    /// <summary>How long a guest may take to let a device go before its caller is told that it will.</summary>
    TimeSpan UnplugPatience { get; }

    /// <summary>The clock of that.</summary>
    TimeProvider Time { get; }

    /// <summary>A number for a new image, never given before in this run.</summary>
    uint NextImage();

    /// <summary>Waits until the storage of a device's images answers.</summary>
    ValueTask ReachAsync(Device device, CancellationToken cancel) => ValueTask.CompletedTask;

    /// <summary>The device with what only the host knows: the images below its own, the place of what is plugged into the host, names and paths.</summary>
    /// <exception cref="Vireo.Core.Errors.VireoException">The host does not have it, or this driver cannot prepare it.</exception>
    Device Locate(Device device);

    /// <summary>A disk with what the volume that it names stands for.</summary>
    ValueTask<Disk> ResolveAsync(Disk disk, CancellationToken cancel) => ValueTask.FromResult(disk);

    /// <summary>Fetches the secrets that a device names, so that its plan has them. Plans of devices that are there do without.</summary>
    /// <exception cref="Vireo.Core.Errors.VireoException">One is not there or has no value.</exception>
    ValueTask UnlockAsync(Device device, CancellationToken cancel) => ValueTask.CompletedTask;

    /// <summary>Plugs a card into its network, if it is on one, and tells what it is plugged into.</summary>
    ValueTask<Interface> PlugAsync(Interface card, CancellationToken cancel) => ValueTask.FromResult(card);

    /// <summary>Takes a card out of its network again.</summary>
    ValueTask UnplugAsync(Interface card) => ValueTask.CompletedTask;

    /// <summary>What the host does for a device before QEMU hears of it; each part has its undo.</summary>
    IEnumerable<FlowPart> Prepare(Device device, DevicePlan plan);

    /// <summary>Plugs a card into its switch, if it is on one, and tells by what name the switch knows it.</summary>
    ValueTask<Interface> PlugSwitchAsync(Interface card, CancellationToken cancel) => ValueTask.FromResult(card);

    /// <summary>Takes a card off its switch again.</summary>
    ValueTask UnplugSwitchAsync(Interface card) => ValueTask.CompletedTask;

    /// <summary>Puts a card on a switch into other networks than it was in.</summary>
    ValueTask MoveAsync(Interface card, Vlan? vlan, CancellationToken cancel) => ValueTask.CompletedTask;

    /// <summary>Sets the limits of a card's traffic; none: takes them away.</summary>
    ValueTask LimitAsync(Interface card, Bandwidth? limits, bool isNew, CancellationToken cancel) => ValueTask.CompletedTask;

    /// <summary>Opens what QEMU gets, and tells what it is called if somebody else chose that.</summary>
    ValueTask<(SafeFileHandle Handle, string? Name)> OpenAsync(DescriptorStep step, CancellationToken cancel);

    /// <summary>Puts a card's filter on it, if it has one.</summary>
    ValueTask BindFilterAsync(Interface card, CancellationToken cancel);

    /// <summary>Takes a card's filter off it.</summary>
    ValueTask UnbindFilterAsync(Interface card);

    /// <summary>What becomes of files once they are there: each part has its undo.</summary>
    IEnumerable<FlowPart> Label(Device device);

    /// <summary>Takes back what the host did for a device that is gone.</summary>
    ValueTask ReleaseAsync(Device device, DevicePlan plan);

    /// <summary>Writes down that a device is on its way, so that a later daemon finds what a crash left; null: it is no more.</summary>
    void Note(Device? pending);

    /// <summary>Publishes a change of the definition, and writes it down.</summary>
    void Publish(Func<DomainDef, DomainDef> change);

    /// <summary>Tells of a device that came or went.</summary>
    void Tell(PlugNews news, Device device);

    /// <summary>Tells the audit.</summary>
    void Audit(Device device, bool comes, bool success);
}

/// <summary>What happened to a device.</summary>
enum PlugNews
{
    /// <summary>It is there.</summary>
    Added,

    /// <summary>It is gone.</summary>
    Removed,

    /// <summary>The guest keeps it.</summary>
    Kept,
}
