using Vireo.Hypervisor.Audit;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Audit;

/// <summary>Tells the audit of a device that comes to a running guest, or goes.</summary>
static class DeviceAudit
{
    /// <summary>Writes the record, if the audit has one for such a device.</summary>
    internal static void Write(GuestAudit audit, Device device, bool comes, bool success)
    {
        if (!audit.IsOn)
            return;
        string reason = comes ? "attach" : "detach";
        void Exchange(string resource, string? what) => audit.Exchange(resource, reason, comes ? null : what, comes ? what : null, success);
        switch (device)
        {
            case Disk disk: Exchange("disk", StartAudit.PathOf(disk.Source)); break;
            case Filesystem { Source: { } folder }: Exchange("fs", folder.Directory ?? folder.File ?? folder.Device ?? folder.Name ?? folder.Socket); break;
            case Interface card: Exchange("net", card.Mac?.Address.ToString()); break;
            case Hostdev hostdev when HostDeviceName.Of(hostdev.Source) is { } named: audit.HostDevice(reason, named.Bus, named.Device, success); break;
            case RedirectedDevice: audit.HostDevice(reason, "usb", "USB redirdev", success); break;
            case CharDevice stream: Exchange("chardev", StartAudit.PathOf(stream.Source)); break;
            case Rng { Backend: RngBackend.OfRandom random }: Exchange("rng", random.Path ?? "/dev/urandom"); break;
            case Rng { Backend: RngBackend.OfEgd egd }: Exchange("rng", StartAudit.PathOf(egd.Source)); break;
            case SharedMemory memory: audit.SharedMemory(reason, (memory.Size?.KiB ?? 0) * 1024, memory.Server?.Path ?? $"/dev/shm/{memory.Name}", success); break;
            case Input { Type: InputType.Passthrough or InputType.Evdev, Source: { } source } when (source.Evdev ?? source.Device) is { } node:
                audit.Input(reason, node, success);
                break;
        }
    }
}
