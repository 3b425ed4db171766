using Vireo.Hypervisor.Audit;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Audit;

/// <summary>Tells the audit what a guest has when it starts: everything that libvirt names, in its order.</summary>
static class StartAudit
{
    const string Start = "start";

    /// <summary>Writes under which labels it will run.</summary>
    internal static void Labels(GuestAudit audit, DomainDef labelled)
    {
        foreach (var label in labelled.SecurityLabels)
            if (label is { Model: { } model, Label: { } process, Type: not SecurityLabelType.None })
                audit.Label(model, process, label.ImageLabel ?? process, true);
    }

    /// <summary>Writes the records.</summary>
    /// <param name="audit">The guest's records.</param>
    /// <param name="guest">What runs, or, after a start that failed early, what should.</param>
    /// <param name="restored">It goes on from a saved state.</param>
    /// <param name="pid">Its process; 0: the start failed.</param>
    /// <param name="tpmSocket">Where its TPM emulator listens; null: it is not that far.</param>
    internal static void Write(GuestAudit audit, DomainDef guest, bool restored, int pid, string? tpmSocket)
    {
        if (!audit.IsOn)
            return;
        foreach (Disk disk in guest.Devices.Disks)
            if (PathOf(disk.Source) is { } path)
                audit.Exchange("disk", Start, null, path, true);
        foreach (Filesystem folder in guest.Devices.Filesystems)
            if (folder.Source is { } source)
                audit.Exchange("fs", Start, null, source.Directory ?? source.File ?? source.Device ?? source.Name ?? source.Socket, true);
        foreach (Interface card in guest.Devices.Interfaces)
            audit.Exchange("net", Start, null, card.Mac?.Address.ToString(), true);
        foreach (Hostdev device in guest.Devices.Hostdevs)
            if (HostDeviceName.Of(device.Source) is { } named)
                audit.HostDevice(Start, named.Bus, named.Device, true);
        foreach (RedirectedDevice _ in guest.Devices.RedirectedDevices)
            audit.HostDevice(Start, "usb", "USB redirdev", true);
        foreach (Smartcard card in guest.Devices.Smartcards)
            Card(audit, card.Mode);
        foreach (CharDevice device in Characters(guest.Devices))
            Character(audit, "chardev", device.Source);
        foreach (Rng rng in guest.Devices.Rngs)
            Random(audit, rng.Backend);
        foreach (Tpm tpm in guest.Devices.Tpms)
            Module(audit, tpm.Backend, tpmSocket);
        foreach (SharedMemory memory in guest.Devices.SharedMemories)
            audit.SharedMemory(Start, (memory.Size?.KiB ?? 0) * 1024, memory.Server?.Path ?? $"/dev/shm/{memory.Name}", true);
        foreach (Input input in guest.Devices.Inputs)
            if (input is { Type: InputType.Passthrough or InputType.Evdev, Source: { } source } && (source.Evdev ?? source.Device) is { } node)
                audit.Input(Start, node, true);
        audit.Amount("mem", Start, 0, guest.Memory?.KiB ?? 0, true);
        audit.Amount("vcpu", Start, 0, guest.Vcpu?.Current ?? guest.Vcpu?.Maximum ?? 1, true);
        if (Math.Max(guest.IoThreads ?? 0, (uint)guest.IoThreadIds.Count) is > 0 and var threads)
            audit.Amount("iothread", Start, 0, threads, true);
        audit.Lifecycle(Start, restored ? "restored" : "booted", pid, pid > 0);
    }

    // What is elsewhere has no path on this host.
    internal static string? PathOf(DiskSource? source) => source switch
    {
        DiskSource.OfFile { Path: { } file } => file,
        DiskSource.OfBlock { Path: { } block } => block,
        DiskSource.OfDirectory { Path: { } folder } => folder,
        _ => null,
    };

    // The first console of a machine with a serial port is that port once more.
    static IEnumerable<CharDevice> Characters(DeviceSet devices) =>
    [
        .. devices.Serials, .. devices.Parallels, .. devices.Channels,
        .. devices.Consoles.Where((console, at) => at > 0 || devices.Serials.IsEmpty || console.TargetType is not (null or ConsoleTarget.Serial)),
    ];

    static void Character(GuestAudit audit, string resource, ChardevSource source)
    {
        if (PathOf(source) is { } path)
            audit.Exchange(resource, Start, null, path, true);
    }

    internal static string? PathOf(ChardevSource source) => source switch
    {
        ChardevSource.OfPty pty => pty.Path,
        ChardevSource.OfDevice device => device.Path,
        ChardevSource.OfFile file => file.Path,
        ChardevSource.OfPipe pipe => pipe.Path,
        ChardevSource.OfUnix socket => socket.Path,
        _ => null,
    };

    static void Card(GuestAudit audit, SmartcardMode mode)
    {
        if (mode is SmartcardMode.OfPassthrough passed)
            Character(audit, "smartcard", passed.Source);
        else
            audit.Exchange("smartcard", Start, null,
                mode is SmartcardMode.OfCertificates certificates ? certificates.Database ?? "/etc/pki/nssdb" : "nss-smartcard-device", true);
    }

    static void Random(GuestAudit audit, RngBackend backend)
    {
        if (backend is RngBackend.OfEgd egd)
            Character(audit, "rng", egd.Source);
        else
            audit.Exchange("rng", Start, null, backend is RngBackend.OfRandom random ? random.Path ?? "/dev/urandom" : null, true);
    }

    static void Module(GuestAudit audit, TpmBackend? backend, string? socket)
    {
        if (backend is TpmBackend.OfPassthrough passed)
            audit.Tpm("tpm", Start, passed.Path ?? "/dev/tpm0", true);
        else if (backend is TpmBackend.OfEmulator)
            audit.Tpm("tpm-emulator", Start, socket, true);
    }
}
