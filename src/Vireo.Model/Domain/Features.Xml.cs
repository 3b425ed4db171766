using Vireo.Core;
using Vireo.Core.Xml;

namespace Vireo.Model.Domain;

public sealed partial record ContainerCapabilities
{
    static void ReadEach(XmlInput x, ref ValueListBuilder<ContainerCapability> each)
    {
        if (!x.IsForeign)
            each.Add(new ContainerCapability(x.Name, x.OnOff(x.Attribute("state"), "state") ?? true));
    }

    void WriteEach(XmlOutput o)
    {
        foreach (ContainerCapability capability in Each)
            o.Switch(capability.Name, capability.On);
    }
}
