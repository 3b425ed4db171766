using Vireo.Core.Errors;
using Vireo.Core.TypedParameters;

namespace Vireo.Driver;

/// <summary>Threads that a domain's disks are served by.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainIoThreads
{
    /// <summary>The threads and the host's processors that they may use.</summary>
    [Procedure(351, Shape = Shape.Counted), CExport("virDomainGetIOThreadInfo")]
    [Acl(DomainRight.Read)]
    [return: Bound(16384)]
    ValueTask<IoThreadInfo[]> GetIoThreadsAsync(DomainRef domain, DomainModificationImpact flags, CancellationToken cancel);

    /// <summary>Restricts a thread to processors of the host.</summary>
    [Procedure(352, Write = true), CExport("virDomainPinIOThread")]
    [Acl(DomainRight.Write)]
    [Acl(DomainRight.Save, Unless = DomainModificationImpact.Config | DomainModificationImpact.Live)]
    [Acl(DomainRight.Save, If = DomainModificationImpact.Config)]
    ValueTask PinIoThreadAsync(
        DomainRef domain, uint thread, [Bound(2048)] byte[] map, DomainModificationImpact flags, CancellationToken cancel);

    /// <summary>Adds a thread with this id.</summary>
    [Procedure(355, Write = true), CExport("virDomainAddIOThread")]
    [Acl(DomainRight.Write)]
    [Acl(DomainRight.Save, Unless = DomainModificationImpact.Config | DomainModificationImpact.Live)]
    [Acl(DomainRight.Save, If = DomainModificationImpact.Config)]
    ValueTask AddIoThreadAsync(DomainRef domain, uint thread, DomainModificationImpact flags, CancellationToken cancel);

    /// <summary>Removes the thread with this id; no device may use it.</summary>
    [Procedure(356, Write = true), CExport("virDomainDelIOThread")]
    [Acl(DomainRight.Write)]
    [Acl(DomainRight.Save, Unless = DomainModificationImpact.Config | DomainModificationImpact.Live)]
    [Acl(DomainRight.Save, If = DomainModificationImpact.Config)]
    ValueTask RemoveIoThreadAsync(DomainRef domain, uint thread, DomainModificationImpact flags, CancellationToken cancel);

    /// <summary>Changes a thread's polling and its pool.</summary>
    [Procedure(402, Write = true), CExport("virDomainSetIOThreadParams")]
    [Acl(DomainRight.Write)]
    [Acl(DomainRight.Save, Unless = DomainModificationImpact.Config | DomainModificationImpact.Live)]
    [Acl(DomainRight.Save, If = DomainModificationImpact.Config)]
    ValueTask SetIoThreadParametersAsync(
        DomainRef domain, uint thread, [Bound(64)] TypedParameter[] parameters, DomainModificationImpact flags, CancellationToken cancel);
}

/// <summary>vCPUs one by one.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainSingleVcpus
{
    /// <summary>Plugs in (true) or out the vCPUs of a map such as "1-3,5".</summary>
    [Procedure(384, Write = true), CExport("virDomainSetVcpu")]
    [Acl(DomainRight.Write)]
    [Acl(DomainRight.Save, Unless = DomainModificationImpact.Config | DomainModificationImpact.Live)]
    [Acl(DomainRight.Save, If = DomainModificationImpact.Config)]
    ValueTask SetVcpuAsync(DomainRef domain, string vcpus, bool state, DomainModificationImpact flags, CancellationToken cancel);
}

/// <summary>vCPUs as the guest's agent sees them.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainGuestVcpus
{
    /// <summary>Maps, as text, of the vCPUs that the guest has, that are on, and that can be switched off.</summary>
    [Procedure(371, Write = true), CExport("virDomainGetGuestVcpus")]
    [Acl(DomainRight.Write)]
    [return: Bound(64)]
    ValueTask<TypedParameter[]> GetGuestVcpusAsync(DomainRef domain, uint flags, CancellationToken cancel);

    /// <summary>Switches vCPUs of a map on or off within the guest.</summary>
    [Procedure(372, Write = true), CExport("virDomainSetGuestVcpus")]
    [Acl(DomainRight.Write)]
    ValueTask SetGuestVcpusAsync(DomainRef domain, string vcpus, bool state, uint flags, CancellationToken cancel);
}
