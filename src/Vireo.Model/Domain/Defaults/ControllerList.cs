using Vireo.Core;
using Vireo.Model.Domain.Devices;

namespace Vireo.Model.Domain.Defaults;

/// <summary>
/// The order of controllers. Those that a document has stand together by type, in the order of their indexes; those that are added
/// go to the end, until the document is read again.
/// </summary>
public static class ControllerList
{
    /// <summary>The controllers as a document that is read has them.</summary>
    public static ValueList<Controller> Grouped(ValueList<Controller> written)
    {
        List<Controller> controllers = [];
        foreach (Controller one in written)
            Insert(controllers, one);
        return controllers.ToValueList();
    }

    /// <summary>Puts a controller that a document has behind the others of its type.</summary>
    public static void Insert(List<Controller> controllers, Controller controller)
    {
        int at = controllers.Count;
        bool found = false;
        for (int i = controllers.Count - 1; i >= 0; i--)
        {
            Controller other = controllers[i];
            if (other.Type != controller.Type)
                continue;
            bool companion = other.Index == controller.Index && other.MasterStartPort is not null && controller.MasterStartPort is null;
            if (other.Index > controller.Index || companion)
            {
                at = i;
                found = true;
                continue;
            }
            if (!found)
                at = i + 1;
            break;
        }
        controllers.Insert(at, controller);
    }

    /// <summary>The first port of the USB 2 controller that a companion serves; null for other controllers.</summary>
    public static int? Companion(Controller controller) => controller is { Type: ControllerType.Usb, Model: { } model }
        ? model switch { "ich9-uhci1" => 0, "ich9-uhci2" => 2, "ich9-uhci3" => 4, _ => null }
        : null;

    /// <summary>Adds a controller at the end unless there is one of this type and index.</summary>
    public static void AddMissing(List<Controller> controllers, ControllerType type, uint index, string? model)
    {
        if (!controllers.Exists(c => c.Type == type && c.Index == index))
            controllers.Add(new Controller { Type = type, Index = index, Model = model });
    }
}
