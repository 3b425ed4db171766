using Vireo.Core.Errors;
using Vireo.Core.TypedParameters;

namespace Vireo.Driver;

/// <summary>How much processor time a domain may use.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainSchedulerParameters
{
    /// <summary>The scheduler's settings, by name; which there are <see cref="IDomainScheduler"/> says.</summary>
    [Procedure(223, Shape = Shape.UpTo), CExport("virDomainGetSchedulerParametersFlags")]
    [Acl(DomainRight.Read)]
    [return: Bound(16)]
    ValueTask<TypedParameter[]> GetSchedulerParametersAsync(DomainRef domain, DomainModificationImpact flags, CancellationToken cancel);

    /// <summary>Of the running domain, else of its definition.</summary>
    [Procedure(57, Shape = Shape.UpTo), CExport("virDomainGetSchedulerParameters")]
    [Acl(DomainRight.Read)]
    [return: Bound(16)]
    ValueTask<TypedParameter[]> GetSchedulerParametersAsync(DomainRef domain, CancellationToken cancel) =>
        GetSchedulerParametersAsync(domain, DomainModificationImpact.Current, cancel);
}

/// <summary>Changing how much processor time a domain may use.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainSchedulerChanges
{
    /// <summary>Changes the settings that are named, and no others.</summary>
    [Procedure(219, Write = true), CExport("virDomainSetSchedulerParametersFlags")]
    [Acl(DomainRight.Write)]
    [Acl(DomainRight.Save, Unless = DomainModificationImpact.Config | DomainModificationImpact.Live)]
    [Acl(DomainRight.Save, If = DomainModificationImpact.Config)]
    ValueTask SetSchedulerParametersAsync(
        DomainRef domain, [Bound(16)] TypedParameter[] parameters, DomainModificationImpact flags, CancellationToken cancel);

    /// <summary>Of the running domain, else of its definition.</summary>
    [Procedure(58, Write = true), CExport("virDomainSetSchedulerParameters")]
    [Acl(DomainRight.Read)]
    ValueTask SetSchedulerParametersAsync(DomainRef domain, [Bound(16)] TypedParameter[] parameters, CancellationToken cancel) =>
        SetSchedulerParametersAsync(domain, parameters, DomainModificationImpact.Current, cancel);
}

/// <summary>Limits of the host's memory that a domain may use.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainMemoryParameters
{
    /// <summary>Changes the limits that are named, in KiB.</summary>
    [Procedure(197, Write = true), CExport("virDomainSetMemoryParameters")]
    [Acl(DomainRight.Write)]
    [Acl(DomainRight.Save, Unless = DomainModificationImpact.Config | DomainModificationImpact.Live)]
    [Acl(DomainRight.Save, If = DomainModificationImpact.Config)]
    ValueTask SetMemoryParametersAsync(
        DomainRef domain, [Bound(16)] TypedParameter[] parameters, DomainModificationImpact flags, CancellationToken cancel);

    /// <summary>Hard and soft limit, and that of memory and swap together, in KiB.</summary>
    [Procedure(198, Shape = Shape.TwoStep), CExport("virDomainGetMemoryParameters")]
    [Acl(DomainRight.Read)]
    [return: Bound(16)]
    ValueTask<TypedParameter[]> GetMemoryParametersAsync(DomainRef domain, DomainModificationImpact flags, CancellationToken cancel);
}

/// <summary>Shares and limits of block devices of the host.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainBlkioParameters
{
    /// <summary>Changes what is named: a weight, and texts of devices with their values.</summary>
    [Procedure(205, Write = true), CExport("virDomainSetBlkioParameters")]
    [Acl(DomainRight.Write)]
    [Acl(DomainRight.Save, Unless = DomainModificationImpact.Config | DomainModificationImpact.Live)]
    [Acl(DomainRight.Save, If = DomainModificationImpact.Config)]
    ValueTask SetBlkioParametersAsync(
        DomainRef domain, [Bound(16)] TypedParameter[] parameters, DomainModificationImpact flags, CancellationToken cancel);

    /// <summary>The weight, and texts of devices with their values.</summary>
    [Procedure(206, Shape = Shape.TwoStep), CExport("virDomainGetBlkioParameters")]
    [Acl(DomainRight.Read)]
    [return: Bound(16)]
    ValueTask<TypedParameter[]> GetBlkioParametersAsync(DomainRef domain, DomainModificationImpact flags, CancellationToken cancel);
}

/// <summary>Limits of a domain's disk.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainBlockIoTune
{
    /// <summary>Changes the limits that are named, in bytes and requests a second.</summary>
    [Procedure(252, Write = true), CExport("virDomainSetBlockIoTune")]
    [Acl(DomainRight.Write)]
    [Acl(DomainRight.Save, Unless = DomainModificationImpact.Config | DomainModificationImpact.Live)]
    [Acl(DomainRight.Save, If = DomainModificationImpact.Config)]
    ValueTask SetBlockIoTuneAsync(
        DomainRef domain, string disk, [Bound(32)] TypedParameter[] parameters, DomainModificationImpact flags, CancellationToken cancel);

    /// <summary>The limits of a disk, by target or path; null: which there are is asked, of no disk in particular.</summary>
    [Procedure(253, Shape = Shape.TwoStep), CExport("virDomainGetBlockIoTune")]
    [Acl(DomainRight.Read)]
    [return: Bound(32)]
    ValueTask<TypedParameter[]> GetBlockIoTuneAsync(
        DomainRef domain, string? disk, DomainModificationImpact flags, CancellationToken cancel);
}

/// <summary>Cells of the host that a domain's memory is on.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainNumaParameters
{
    /// <summary>Mode (a <see cref="DomainNumaMemoryMode"/>) and cells.</summary>
    [Procedure(255, Shape = Shape.TwoStep), CExport("virDomainGetNumaParameters")]
    [Acl(DomainRight.Read)]
    [return: Bound(16)]
    ValueTask<TypedParameter[]> GetNumaParametersAsync(DomainRef domain, DomainModificationImpact flags, CancellationToken cancel);
}

/// <summary>Changing the cells of the host that a domain's memory is on.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainNumaChanges
{
    /// <summary>Changes mode or cells; a running domain's mode stays.</summary>
    [Procedure(254, Write = true), CExport("virDomainSetNumaParameters")]
    [Acl(DomainRight.Write)]
    [Acl(DomainRight.Save, Unless = DomainModificationImpact.Config | DomainModificationImpact.Live)]
    [Acl(DomainRight.Save, If = DomainModificationImpact.Config)]
    ValueTask SetNumaParametersAsync(
        DomainRef domain, [Bound(16)] TypedParameter[] parameters, DomainModificationImpact flags, CancellationToken cancel);
}

/// <summary>Bandwidth of a domain's network card.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainInterfaceParameters
{
    /// <summary>Changes what is named, in KiB a second; the card by MAC or target.</summary>
    [Procedure(256, Write = true), CExport("virDomainSetInterfaceParameters")]
    [Acl(DomainRight.Write)]
    [Acl(DomainRight.Save, Unless = DomainModificationImpact.Config | DomainModificationImpact.Live)]
    [Acl(DomainRight.Save, If = DomainModificationImpact.Config)]
    ValueTask SetInterfaceParametersAsync(
        DomainRef domain, string device, [Bound(16)] TypedParameter[] parameters, DomainModificationImpact flags, CancellationToken cancel);

    /// <summary>Average, peak, burst and floor of both directions.</summary>
    [Procedure(257, Shape = Shape.TwoStep), CExport("virDomainGetInterfaceParameters")]
    [Acl(DomainRight.Read)]
    [return: Bound(16)]
    ValueTask<TypedParameter[]> GetInterfaceParametersAsync(
        DomainRef domain, string device, DomainModificationImpact flags, CancellationToken cancel);
}

/// <summary>Counters of the host's processors for a domain.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainPerfEvents
{
    /// <summary>Which counters are on.</summary>
    [Procedure(365), CExport("virDomainGetPerfEvents")]
    [Acl(DomainRight.Read)]
    [return: Bound(64)]
    ValueTask<TypedParameter[]> GetPerfEventsAsync(DomainRef domain, DomainModificationImpact flags, CancellationToken cancel);

    /// <summary>Switches those that are named on or off.</summary>
    [Procedure(366, Write = true), CExport("virDomainSetPerfEvents")]
    [Acl(DomainRight.Write)]
    ValueTask SetPerfEventsAsync(
        DomainRef domain, [Bound(64)] TypedParameter[] parameters, DomainModificationImpact flags, CancellationToken cancel);
}
