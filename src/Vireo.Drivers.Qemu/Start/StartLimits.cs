using Vireo.Core.Errors;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Start;

/// <summary>
/// A guest gets every device of its definition or does not start: what this driver has no planner for yet is refused by name, and a network that
/// nobody provides is not replaced by a tap that leads nowhere.
/// </summary>
public static class StartLimits
{
    /// <summary>Refuses a definition that would start without one of its devices.</summary>
    /// <exception cref="VireoException">VIR_ERR_NO_SUPPORT for a device that cannot be planned; VIR_ERR_NO_NETWORK for a network that is not there.</exception>
    public static void Check(DomainDef machine)
    {
        if (Unplanned(machine) is { } element)
            throw VireoException.NoSupport($"starting a machine with <{element}>", ErrorDomain.Qemu);
        foreach (Interface card in machine.Devices.Interfaces)
            if (card.Source is InterfaceSource.OfNetwork { Bridge: null } network)
                throw new VireoException(ErrorCode.NoNetwork, ErrorDomain.Network, $"no network with matching name '{network.Network}'");
    }

    static string? Unplanned(DomainDef machine) => machine switch
    {
        { Devices.Filesystems.IsEmpty: false } => "filesystem",
        { Devices.Hostdevs.IsEmpty: false } => "hostdev",
        { Devices.Smartcards.IsEmpty: false } => "smartcard",
        { Devices.RedirectedDevices.IsEmpty: false } => "redirdev",
        { Devices.SharedMemories.IsEmpty: false } => "shmem",
        { Devices.Memories.IsEmpty: false } => "memory",
        { Devices.Nvram: not null } => "nvram",
        { Devices.Leases.IsEmpty: false } => "lease",
        { LaunchSecurity: not null } => "launchSecurity",
        { KeyWrap: not null } => "keywrap",
        _ => null,
    };
}
