using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Devices;

/// <summary>USB and virtio mice, tablets and keyboards; PS/2 is part of the machine.</summary>
sealed class InputPlanner : IDevicePlanner<Input>
{
    public DevicePlan Plan(Input input, PlanContext at) => (input.Bus, input.Type) switch
    {
        (_, InputType.Evdev) => Evdev(input),
        (InputBus.Usb, InputType.Mouse) => Usb("usb-mouse", input, at),
        (InputBus.Usb, InputType.Tablet) => Usb("usb-tablet", input, at),
        (InputBus.Usb, InputType.Keyboard) => Usb("usb-kbd", input, at),
        (InputBus.Virtio, InputType.Mouse) => Virtio("virtio-mouse", input, at),
        (InputBus.Virtio, InputType.Tablet) => Virtio("virtio-tablet", input, at),
        (InputBus.Virtio, InputType.Keyboard) => Virtio("virtio-keyboard", input, at),
        (InputBus.Virtio, InputType.Passthrough) => Virtio("virtio-input-host", input, at),
        _ => DevicePlan.Nothing,
    };

    static DevicePlan Usb(string driver, Input input, PlanContext at) =>
        new() { Frontends = [new QemuDevice(driver) { { "id", input.Alias }, at.Address(input) }] };

    static DevicePlan Virtio(string driver, Input input, PlanContext at)
    {
        VirtioModel model = input.Model switch
        {
            InputModel.VirtioTransitional => VirtioModel.Transitional,
            InputModel.VirtioNonTransitional => VirtioModel.NonTransitional,
            _ => VirtioModel.Plain,
        };
        string? evdev = input.Type is InputType.Passthrough ? input.Source?.Evdev : null;
        return new DevicePlan
        {
            Host = evdev is null ? [] : [new HostStep.Allow(evdev)],
            Frontends =
            [
                new QemuDevice(at.Virtio(driver, input, model))
                {
                    at.VirtioOptions(input.Driver, model),
                    { "id", input.Alias },
                    { "evdev", evdev },
                    at.Address(input),
                },
            ],
        };
    }

    static DevicePlan Evdev(Input input)
    {
        string path = input.Source?.Device ?? "";
        return new DevicePlan
        {
            Host = [new HostStep.Allow(path)],
            Backends =
            [
                new QemuObject("input-linux", input.Alias ?? "")
                {
                    { "evdev", path },
                    { "repeat", input.Source?.Repeat },
                    { "grab_all", input.Source?.Grab is InputGrab.All ? true : null },
                    { "grab-toggle", Toggle(input.Source?.GrabToggle) },
                },
            ],
        };
    }

    static string? Toggle(InputGrabToggle? toggle) => toggle switch
    {
        InputGrabToggle.CtrlCtrl => "ctrl-ctrl",
        InputGrabToggle.AltAlt => "alt-alt",
        InputGrabToggle.ShiftShift => "shift-shift",
        InputGrabToggle.MetaMeta => "meta-meta",
        InputGrabToggle.ScrollLock => "scrolllock",
        InputGrabToggle.CtrlScrollLock => "ctrl-scrolllock",
        _ => null,
    };
}
