using Vireo.Drivers.Qemu.Machine;
using Vireo.Host.Cgroups;

namespace Vireo.Drivers.Qemu.Tuning;

/// <summary>The control groups of what runs, for whoever reads or changes their limits.</summary>
static class GroupAccess
{
    /// <summary>The guest's group, if it can limit what is asked for.</summary>
    /// <param name="live">What runs.</param>
    /// <param name="controller">The controller.</param>
    /// <param name="name">How messages call it.</param>
    /// <exception cref="Core.Errors.VireoException">VIR_ERR_OPERATION_INVALID: the host has no such controller, or not for us.</exception>
    internal static ControlGroup GroupOf(this LiveQemu? live, CgroupControllers controller, string name) =>
        live?.Cgroup?.Whole is { } whole && (whole.Controllers & controller) != 0 ? whole : throw QemuErrors.Invalid($"cgroup {name} controller is not mounted");
}
