using Vireo.Core.Errors;

namespace Vireo.Driver;

/// <summary>Changing a domain's devices.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainDevices
{
    /// <summary>Adds a device to a running domain.</summary>
    [Procedure(8, Write = true), CExport("virDomainAttachDevice")]
    [Acl(DomainRight.Write)]
    ValueTask AttachDeviceAsync(DomainRef domain, string xml, CancellationToken cancel) =>
        AttachDeviceAsync(domain, xml, DomainDeviceModifyFlags.Live, cancel);

    /// <summary>Adds a device.</summary>
    [Procedure(160, Write = true), CExport("virDomainAttachDeviceFlags")]
    [Acl(DomainRight.Write)]
    [Acl(DomainRight.Save, Unless = DomainModificationImpact.Config | DomainModificationImpact.Live)]
    [Acl(DomainRight.Save, If = DomainModificationImpact.Config)]
    ValueTask AttachDeviceAsync(DomainRef domain, string xml, DomainDeviceModifyFlags flags, CancellationToken cancel);

    /// <summary>Removes a device from a running domain.</summary>
    [Procedure(13, Write = true), CExport("virDomainDetachDevice")]
    [Acl(DomainRight.Write)]
    ValueTask DetachDeviceAsync(DomainRef domain, string xml, CancellationToken cancel) =>
        DetachDeviceAsync(domain, xml, DomainDeviceModifyFlags.Live, cancel);

    /// <summary>Removes a device.</summary>
    [Procedure(161, Write = true), CExport("virDomainDetachDeviceFlags")]
    [Acl(DomainRight.Write)]
    [Acl(DomainRight.Save, Unless = DomainModificationImpact.Config | DomainModificationImpact.Live)]
    [Acl(DomainRight.Save, If = DomainModificationImpact.Config)]
    ValueTask DetachDeviceAsync(DomainRef domain, string xml, DomainDeviceModifyFlags flags, CancellationToken cancel);

    /// <summary>Changes a device.</summary>
    [Procedure(174, Write = true), CExport("virDomainUpdateDeviceFlags")]
    [Acl(DomainRight.Write)]
    [Acl(DomainRight.Save, Unless = DomainModificationImpact.Config | DomainModificationImpact.Live)]
    [Acl(DomainRight.Save, If = DomainModificationImpact.Config)]
    ValueTask UpdateDeviceAsync(DomainRef domain, string xml, DomainDeviceModifyFlags flags, CancellationToken cancel);

    /// <summary>Removes a device by its alias; an event tells when it is gone.</summary>
    [Procedure(392, Write = true), CExport("virDomainDetachDeviceAlias")]
    [Acl(DomainRight.Write)]
    [Acl(DomainRight.Save, Unless = DomainModificationImpact.Config | DomainModificationImpact.Live)]
    [Acl(DomainRight.Save, If = DomainModificationImpact.Config)]
    ValueTask DetachDeviceByAliasAsync(DomainRef domain, string alias, DomainDeviceModifyFlags flags, CancellationToken cancel);
}
