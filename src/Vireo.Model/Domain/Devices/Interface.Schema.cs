using Vireo.Core.Xml.Schema;

namespace Vireo.Model.Domain.Devices;

public sealed partial record Interface
{
    static void DescribeMac(ShapeBuilder s) => s.Child("mac", static () => InterfaceMac.XmlShape);

    static void DescribeDriver(ShapeBuilder s) => s.Child("driver", static () => InterfaceDriver.XmlShape);
}
