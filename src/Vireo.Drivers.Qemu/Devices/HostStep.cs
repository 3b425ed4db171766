using Vireo.Core;
using Vireo.Model.Domain.Devices;
using Vireo.Model.Shared;

namespace Vireo.Drivers.Qemu.Devices;

/// <summary>
/// Something the host must prepare before QEMU meets a device, as data: the live side carries it out and, if a later step
/// fails or the device goes, undoes it. The undo is part of the meaning of each step and written in its summary.
/// </summary>
public abstract record HostStep
{
    /// <summary>Lets the guest's cgroup and labels use a file or node of the host, which has to be there; undo: takes it away.</summary>
    public sealed record Allow(string Path, bool ReadOnly = false) : HostStep;

    /// <summary>Makes a folder; undo: removes it if empty.</summary>
    public sealed record MakeFolder(string Path) : HostStep;

    /// <summary>Starts an emulated TPM that serves <paramref name="SocketPath"/>; undo: stops it.</summary>
    public sealed record StartTpm(string Alias, string SocketPath, string Version, bool PersistentState, string? SecretUuid) : HostStep;

    /// <summary>Takes a PCI function from the host's driver; undo: gives it back.</summary>
    public sealed record TakePci(HostPciAddress Address) : HostStep;

    /// <summary>Takes a mediated device; undo: nothing, it is not bound to the guest.</summary>
    public sealed record TakeMediated(Uuid Device) : HostStep;

    /// <summary>Starts the bus of the guest's own on which its screen is; undo: stops it.</summary>
    public sealed record StartBus : HostStep;

    /// <summary>Starts the program that serves a folder on <paramref name="SocketPath"/>; undo: stops it.</summary>
    public sealed record StartVirtioFs(Filesystem Folder, string SocketPath) : HostStep;

    /// <summary>Starts the program that connects a card to the host's network and serves <paramref name="SocketPath"/>; undo: stops it.</summary>
    public sealed record StartPasst(Interface Card, string SocketPath) : HostStep;

    /// <summary>Starts the program that draws for a graphics card and serves a socket; undo: stops it.</summary>
    public sealed record StartVhostUserGpu(Video Card) : HostStep;

    /// <summary>Starts the host's helper for persistent reservations; undo: stops it.</summary>
    public sealed record StartReservations : HostStep;

    /// <summary>Writes a file of the guest's own folder; undo: removes it.</summary>
    public sealed record WriteFile(string Path, string Text) : HostStep;

    /// <summary>Makes an empty file that QEMU makes as large as it has to be, if it is not there; undo: nothing, it is the guest's.</summary>
    public sealed record MakeFile(string Path) : HostStep;

    /// <summary>Copies a template to a guest's own variable store if that is not there; undo: nothing, it is the guest's.</summary>
    /// <param name="Path">The store.</param>
    /// <param name="Template">What it begins with; null: nothing is known, and the store has to be there.</param>
    /// <param name="Loader">The code that it belongs to.</param>
    public sealed record SeedNvram(string Path, string? Template, string Loader) : HostStep;
}

/// <summary>A host step that ends in an open descriptor which QEMU inherits (or gets by SCM_RIGHTS when it runs).</summary>
public abstract record DescriptorStep : HostStep
{
    /// <summary>A listening UNIX socket; undo: closes it and removes the path.</summary>
    public sealed record ListenUnix(string Path) : DescriptorStep;

    /// <summary>A file that QEMU writes to; undo: closes it. Without <paramref name="Append"/> it is emptied.</summary>
    public sealed record OpenFile(string Path, FilePurpose Purpose, bool Append) : DescriptorStep;

    /// <summary>A tap device; undo: the device goes with its last descriptor, and is taken off its bridge.</summary>
    /// <param name="Alias">The network device's alias.</param>
    /// <param name="Name">Name to use; null or with a %d: the kernel numbers it.</param>
    /// <param name="Bridge">Bridge to join; null for none.</param>
    /// <param name="Mac">The guest's address, from which the tap's own is derived.</param>
    /// <param name="Queue">0 for the first queue.</param>
    /// <param name="VnetHeader">Packets carry a virtio-net header.</param>
    /// <param name="Queues">How many queues the device has.</param>
    /// <param name="Mtu">The largest packet; null: as the bridge.</param>
    /// <param name="Isolated">It reaches no other isolated port of its bridge.</param>
    /// <param name="Managed">It is made and set up; else it has to be there, as whoever made it wants it.</param>
    /// <param name="OnSwitch">Its bridge is no bridge of the kernel's; who keeps it plugs it in.</param>
    public sealed record OpenTap(
        string Alias, string? Name, string? Bridge, string Mac, int Queue, bool VnetHeader, int Queues = 1, uint? Mtu = null, bool Isolated = false, bool Managed = true,
        bool OnSwitch = false) : DescriptorStep;

    /// <summary>A macvtap on a device of the host; undo: removes it.</summary>
    public sealed record OpenMacvtap(string Alias, string? Name, string Device, string Mode, string Mac, int Queue, bool VnetHeader, int Queues = 1, Vlan? Vlan = null) : DescriptorStep;

    /// <summary>The kernel's network back end; undo: closes it.</summary>
    public sealed record OpenVhostNet(string Alias, int Queue) : DescriptorStep;

    /// <summary>The guest's end of the connection with the program that draws for a graphics card; undo: closes it.</summary>
    public sealed record ConnectGpu(string Alias) : DescriptorStep;

    /// <summary>A descriptor that a client gave for the machine's disks; undo: nothing, it is the client's.</summary>
    public sealed record TakeGiven(string Group, int Number) : DescriptorStep;

    /// <summary>A node or file of the host opened for the guest; undo: closes it.</summary>
    public sealed record OpenDevice(string Path, NodeUse Use) : DescriptorStep;
}

/// <summary>What a node is opened for.</summary>
public enum NodeUse
{
    /// <summary>The kernel's half of sockets between guest and host.</summary>
    Vsock,

    /// <summary>The kernel's half of a SCSI controller.</summary>
    VhostScsi,

    /// <summary>A network card's own virtio queues.</summary>
    Vdpa,

    /// <summary>The host's TPM.</summary>
    Tpm,

    /// <summary>Where what a TPM is at is called off.</summary>
    TpmCancel,
}

/// <summary>What a file is for.</summary>
public enum FilePurpose
{
    /// <summary>The host's end of a character device.</summary>
    Source,

    /// <summary>A copy of what passes.</summary>
    Log,
}
