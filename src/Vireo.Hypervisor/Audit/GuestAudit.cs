using System.Globalization;
using Vireo.Core;
using Vireo.Host.Audit;
using Vireo.Host.Files;

namespace Vireo.Hypervisor.Audit;

/// <summary>The audit records of one guest, in libvirt's layout: which fields a record has, in which order, and how each is written.</summary>
/// <param name="trail">Where to.</param>
/// <param name="type">The type of the domain as its definition writes it: "kvm", "qemu".</param>
/// <param name="name">The guest's name.</param>
/// <param name="uuid">Its uuid.</param>
public sealed class GuestAudit(AuditTrail trail, string type, string name, Uuid uuid)
{
    /// <summary>Somebody reads what is written.</summary>
    public bool IsOn => trail.IsOn;

    string Head(string what) => string.Create(CultureInfo.InvariantCulture, $"virt={type} {what} {AuditText.Field("vm", name)} uuid={uuid}");

    void Resource(string resource, string reason, string fields, bool success) =>
        trail.Write(AuditKind.Resource, $"{Head($"resrc={resource} reason={reason}")} {fields}", success);

    /// <summary>It starts or stops.</summary>
    /// <param name="operation">"start" or "stop".</param>
    /// <param name="reason">Why: "booted", "destroyed".</param>
    /// <param name="pid">Its process; 0: it has none.</param>
    /// <param name="success">It did.</param>
    public void Lifecycle(string operation, string reason, int pid, bool success) => trail.Write(AuditKind.Control,
        string.Create(CultureInfo.InvariantCulture, $"{Head($"op={operation} reason={reason}")} vm-pid={pid}"), success);

    /// <summary>It runs under a security label.</summary>
    /// <param name="model">The security model.</param>
    /// <param name="process">The label of its process.</param>
    /// <param name="images">The label of its files.</param>
    /// <param name="success">The label was made.</param>
    public void Label(string model, string process, string images, bool success) => trail.Write(AuditKind.MachineId,
        $"virt={type} {AuditText.Field("vm", name)} uuid={uuid} vm-ctx={process} img-ctx={images} model={model}", success);

    /// <summary>It gets something by name, or another in its place, or loses it: disks, network cards, character devices.</summary>
    /// <param name="resource">What: "disk".</param>
    /// <param name="reason">"start", "attach", "detach", "update".</param>
    /// <param name="before">What it had; null: nothing.</param>
    /// <param name="now">What it has; null: nothing.</param>
    /// <param name="success">It has.</param>
    public void Exchange(string resource, string reason, string? before, string? now, bool success) => Resource(resource, reason,
        $"{AuditText.Field($"old-{resource}", before)} {AuditText.Field($"new-{resource}", now)}", success);

    /// <summary>It gets more or less of something that is counted: memory in KiB, processors, iothreads.</summary>
    /// <param name="resource">What: "mem", "vcpu", "iothread".</param>
    /// <param name="reason">"start" or "update".</param>
    /// <param name="before">How much it had.</param>
    /// <param name="now">How much it has.</param>
    /// <param name="success">It has.</param>
    public void Amount(string resource, string reason, ulong before, ulong now, bool success) => Resource(resource, reason,
        string.Create(CultureInfo.InvariantCulture, $"old-{resource}={before} new-{resource}={now}"), success);

    /// <summary>It gets a device by its place on a bus.</summary>
    /// <param name="reason">"start", "attach", "detach".</param>
    /// <param name="bus">"pci", "usb", "scsi".</param>
    /// <param name="device">Which.</param>
    /// <param name="success">It has.</param>
    public void HostDevice(string reason, string bus, string device, bool success) =>
        Resource("dev", reason, $"bus={bus} {AuditText.Field("device", device)}", success);

    /// <summary>It gets a trusted platform module.</summary>
    /// <param name="resource">"tpm" for one of the host, "tpm-emulator".</param>
    /// <param name="reason">"start".</param>
    /// <param name="device">The node, or the emulator's socket; null: it is not known yet.</param>
    /// <param name="success">It has.</param>
    public void Tpm(string resource, string reason, string? device, bool success) => Resource(resource, reason, AuditText.Field("device", device), success);

    /// <summary>It gets memory that it shares with others.</summary>
    /// <param name="reason">"start", "attach", "detach".</param>
    /// <param name="bytes">How much.</param>
    /// <param name="path">Where it is. libvirt writes it as it is.</param>
    /// <param name="success">It has.</param>
    public void SharedMemory(string reason, ulong bytes, string path, bool success) =>
        Resource("shmem", reason, string.Create(CultureInfo.InvariantCulture, $"size={bytes} path={path}"), success);

    /// <summary>It gets an input device of the host.</summary>
    /// <param name="reason">"start", "attach", "detach".</param>
    /// <param name="path">Its node. libvirt writes it as it is.</param>
    /// <param name="success">It has.</param>
    public void Input(string reason, string path, bool success) => Resource("evdev", reason, $"path={path}", success);

    /// <summary>A node is opened for one of its network cards.</summary>
    /// <param name="mac">The card's address.</param>
    /// <param name="path">The node.</param>
    /// <param name="success">It is open.</param>
    public void NetworkNode(string mac, string path, bool success) => Resource("net", "open",
        $"net={mac} {AuditText.Field("path", path)} {AuditText.Device(NumberOf(path))}", success);

    /// <summary>Its control group may open nothing, from now on.</summary>
    /// <param name="folder">The group's folder.</param>
    /// <param name="success">The kernel took it.</param>
    public void DenyAll(string folder, bool success) => Group(folder, "deny", "class=all", success);

    /// <summary>Its control group may open something more, or no more.</summary>
    /// <param name="folder">The group's folder.</param>
    /// <param name="reason">"allow" or "deny".</param>
    /// <param name="path">A path to the node.</param>
    /// <param name="access">"r", "rw", "rwm".</param>
    /// <param name="success">The kernel took it.</param>
    public void Node(string folder, string reason, string path, string access, bool success) => Group(folder, reason,
        $"class=path {AuditText.Field("path", path)} {AuditText.Device(NumberOf(path))} acl={access}", success);

    /// <summary>Its control group may open all devices of a driver.</summary>
    /// <param name="folder">The group's folder.</param>
    /// <param name="category">"pty", "sound".</param>
    /// <param name="major">The driver's number.</param>
    /// <param name="access">"rw".</param>
    /// <param name="success">The kernel took it.</param>
    public void Driver(string folder, string category, uint major, string access, bool success) => Group(folder, "allow",
        string.Create(CultureInfo.InvariantCulture, $"class=major category={category} maj={major:X2} acl={access}"), success);

    void Group(string folder, string reason, string fields, bool success) => Resource("cgroup", reason,
        $"{AuditText.Field("cgroup", folder.EndsWith('/') ? folder : folder + "/")} {fields}", success);

    static (uint, uint)? NumberOf(string path) => FileOwner.FindNode(path) is { } node ? (node.Major, node.Minor) : null;
}
