using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Hotplug;

/// <summary>What callers meet when devices change, in libvirt's codes and words.</summary>
static class HotplugErrors
{
    internal static VireoException Unsupported(string text) => new(ErrorCode.OperationUnsupported, ErrorDomain.Qemu, text);

    /// <summary>"live attach of device 'sound' is not supported".</summary>
    internal static VireoException NotOffered(string what, string kind) => Unsupported($"{what} of device '{kind}' is not supported");

    internal static VireoException Missing(string text) => new(ErrorCode.DeviceMissing, ErrorDomain.Qemu, text);

    internal static VireoException Failed(string text) => new(ErrorCode.OperationFailed, ErrorDomain.Qemu, text);

    internal static VireoException NoLease(Lease lease, ErrorCode code) =>
        new(code, ErrorDomain.Qemu, $"Lease {lease.Key} in lockspace {lease.Lockspace ?? "(null)"} does not exist");

    internal static VireoException LeaseThere(Lease lease) => QemuErrors.Invalid($"Lease {lease.Key} in lockspace {lease.Lockspace ?? "(null)"} already exists");

    /// <summary>The definition has no such device.</summary>
    internal static VireoException NotInConfig(Device wanted) => wanted switch
    {
        Disk disk => Missing($"no target device {disk.Target.Device}"),
        Rng => Missing("no matching RNG device was found"),
        Watchdog => Missing("domain has no watchdog"),
        Input => Missing("matching input device not found"),
        RedirectedDevice => Missing("no matching redirdev was not found"),
        CharDevice => VireoException.InvalidArgument(ErrorDomain.Qemu, "device not present in domain configuration"),
        Vsock => Failed("matching vsock device not found"),
        SharedMemory => Missing("matching shmem device was not found"),
        MemoryDevice => Missing("matching memory device was not found"),
        Filesystem => Missing("no matching filesystem device was found"),
        _ => Missing("device not present in domain configuration"),
    };

    /// <summary>The running machine has no such device.</summary>
    internal static VireoException NotInMachine(Device wanted) => wanted switch
    {
        Disk disk => Missing($"disk {disk.Target.Device} not found"),
        Controller controller => Missing($"controller {controller.Type.ToXml()}:{controller.Index ?? 0} not found"),
        Rng rng => Missing($"model '{Word(rng.Backend)}' RNG device not present in domain configuration"),
        Watchdog => Missing("watchdog device not present in domain configuration"),
        Input => Missing("matching input device not found"),
        RedirectedDevice => QemuErrors.Invalid("no matching redirdev was not found"),
        CharDevice stream => Missing($"chr type '{Word(stream)}' device not present in domain configuration"),
        Vsock => Missing("matching vsock device not found"),
        SharedMemory memory => Missing($"model '{(memory.Model ?? SharedMemoryModel.IvShmem).ToXml()}' shmem device not present in domain configuration"),
        MemoryDevice memory => Missing($"model '{memory.Model.ToXml()}' memory device not present in the domain configuration"),
        Filesystem => Missing("matching filesystem not found"),
        Hostdev { Source: HostdevSource.OfPci { Address: { } at } } => Missing($"host pci device {at.Domain:x4}:{at.Bus:x2}:{at.Slot:x2}.{at.Function:x} not found"),
        Hostdev { Source: HostdevSource.OfUsb { Bus: { } bus and not 0 } usb } => Missing($"host usb device {bus:d3}.{usb.DeviceNumber ?? 0:d3} not found"),
        Hostdev { Source: HostdevSource.OfUsb usb } => Missing($"host usb device vendor=0x{usb.Vendor ?? 0:x4} product=0x{usb.Product ?? 0:x4} not found"),
        _ => Missing("device not present in domain configuration"),
    };

    /// <summary>libvirt's word for a kind of stream.</summary>
    internal static string Word(CharDevice device) => device switch
    {
        Serial => "serial",
        Model.Domain.Devices.Parallel => "parallel",
        Channel => "channel",
        _ => "console",
    };

    static string Word(RngBackend backend) => backend switch
    {
        RngBackend.OfRandom => "random",
        RngBackend.OfEgd => "egd",
        _ => "builtin",
    };
}
