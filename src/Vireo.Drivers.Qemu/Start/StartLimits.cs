using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Definition.Volumes;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Start;

/// <summary>
/// A guest gets every device of its definition or does not start: what the host would have to do for it and this driver cannot do yet is refused
/// by name, and a network that nobody provides is not replaced by a tap that leads nowhere.
/// </summary>
public static class StartLimits
{
    /// <summary>Refuses a definition that would start without one of its devices.</summary>
    /// <exception cref="VireoException">VIR_ERR_NO_SUPPORT for what cannot be prepared; VIR_ERR_NO_NETWORK for a network that is not there.</exception>
    public static void Check(DomainDef machine)
    {
        if (VolumeSources.AreIn(machine))
            throw VireoException.NoSupport("starting a machine with a disk of type 'volume'", ErrorDomain.Qemu);
        foreach (Interface card in machine.Devices.Interfaces)
            if (card.Source is InterfaceSource.OfNetwork { Bridge: null } network)
                throw new VireoException(ErrorCode.NoNetwork, ErrorDomain.Network, $"no network with matching name '{network.Network}'");
    }
}
