using Vireo.Drivers.Qemu.Devices;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.CommandLine;

/// <summary>The devices of one kind, each by its planner.</summary>
sealed class DeviceChapter<T>(IDevicePlanner<T> planner, Func<DomainDef, IEnumerable<T>> devices) : IChapter where T : Device
{
    public void Write(ArgumentWriter to)
    {
        foreach (T device in devices(to.Machine))
        {
            if (device.Rom is not null && device.Address is not (null or DeviceAddress.Pci))
                throw DiskErrors.Unsupported("ROM tuning is only supported for PCI devices");
            to.Add(ZPciDevice.With(planner.Plan(device, to.Plan), device));
        }
    }
}

/// <summary>Controllers, in the order in which their types need each other.</summary>
sealed class ControllerChapter : IChapter
{
    static readonly ControllerType[] Order =
    [
        ControllerType.Pci, ControllerType.Usb, ControllerType.Scsi, ControllerType.Ide, ControllerType.Sata,
        ControllerType.VirtioSerial, ControllerType.Ccid,
    ];

    readonly ControllerPlanner planner = new();

    public void Write(ArgumentWriter to)
    {
        foreach (ControllerType type in Order)
            foreach (Controller controller in to.Machine.Devices.Controllers)
                if (controller.Type == type && !UsbControllers.IsOfBoard(controller, to.Plan))
                    to.Add(ZPciDevice.With(planner.Plan(controller, to.Plan), controller));
        if (to.Plan.MachineType.HasUsbOfBoard
            && to.Machine.Devices.Controllers.All(c => c.Type is not ControllerType.Usb || UsbControllers.IsOfBoard(c, to.Plan)))
            to.Add("-usb");
    }
}

/// <summary>The floppy controller of the chipset, which holds the boot indexes of its drives.</summary>
sealed class FloppyChapter : IChapter
{
    public void Write(ArgumentWriter to)
    {
        var options = new List<(string Name, uint Index)>();
        bool any = false;
        foreach (Disk disk in to.Machine.Devices.Disks)
        {
            if (disk.Target.Bus is not DiskBus.Fdc)
                continue;
            any = true;
            if (to.Plan.BootIndex(disk) is { } index)
                options.Add(((disk.Address as DeviceAddress.Drive)?.Unit is 1 ? "bootindexB" : "bootindexA", index));
        }
        if (!any)
            return;
        if (to.Plan.MachineType.IsQ35)
        {
            var device = new QemuDevice("isa-fdc");
            foreach (var (name, index) in options)
                device.Add(name, index);
            to.Add(device);
        }
        else
            foreach (var (name, index) in options)
                to.Add("-global", $"isa-fdc.{name}={index}");
    }
}

/// <summary>Cards of the host's that stand among the interfaces, as devices of the host.</summary>
sealed class HostCardChapter : IChapter
{
    public void Write(ArgumentWriter to)
    {
        foreach (Interface card in to.Machine.Devices.Interfaces)
            if (card.Source is InterfaceSource.OfHostdev)
                to.Add(ZPciDevice.With(HostdevPlanner.PlanCard(card, to.Plan), card));
    }
}

/// <summary>Old QEMU is told that the host runs in FIPS mode; newer asks its libraries.</summary>
sealed class FipsChapter : IChapter
{
    public void Write(ArgumentWriter to)
    {
        if (to.Start.HostFips && to.Facts.Has(Facts.QemuFlag.EnableFips))
            to.Add("-enable-fips");
    }
}

/// <summary>The host's helper for persistent reservations, if a disk leaves them to it.</summary>
sealed class ReservationsChapter : IChapter
{
    public void Write(ArgumentWriter to)
    {
        if (!Start.Helpers.ReservationsHelper.IsWanted(to.Machine))
            return;
        to.Add(new HostStep.StartReservations());
        to.Add(new QemuObject("pr-manager-helper", BlockObjects.ManagedReservations)
            {
                ["path"] = $"{to.Start.DomainDirectory}/{BlockObjects.ManagedReservations}.sock",
            });
    }
}

/// <summary>The action of all watchdogs.</summary>
sealed class WatchdogActionChapter : IChapter
{
    public void Write(ArgumentWriter to)
    {
        if (to.Machine.Devices.Watchdogs.Count > 0)
            to.Add("-watchdog-action", WatchdogPlanner.ActionOf(to.Machine.Devices.Watchdogs[0].Action));
    }
}

/// <summary>The PC's speaker, which is no device that can be placed.</summary>
sealed class SpeakerChapter : IChapter
{
    public void Write(ArgumentWriter to)
    {
        if (to.Machine.Devices.Sounds.Any(static s => s.Model is SoundModel.PcSpk))
            to.Add("-soundhw", "pcspk");
    }
}

/// <summary>Sound's ways to the host.</summary>
sealed class AudioChapter : IChapter
{
    public void Write(ArgumentWriter to)
    {
        foreach (Audio audio in to.Machine.Devices.Audios)
        {
            if (audio is { Type: AudioType.Sdl, Driver: { } way })
                to.Environment.Add(new("SDL_AUDIODRIVER", way.ToXml()));
            to.Add(AudioPart.Make(audio));
        }
    }
}

/// <summary>-display none for a machine without a screen.</summary>
sealed class NoDisplayChapter : IChapter
{
    public void Write(ArgumentWriter to)
    {
        if (to.Machine.Devices.Graphics.IsEmpty)
            to.Add("-display", "none");
    }
}

/// <summary>-vnc, -spice, -display.</summary>
sealed class GraphicsChapter : IChapter
{
    public void Write(ArgumentWriter to)
    {
        foreach (Graphics graphics in to.Machine.Devices.Graphics)
            switch (graphics)
            {
                case Graphics.Vnc vnc:
                    foreach (QemuPart part in VncOption.Parts(vnc, to.Plan))
                        to.Add(part);
                    break;
                case Graphics.Spice spice:
                    to.Add(SpiceOption.Part(spice, to.Plan));
                    break;
                case Graphics.EglHeadless headless:
                    to.Add("-display", new OptionText("egl-headless").AddIf("rendernode", headless.Gl?.RenderNode));
                    break;
                case Graphics.DBus bus:
                    if (bus.PeerToPeer is not true && (bus.Address ?? to.Start.DBusAddress) == to.Start.DBusAddress)
                        to.Add(new HostStep.StartBus());
                    to.Add("-display", DBus(bus, to));
                    break;
                case Graphics.Sdl sdl:
                    var text = new OptionText("sdl");
                    if (sdl.Gl?.Enable is { } gl)
                        text.Switch("gl", gl);
                    to.Add("-display", text);
                    break;
            }
    }

    static OptionText DBus(Graphics.DBus bus, ArgumentWriter to)
    {
        var text = new OptionText("dbus");
        if (bus.PeerToPeer is true)
            text.Switch("p2p", true);
        else
            text.Add("addr", bus.Address ?? to.Start.DBusAddress);
        if (bus.Gl?.Enable is { } gl)
            text.Switch("gl", gl);
        return text.AddIf("rendernode", bus.Gl?.RenderNode).AddIf("audiodev", bus.AudioId is { } id ? $"audio{id}" : null);
    }
}

/// <summary>-incoming.</summary>
sealed class IncomingChapter : IChapter
{
    public void Write(ArgumentWriter to)
    {
        if (to.Start.Incoming is { } uri)
            to.Add("-incoming", uri);
    }
}
