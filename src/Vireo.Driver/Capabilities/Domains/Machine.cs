using Microsoft.Win32.SafeHandles;
using Vireo.Core.Errors;
using Vireo.Core.TypedParameters;

namespace Vireo.Driver;

/// <summary>Sleep of the guest.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainSleep
{
    /// <summary>Puts the guest to sleep, for so many seconds (0: until it is woken).</summary>
    [Procedure(261, Write = true), CExport("virDomainPMSuspendForDuration")]
    [Acl(DomainRight.PmControl)]
    ValueTask SuspendForDurationAsync(
        DomainRef domain, [Wire(WireType.UInt)] NodeSuspendTarget target, ulong duration, uint flags, CancellationToken cancel);

    /// <summary>Wakes a guest that sleeps.</summary>
    [Procedure(267, Write = true), CExport("virDomainPMWakeup")]
    [Acl(DomainRight.PmControl)]
    ValueTask WakeUpAsync(DomainRef domain, uint flags, CancellationToken cancel);
}

/// <summary>What happens when a guest powers off, reboots or crashes.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainLifecycleActions
{
    /// <summary>Changes one action.</summary>
    [Procedure(390, Write = true), CExport("virDomainSetLifecycleAction")]
    [Acl(DomainRight.Write)]
    ValueTask SetLifecycleActionAsync(
        DomainRef domain, [Wire(WireType.UInt)] DomainLifecycle kind, [Wire(WireType.UInt)] DomainLifecycleAction action, DomainModificationImpact flags, CancellationToken cancel);
}

/// <summary>Pictures of a domain's screen.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainScreenshot
{
    /// <summary>Sends a picture of a screen; the result is its MIME type.</summary>
    [Procedure(211, Write = true), CExport("virDomainScreenshot")]
    [Acl(DomainRight.Screenshot)]
    ValueTask<WithStream<string?>> TakeScreenshotAsync(
        DomainRef domain, uint screen, uint flags, IStreamSink client, CancellationToken cancel);
}

/// <summary>A domain's displays, by descriptor.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainGraphics
{
    /// <summary>Connects a socket to a display. The descriptor is the driver's from now on.</summary>
    [Procedure(249, Write = true), CExport("virDomainOpenGraphics")]
    [Acl(DomainRight.OpenGraphics)]
    ValueTask OpenGraphicsAsync(
        DomainRef domain, uint index, DomainOpenGraphicsFlags flags, SafeFileHandle socket, CancellationToken cancel);

    /// <summary>Gives a socket that is connected to a display.</summary>
    [Procedure(343, Write = true), CExport("virDomainOpenGraphicsFD")]
    [Acl(DomainRight.OpenGraphics)]
    ValueTask<SafeFileHandle> OpenGraphicsAsync(DomainRef domain, uint index, DomainOpenGraphicsFlags flags, CancellationToken cancel);
}

/// <summary>Opened files for a domain's disks.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainFiles
{
    /// <summary>Hands over files under a name that definitions of disks may use, as long as the connection lives.</summary>
    [Procedure(443, Write = true), CExport("virDomainFDAssociate")]
    [Acl(DomainRight.Write)]
    ValueTask AssociateFilesAsync(DomainRef domain, string name, DomainFilesFlags flags, SafeFileHandle[] files, CancellationToken cancel);
}

/// <summary>Starting with opened files.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainStartWithFiles
{
    /// <summary>Starts a domain that is gone when it stops; its first process inherits the files.</summary>
    [Procedure(309, Write = true), CExport("virDomainCreateXMLWithFiles")]
    [Acl(DomainRight.Write)]
    [Acl(DomainRight.Start)]
    ValueTask<DomainRef> CreateTransientWithFilesAsync(
        string xml, DomainCreateFlags flags, SafeFileHandle[] files, CancellationToken cancel);

    /// <summary>Starts a defined domain; its first process inherits the files.</summary>
    [Procedure(310, Write = true), CExport("virDomainCreateWithFiles")]
    [Acl(DomainRight.Start)]
    ValueTask<DomainRef> CreateWithFilesAsync(DomainRef domain, DomainCreateFlags flags, SafeFileHandle[] files, CancellationToken cancel);
}

/// <summary>Encrypted memory of a domain.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainLaunchSecurity
{
    /// <summary>What the guest's memory was encrypted with, by name.</summary>
    [Procedure(396, Write = true, Texts = TextFlag.Kept), CExport("virDomainGetLaunchSecurityInfo")]
    [Acl(DomainRight.Read)]
    [return: Bound(64)]
    ValueTask<TypedParameter[]> GetLaunchSecurityInformationAsync(DomainRef domain, uint flags, CancellationToken cancel);
}

/// <summary>Secrets for a domain with encrypted memory.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainLaunchSecurityState
{
    /// <summary>Puts a secret into the guest's memory before it runs.</summary>
    [Procedure(439, Write = true), CExport("virDomainSetLaunchSecurityState")]
    [Acl(DomainRight.Write)]
    ValueTask SetLaunchSecurityStateAsync(DomainRef domain, [Bound(64)] TypedParameter[] parameters, uint flags, CancellationToken cancel);
}
