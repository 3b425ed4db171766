using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Hypervisor.Machines;

namespace Vireo.Drivers.Qemu.Hotplug;

/// <summary>What a change is made to.</summary>
/// <param name="Live">The machine that runs.</param>
/// <param name="Config">The definition that the next start takes.</param>
readonly record struct Impact(bool Live, bool Config)
{
    /// <summary>What flags mean for a machine: without any, what runs, or else the definition.</summary>
    /// <exception cref="VireoException">VIR_ERR_OPERATION_INVALID: there is no such half of it.</exception>
    internal static Impact Of(DomainModificationImpact flags, MachineSnapshot now)
    {
        bool live = flags.HasFlag(DomainModificationImpact.Live), config = flags.HasFlag(DomainModificationImpact.Config);
        if (!live && !config)
            (live, config) = (now.IsActive, !now.IsActive);
        if (live && !now.IsActive)
            throw MachineErrors.NotRunning();
        if (config && !now.IsPersistent)
            throw QemuErrors.Invalid("transient domains do not have any persistent config");
        return new Impact(live, config);
    }
}
