using Vireo.Core.Errors;
using Vireo.Core.Xml;
using Vireo.Model.Domain.Devices;
using Vireo.Model.Rules;

namespace Vireo.Drivers.Qemu.Definition.Rules;

/// <summary>Mice, tablets and keyboards.</summary>
sealed class InputRules : IRules<Input, RuledMachine>
{
    public static void Check(Input element, RuledMachine document, Findings found)
    {
        if (element.Model is InputModel.VirtioTransitional or InputModel.VirtioNonTransitional
            && !(element is { Bus: InputBus.Virtio, Type: InputType.Passthrough }))
            found.Unsupported(element, $"virtio (non-)transitional models are not supported for input type={element.Type.ToXml()}");
        if (element.Type is InputType.Passthrough && element.Bus is not (null or InputBus.Virtio))
            found.Unsupported(element, "only bus 'virtio' is supported for 'passthrough' input devices");
        switch (element.Bus)
        {
            case InputBus.Ps2 when element.Type is not (InputType.Mouse or InputType.Keyboard):
                found.Add(element, ErrorCode.InternalError, $"ps2 bus does not support {element.Type.ToXml()} input device");
                break;
            case InputBus.Xen:
                found.Add(element, ErrorCode.InternalError, "unsupported input bus xen");
                break;
            case InputBus.Usb when UsbRules.IsOff(document.Def.Devices):
                found.Unsupported(element, "Can't add USB input device. USB bus is disabled");
                break;
        }
    }
}
