using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Definition;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Hotplug.Config;

/// <summary>Devices of the definition that the next start takes: pure functions from one definition to the next.</summary>
/// <param name="Facts">The binary of the definition.</param>
/// <param name="Planning">The passes.</param>
sealed record ConfigChanges(QemuFacts Facts, IGuestPlanning Planning)
{
    /// <summary>The definition with one more device, and with what that needs.</summary>
    internal DomainDef Attach(DomainDef definition, DeviceDocument document)
    {
        DomainDef before = ShownDefinition.ReadAgain(definition);
        if (document.Lease is { } lease)
            return DeviceSearch.FindLease(before, lease) is null
                ? before with { Devices = before.Devices with { Leases = before.Devices.Leases.Add(lease) } }
                : throw HotplugErrors.LeaseThere(lease);
        if (document.Device is not { } device)
            throw HotplugErrors.NotOffered("persistent attach", document.Kind);
        NewDevice.CheckAlias(before, device);
        CheckNew(before, device);
        NewDevice.CheckBridge(device);
        var (after, made) = NewDevice.Insert(before, device, Facts, Planning);
        NewDevice.CheckRules(before, after, made, Facts);
        if (!IsChangeable(device))
            throw HotplugErrors.NotOffered("persistent attach", document.Kind);
        return made switch
        {
            MemoryDevice memory => WithMemory(after, (long)memory.Target.Size.KiB),
            Serial serial when before.Devices.Serials.IsEmpty && before.Devices.Consoles.IsEmpty =>
                after with { Devices = after.Devices with { Consoles = [NewDevice.MirrorOf(serial)] } },
            _ => after,
        };
    }

    /// <summary>The definition without the device that a document means.</summary>
    internal DomainDef Detach(DomainDef definition, DeviceDocument document)
    {
        DomainDef before = ShownDefinition.ReadAgain(definition);
        if (document.Lease is { } lease)
            return DeviceSearch.FindLease(before, lease) is { } known
                ? before with { Devices = before.Devices with { Leases = before.Devices.Leases.Where(l => l != known).ToValueList() } }
                : throw HotplugErrors.NoLease(lease, ErrorCode.DeviceMissing);
        if (document.Device is not { } device || !IsChangeable(device))
            throw HotplugErrors.NotOffered("persistent detach", document.Kind);
        return Without(before, Find(before, device) ?? throw HotplugErrors.NotInConfig(device));
    }

    /// <summary>The definition without the device of an alias.</summary>
    internal DomainDef Detach(DomainDef definition, string alias)
    {
        DomainDef before = ShownDefinition.ReadAgain(definition);
        Device device = DeviceSearch.FindAlias(before, alias);
        return IsChangeable(device) ? Without(before, device) : throw HotplugErrors.NotOffered("persistent detach", DeviceDocument.KindOf(device));
    }

    /// <summary>The definition with a device in another form.</summary>
    internal DomainDef Update(DomainDef definition, DeviceDocument document)
    {
        DomainDef before = ShownDefinition.ReadAgain(definition);
        if (document.Graphics is { } screen)
            return Update(before, screen);
        if (document.Device is not { } device)
            throw HotplugErrors.NotOffered("persistent update", document.Kind);
        Device? old = device switch
        {
            Disk disk => DeviceSearch.FindDisk(before, disk.Target.Device)
                ?? throw VireoException.InvalidArgument(ErrorDomain.Qemu, $"target {disk.Target.Device} doesn't exist."),
            Interface => DeviceSearch.Find(before, device with { Alias = null }),
            MemoryDevice => DeviceSearch.Find(before, device),
            _ => null,
        };
        DomainDef without = old is null ? before : before with { Devices = before.Devices.Without(old) };
        var (after, made) = NewDevice.Insert(without, device, Facts, Planning);
        if (old is not null)
            after = AtPlaceOf(before, old, after, made);
        NewDevice.CheckRules(before, after, made, Facts);
        return old is not null ? after : device is MemoryDevice ? throw HotplugErrors.NotInConfig(device) : throw HotplugErrors.NotOffered("persistent update", document.Kind);
    }

    // What stands at an index goes on standing there.
    static DomainDef AtPlaceOf(DomainDef before, Device old, DomainDef after, Device made) => old switch
    {
        Disk disk => after with { Devices = after.Devices with { Disks = Moved(after.Devices.Disks, (Disk)made, IndexOf(before.Devices.Disks, disk)) } },
        Interface card => after with { Devices = after.Devices with { Interfaces = Moved(after.Devices.Interfaces, (Interface)made, IndexOf(before.Devices.Interfaces, card)) } },
        MemoryDevice memory => after with { Devices = after.Devices with { Memories = Moved(after.Devices.Memories, (MemoryDevice)made, IndexOf(before.Devices.Memories, memory)) } },
        _ => after,
    };

    static int IndexOf<T>(ValueList<T> list, T item) where T : Device
    {
        int at = 0;
        while (!ReferenceEquals(list[at], item))
            at++;
        return at;
    }

    static ValueList<T> Moved<T>(ValueList<T> list, T item, int to) where T : Device
    {
        ValueList<T> rest = list.RemoveAt(IndexOf(list, item));
        return [.. rest.AsSpan()[..to], item, .. rest.AsSpan()[to..]];
    }

    DomainDef Update(DomainDef before, Graphics screen)
    {
        int at = 0;
        while (at < before.Devices.Graphics.Count && before.Devices.Graphics[at].GetType() != screen.GetType())
            at++;
        if (at == before.Devices.Graphics.Count)
            throw VireoException.InvalidArgument(ErrorDomain.Qemu, $"cannot find existing graphics type '{Word(screen)}' device to modify");
        DomainDef after = Planning.WithDefaults(before with { Devices = before.Devices with { Graphics = before.Devices.Graphics.SetItem(at, screen) } }, Facts);
        NewDevice.CheckRules(before, after, null, Facts);
        return after;
    }

    /// <summary>The word of a kind of screen.</summary>
    internal static string Word(Graphics screen) => screen switch
    {
        Graphics.Vnc => "vnc",
        Graphics.Spice => "spice",
        Graphics.Sdl => "sdl",
        Graphics.EglHeadless => "egl-headless",
        Graphics.Rdp => "rdp",
        Graphics.Desktop => "desktop",
        _ => "dbus",
    };

    static Device? Find(DomainDef before, Device wanted) => wanted is not Watchdog ? DeviceSearch.Find(before, wanted) : before.Devices.Watchdogs is [var dog, ..] ? dog : null;

    DomainDef Without(DomainDef before, Device device)
    {
        DeviceSet set = before.Devices.Without(device);
        // The console that mirrors a serial port goes with it.
        if (device is Serial && before.Devices.Serials.Count > 0 && ReferenceEquals(before.Devices.Serials[0], device)
            && set.Consoles is [{ TargetType: null or ConsoleTarget.Serial }, ..])
            set = set with { Consoles = set.Consoles.RemoveAt(0) };
        DomainDef after = before with { Devices = set };
        if (device is MemoryDevice memory)
            after = WithMemory(after, -(long)memory.Target.Size.KiB);
        return Planning.WithDefaults(after, Facts);
    }

    // All memory counts what is plugged in.
    static DomainDef WithMemory(DomainDef machine, long moreKiB) => machine with
    {
        Memory = machine.Memory is { } memory ? new MemorySize((ulong)((long)memory.KiB + moreKiB)) : null,
        CurrentMemory = machine.CurrentMemory is { } current ? new MemorySize((ulong)Math.Max(0, (long)current.KiB + moreKiB)) : null,
    };

    static bool IsChangeable(Device device) => device is Disk or Interface or Sound or Hostdev or Controller or Filesystem or Rng or MemoryDevice or RedirectedDevice
        or SharedMemory or Watchdog or Input or Vsock or Serial or Model.Domain.Devices.Parallel or Channel or GuestConsole;

    static void CheckNew(DomainDef before, Device device)
    {
        string? there = device switch
        {
            Disk disk when DeviceSearch.FindDisk(before, disk.Target.Device) is not null => $"target {disk.Target.Device} already exists",
            Controller { Index: { } index } when DeviceSearch.Find(before, device) is not null => $"controller index='{index}' already exists",
            Filesystem when DeviceSearch.Find(before, device) is not null => "Target already exists",
            Hostdev or SharedMemory when DeviceSearch.Find(before, device) is not null => "device is already in the domain configuration",
            Watchdog when !before.Devices.Watchdogs.IsEmpty => "domain already has a watchdog",
            Vsock when before.Devices.Vsock is not null => "domain already has a vsock device",
            Serial or Model.Domain.Devices.Parallel or Channel or GuestConsole when DeviceSearch.Find(before, device) is not null => "chardev already exists",
            _ => null,
        };
        if (there is not null)
            throw QemuErrors.Invalid(there);
    }
}
