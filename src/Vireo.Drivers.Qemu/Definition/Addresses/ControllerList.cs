using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Definition.Addresses;

/// <summary>Controllers of a type stand in the order of their indexes; a new one goes to the end otherwise.</summary>
static class ControllerList
{
    public static void Insert(List<Controller> controllers, Controller controller)
    {
        int at = controllers.Count;
        for (int i = controllers.Count - 1; i >= 0; i--)
        {
            Controller other = controllers[i];
            if (other.Type != controller.Type)
                continue;
            if (other.Index > controller.Index)
                at = i;
            else
            {
                bool companion = other.Index == controller.Index && other.MasterStartPort is not null && controller.MasterStartPort is null;
                if (!companion)
                    break;
                at = i;
            }
        }
        controllers.Insert(at, controller);
    }

    public static void AddMissing(List<Controller> controllers, ControllerType type, uint index, string? model)
    {
        if (!controllers.Exists(c => c.Type == type && c.Index == index))
            Insert(controllers, new Controller { Type = type, Index = index, Model = model });
    }
}
