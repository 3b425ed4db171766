using Vireo.Core.Errors;
using Vireo.Core.TypedParameters;

namespace Vireo.Driver;

/// <summary>Certificates of a running domain's displays.</summary>
[Capability(ErrorDomain.Domain, Since = "10.2.0")]
public interface IDomainGraphicsReload
{
    /// <summary>Makes displays of a kind read their certificates again.</summary>
    [Procedure(448, Write = true), CExport("virDomainGraphicsReload")]
    [Acl(DomainRight.Write)]
    ValueTask ReloadGraphicsAsync(
        DomainRef domain, [Wire(WireType.UInt)] DomainGraphicsReloadType type, uint flags, CancellationToken cancel);
}

/// <summary>Starting with the host, the next time only.</summary>
[Capability(ErrorDomain.Domain, Since = "11.2.0")]
public interface IDomainAutostartOnce
{
    /// <summary>Whether it starts with the host the next time.</summary>
    [Procedure(449, Priority.High), CExport("virDomainGetAutostartOnce")]
    [Acl(DomainRight.Read)]
    ValueTask<bool> GetAutostartOnceAsync(DomainRef domain, CancellationToken cancel);

    /// <summary>Whether it shall start with the host the next time.</summary>
    [Procedure(450, Priority.High, Write = true), CExport("virDomainSetAutostartOnce")]
    [Acl(DomainRight.Write)]
    ValueTask SetAutostartOnceAsync(DomainRef domain, bool autostart, CancellationToken cancel);
}

/// <summary>Limits that several disks of a domain share.</summary>
[Capability(ErrorDomain.Domain, Since = "11.2.0")]
public interface IDomainThrottleGroups
{
    /// <summary>Makes a group, or changes the limits that are named.</summary>
    [Procedure(451, Write = true), CExport("virDomainSetThrottleGroup")]
    [Acl(DomainRight.Write)]
    [Acl(DomainRight.Save, Unless = DomainModificationImpact.Config | DomainModificationImpact.Live)]
    [Acl(DomainRight.Save, If = DomainModificationImpact.Config)]
    ValueTask SetThrottleGroupAsync(
        DomainRef domain, string group, [Bound(32)] TypedParameter[] parameters, DomainModificationImpact flags, CancellationToken cancel);

    /// <summary>Removes a group that no disk uses.</summary>
    [Procedure(452, Write = true), CExport("virDomainDelThrottleGroup")]
    [Acl(DomainRight.Write)]
    [Acl(DomainRight.Save, Unless = DomainModificationImpact.Config | DomainModificationImpact.Live)]
    [Acl(DomainRight.Save, If = DomainModificationImpact.Config)]
    ValueTask RemoveThrottleGroupAsync(DomainRef domain, string? group, DomainModificationImpact flags, CancellationToken cancel);
}

/// <summary>Telling a network where a guest is now.</summary>
[Capability(ErrorDomain.Domain, Since = "12.6.0")]
public interface IDomainAnnounce
{
    /// <summary>Announces a card's addresses, or those of all cards; how often and how fast, by name.</summary>
    [Procedure(456, Write = true), CExport("virDomainAnnounceInterface")]
    [Acl(DomainRight.Write)]
    ValueTask AnnounceInterfaceAsync(
        DomainRef domain, string? device, [Bound(16)] TypedParameter[] parameters, uint flags, CancellationToken cancel);
}
