using Vireo.Core.Errors;
using Vireo.Driver;

namespace Vireo.Remote.Forward;

/// <summary>
/// Which procedures and capabilities are those of networks, storage and the other things that every hypervisor shares, and that a daemon of
/// their own may have. All others are the hypervisor's.
/// </summary>
static class Families
{
    /// <summary>The drivers of hypervisors, to whose connections the families belong.</summary>
    internal static bool IsHypervisor(string driver) => driver is "qemu" or "xen" or "lxc" or "vbox" or "bhyve" or "ch" or "vz" or "parallels";

    static readonly (Dictionary<Type, ErrorDomain> Domains, Dictionary<int, Type> Procedures) known = RemoteCapabilities.Families();

    /// <summary>The driver whose procedure this is, "network"; null: the hypervisor's.</summary>
    internal static string? DriverOf(uint program, int procedure) => program is not Procedures.Program ? null : procedure switch
    {
        // Registrations for events, which the session answers: of networks, pools, devices and secrets.
        313 or 314 => "network",
        368 or 369 => "storage",
        374 or 375 => "nodedev",
        380 or 381 => "secret",
        _ => known.Procedures.TryGetValue(procedure, out Type? capability) ? DriverOf(capability) : null,
    };

    /// <summary>Whether this procedure registers for events of a secondary driver.</summary>
    internal static bool Registers(int procedure) => procedure is 313 or 368 or 374 or 380;

    /// <summary>Whether this procedure takes back such a registration.</summary>
    internal static bool Deregisters(int procedure) => procedure is 314 or 369 or 375 or 381;

    /// <summary>The driver whose capability this is; null: the hypervisor's.</summary>
    internal static string? DriverOf(Type capability)
    {
        // To take a device from the host is the hypervisor's doing.
        if (capability == typeof(INodeDeviceDetach))
            return null;
        if (capability == typeof(INetworkEvents))
            return "network";
        if (capability == typeof(IStoragePoolEvents))
            return "storage";
        if (capability == typeof(INodeDeviceEvents))
            return "nodedev";
        if (capability == typeof(ISecretEvents))
            return "secret";
        return known.Domains.GetValueOrDefault(capability) switch
        {
            ErrorDomain.Network => "network",
            ErrorDomain.Storage => "storage",
            ErrorDomain.Nodedev => "nodedev",
            ErrorDomain.Interface => "interface",
            ErrorDomain.Secret => "secret",
            ErrorDomain.Nwfilter => "nwfilter",
            _ => null,
        };
    }
}
