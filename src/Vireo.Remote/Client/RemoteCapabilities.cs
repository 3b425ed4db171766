using Vireo.Core.Errors;
using Vireo.Driver;

namespace Vireo.Remote;

/// <summary>Everything that can be asked over the wire.</summary>
static partial class RemoteCapabilities
{
    internal static CapabilitySet Make(RemoteClient client)
    {
        var parts = new Dictionary<Type, object>();
        AddGenerated(client, parts);
        var events = new Custom.RemoteEvents(client);
        parts[typeof(IDomainEvents)] = events;
        parts[typeof(INetworkEvents)] = events;
        parts[typeof(IStoragePoolEvents)] = events;
        parts[typeof(INodeDeviceEvents)] = events;
        parts[typeof(ISecretEvents)] = events;
        parts[typeof(IQemuMonitorEvents)] = events;
        parts[typeof(ICloseNotification)] = events;
        return CapabilitySet.From(parts);
    }

    /// <summary>Everything that a daemon can be asked about itself.</summary>
    internal static CapabilitySet Make(AdminClient client)
    {
        var parts = new Dictionary<Type, object>();
        AddGenerated(client, parts);
        return CapabilitySet.From(parts);
    }

    /// <summary>The error domain of each capability, and whose each procedure is.</summary>
    internal static (Dictionary<Type, ErrorDomain> Domains, Dictionary<int, Type> Procedures) Families()
    {
        var made = (Domains: new Dictionary<Type, ErrorDomain>(), Procedures: new Dictionary<int, Type>());
        AddFamilies(made.Domains, made.Procedures);
        return made;
    }

    static partial void AddFamilies(Dictionary<Type, ErrorDomain> domains, Dictionary<int, Type> procedures);

    /// <summary>Everything that a log or lock manager can be asked.</summary>
    internal static CapabilitySet Make(ManagerClient client)
    {
        var parts = new Dictionary<Type, object>();
        AddGenerated(client, parts);
        return CapabilitySet.From(parts);
    }

    static partial void AddGenerated(RemoteClient client, Dictionary<Type, object> parts);

    static partial void AddGenerated(AdminClient client, Dictionary<Type, object> parts);

    static partial void AddGenerated(ManagerClient client, Dictionary<Type, object> parts);
}
