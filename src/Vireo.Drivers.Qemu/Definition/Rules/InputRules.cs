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
    }
}
