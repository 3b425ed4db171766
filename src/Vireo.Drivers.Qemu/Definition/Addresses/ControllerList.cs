using Vireo.Core;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Definition.Addresses;

/// <summary>
/// The order of controllers. Those that a document has stand together by type, in the order of their indexes; those that are added
/// go to the end, until the document is read again.
/// </summary>
static class ControllerList
{
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

    public static void AddMissing(List<Controller> controllers, ControllerType type, uint index, string? model)
    {
        if (!controllers.Exists(c => c.Type == type && c.Index == index))
            controllers.Add(new Controller { Type = type, Index = index, Model = model });
    }
}
