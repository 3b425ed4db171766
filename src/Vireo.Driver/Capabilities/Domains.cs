using Vireo.Core;
using Vireo.Core.Errors;

namespace Vireo.Driver;

/// <summary>Finding one domain. A domain that is not there is error NoDomain, with the driver's wording.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainLookup
{
    /// <summary>The running domain with this id.</summary>
    [Procedure(22, Priority.High, Inline = true), CExport("virDomainLookupByID")]
    [Acl(DomainRight.GetAttributes)]
    ValueTask<DomainRef> LookupByIdAsync(int id, CancellationToken cancel);

    /// <summary>The domain with this name.</summary>
    [Procedure(23, Priority.High, Inline = true), CExport("virDomainLookupByName")]
    [Acl(DomainRight.GetAttributes)]
    ValueTask<DomainRef> LookupByNameAsync(string name, CancellationToken cancel);

    /// <summary>The domain with this uuid.</summary>
    [Procedure(24, Priority.High, Inline = true), CExport("virDomainLookupByUUID")]
    [Acl(DomainRight.GetAttributes)]
    ValueTask<DomainRef> LookupByUuidAsync(Uuid uuid, CancellationToken cancel);
}

/// <summary>Listing domains.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainListing
{
    /// <summary>All domains that match every group of the given flags.</summary>
    [Procedure(273, Priority.High, Inline = true, Shape = Shape.List), CExport("virConnectListAllDomains")]
    [Acl(ConnectRight.SearchDomains)]
    [Acl(DomainRight.GetAttributes, Filter = true)]
    [return: Bound(16384)]
    ValueTask<DomainRef[]> ListAllAsync(ListDomainsFlags flags, CancellationToken cancel);

    /// <summary>How many run.</summary>
    [Procedure(51, Priority.High, Inline = true), CExport("virConnectNumOfDomains")]
    [Acl(ConnectRight.SearchDomains)]
    [Acl(DomainRight.GetAttributes, Filter = true)]
    ValueTask<int> CountActiveAsync(CancellationToken cancel);

    /// <summary>The ids of those that run.</summary>
    [Procedure(37, Priority.High, Inline = true, Shape = Shape.UpTo), CExport("virConnectListDomains")]
    [Acl(ConnectRight.SearchDomains)]
    [Acl(DomainRight.GetAttributes, Filter = true)]
    [return: Bound(16384)]
    ValueTask<int[]> ListActiveIdsAsync(CancellationToken cancel);

    /// <summary>How many are defined and do not run.</summary>
    [Procedure(25, Priority.High, Inline = true), CExport("virConnectNumOfDefinedDomains")]
    [Acl(ConnectRight.SearchDomains)]
    [Acl(DomainRight.GetAttributes, Filter = true)]
    ValueTask<int> CountDefinedAsync(CancellationToken cancel);

    /// <summary>The names of those that are defined and do not run.</summary>
    [Procedure(21, Priority.High, Inline = true, Shape = Shape.UpTo), CExport("virConnectListDefinedDomains")]
    [Acl(ConnectRight.SearchDomains)]
    [Acl(DomainRight.GetAttributes, Filter = true)]
    [return: Bound(16384)]
    ValueTask<string[]> ListDefinedNamesAsync(CancellationToken cancel);
}

/// <summary>Making and forgetting persistent domains.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainDefinition
{
    /// <summary>Makes a persistent domain of a document, or changes one.</summary>
    [Procedure(350, Priority.High, Write = true), CExport("virDomainDefineXMLFlags")]
    [Acl(DomainRight.Write)]
    [Acl(DomainRight.Save)]
    ValueTask<DomainRef> DefineAsync(string xml, DomainDefineFlags flags, CancellationToken cancel);

    /// <summary>Without flags.</summary>
    [Procedure(11, Priority.High, Write = true), CExport("virDomainDefineXML")]
    [Acl(DomainRight.Write)]
    [Acl(DomainRight.Save)]
    ValueTask<DomainRef> DefineAsync(string xml, CancellationToken cancel) =>
        DefineAsync(xml, default, cancel);

    /// <summary>Forgets a persistent domain; a running one becomes transient.</summary>
    [Procedure(231, Priority.High, Write = true), CExport("virDomainUndefineFlags")]
    [Acl(DomainRight.Delete)]
    ValueTask UndefineAsync(DomainRef domain, DomainUndefineFlags flags, CancellationToken cancel);

    /// <summary>Without flags.</summary>
    [Procedure(35, Priority.High, Write = true), CExport("virDomainUndefine")]
    [Acl(DomainRight.Delete)]
    ValueTask UndefineAsync(DomainRef domain, CancellationToken cancel) =>
        UndefineAsync(domain, default, cancel);
}

/// <summary>Starting and stopping.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainPower
{
    /// <summary>Starts a domain that is gone when it stops.</summary>
    [Procedure(10, Write = true), CExport("virDomainCreateXML")]
    [Acl(DomainRight.Write)]
    [Acl(DomainRight.Start)]
    ValueTask<DomainRef> CreateTransientAsync(string xml, DomainCreateFlags flags, CancellationToken cancel);

    /// <summary>Starts a defined domain; the answer has its id.</summary>
    [Procedure(196, Write = true), CExport("virDomainCreateWithFlags")]
    [Acl(DomainRight.Start)]
    ValueTask<DomainRef> CreateAsync(DomainRef domain, DomainCreateFlags flags, CancellationToken cancel);

    /// <summary>Without flags.</summary>
    [Procedure(9, Write = true), CExport("virDomainCreate")]
    [Acl(DomainRight.Start)]
    async ValueTask CreateAsync(DomainRef domain, CancellationToken cancel) =>
        await CreateAsync(domain, default, cancel).ConfigureAwait(false);

    /// <summary>Stops a domain at once, as if its plug were pulled.</summary>
    [Procedure(234, Priority.High, Write = true), CExport("virDomainDestroyFlags")]
    [Acl(DomainRight.Stop)]
    ValueTask DestroyAsync(DomainRef domain, DomainDestroyFlags flags, CancellationToken cancel);

    /// <summary>Without flags.</summary>
    [Procedure(12, Priority.High, Write = true), CExport("virDomainDestroy")]
    [Acl(DomainRight.Stop)]
    ValueTask DestroyAsync(DomainRef domain, CancellationToken cancel) =>
        DestroyAsync(domain, default, cancel);

    /// <summary>Asks the guest to shut down; returns before it has.</summary>
    [Procedure(258, Write = true), CExport("virDomainShutdownFlags")]
    [Acl(DomainRight.InitControl)]
    [Acl(DomainRight.Write, If = DomainShutdownFlags.GuestAgent)]
    ValueTask ShutdownAsync(DomainRef domain, DomainShutdownFlags flags, CancellationToken cancel);

    /// <summary>Without flags.</summary>
    [Procedure(33, Write = true), CExport("virDomainShutdown")]
    [Acl(DomainRight.InitControl)]
    ValueTask ShutdownAsync(DomainRef domain, CancellationToken cancel) =>
        ShutdownAsync(domain, default, cancel);

    /// <summary>Asks the guest to reboot.</summary>
    [Procedure(27, Write = true), CExport("virDomainReboot")]
    [Acl(DomainRight.InitControl)]
    [Acl(DomainRight.Write, If = DomainRebootFlags.GuestAgent)]
    ValueTask RebootAsync(DomainRef domain, DomainRebootFlags flags, CancellationToken cancel);
}

/// <summary>The reset button.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainReset
{
    /// <summary>Resets the machine, as if its button were pressed.</summary>
    [Procedure(245, Write = true), CExport("virDomainReset")]
    [Acl(DomainRight.Reset)]
    ValueTask ResetAsync(DomainRef domain, uint flags, CancellationToken cancel);
}

/// <summary>Halting the guest's processors.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainPause
{
    /// <summary>Pauses a running domain.</summary>
    [Procedure(34, Write = true), CExport("virDomainSuspend")]
    [Acl(DomainRight.Suspend)]
    ValueTask SuspendAsync(DomainRef domain, CancellationToken cancel);

    /// <summary>Lets a paused domain run on.</summary>
    [Procedure(28, Write = true), CExport("virDomainResume")]
    [Acl(DomainRight.Suspend)]
    ValueTask ResumeAsync(DomainRef domain, CancellationToken cancel);
}

/// <summary>What a domain is and how it is. Answered from the last published snapshot, never from the hypervisor.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainInfo
{
    /// <summary>The domain's document.</summary>
    [Procedure(14, Inline = true), CExport("virDomainGetXMLDesc")]
    [Acl(DomainRight.Read)]
    [Acl(DomainRight.ReadSecure, If = DomainXmlFlags.Secure)]
    [Acl(DomainRight.ReadSecure, If = DomainXmlFlags.Migratable)]
    ValueTask<string> GetXmlAsync(DomainRef domain, DomainXmlFlags flags, CancellationToken cancel);

    /// <summary>State, memory, vCPUs and used time.</summary>
    [Procedure(16, Inline = true), CExport("virDomainGetInfo")]
    [Acl(DomainRight.Read)]
    ValueTask<DomainInfo> GetInfoAsync(DomainRef domain, CancellationToken cancel);

    /// <summary>State and the reason for it.</summary>
    [Procedure(212, Priority.High, Inline = true), CExport("virDomainGetState")]
    [Acl(DomainRight.Read)]
    ValueTask<DomainStateReason> GetStateAsync(DomainRef domain, uint flags, CancellationToken cancel);

    /// <summary>The kind of operating system interface, such as "hvm".</summary>
    [Procedure(19, Priority.High, Inline = true), CExport("virDomainGetOSType")]
    [Acl(DomainRight.Read)]
    ValueTask<string> GetOsTypeAsync(DomainRef domain, CancellationToken cancel);

    /// <summary>The most memory, in KiB.</summary>
    [Procedure(17, Priority.High, Inline = true), CExport("virDomainGetMaxMemory")]
    [Acl(DomainRight.Read)]
    ValueTask<ulong> GetMaxMemoryAsync(DomainRef domain, CancellationToken cancel);

    /// <summary>Whether the hypervisor can be talked to.</summary>
    [Procedure(229, Priority.High, Inline = true), CExport("virDomainGetControlInfo")]
    [Acl(DomainRight.Read)]
    ValueTask<DomainControlInfo> GetControlInfoAsync(DomainRef domain, uint flags, CancellationToken cancel);

    /// <summary>Whether it runs.</summary>
    [Procedure(150, Priority.High, Inline = true), CExport("virDomainIsActive")]
    [Acl(DomainRight.Read)]
    ValueTask<bool> IsActiveAsync(DomainRef domain, CancellationToken cancel);

    /// <summary>Whether it is kept when it stops.</summary>
    [Procedure(151, Priority.High, Inline = true), CExport("virDomainIsPersistent")]
    [Acl(DomainRight.Read)]
    ValueTask<bool> IsPersistentAsync(DomainRef domain, CancellationToken cancel);

    /// <summary>Whether its definition was changed since it was started.</summary>
    [Procedure(202, Priority.High, Inline = true), CExport("virDomainIsUpdated")]
    [Acl(DomainRight.Read)]
    ValueTask<bool> IsUpdatedAsync(DomainRef domain, CancellationToken cancel);
}

/// <summary>How much memory a domain has.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainMemory
{
    /// <summary>Changes the memory of a running domain, in KiB.</summary>
    [Procedure(31, Write = true), CExport("virDomainSetMemory")]
    [Acl(DomainRight.Write)]
    ValueTask SetMemoryAsync(DomainRef domain, ulong memory, CancellationToken cancel) =>
        SetMemoryAsync(domain, memory, DomainMemoryFlags.Live, cancel);

    /// <summary>Changes memory, in KiB.</summary>
    [Procedure(204, Write = true), CExport("virDomainSetMemoryFlags")]
    [Acl(DomainRight.Write)]
    [Acl(DomainRight.Save, Unless = DomainModificationImpact.Config | DomainModificationImpact.Live)]
    [Acl(DomainRight.Save, If = DomainModificationImpact.Config)]
    ValueTask SetMemoryAsync(DomainRef domain, ulong memory, DomainMemoryFlags flags, CancellationToken cancel);

    /// <summary>Changes the most memory, in KiB.</summary>
    [Procedure(30, Priority.High, Write = true), CExport("virDomainSetMaxMemory")]
    [Acl(DomainRight.Write)]
    ValueTask SetMaxMemoryAsync(DomainRef domain, ulong memory, CancellationToken cancel) =>
        SetMemoryAsync(domain, memory, DomainMemoryFlags.Maximum, cancel);

    /// <summary>How often the balloon reports, in seconds; 0 stops it.</summary>
    [Procedure(308, Write = true), CExport("virDomainSetMemoryStatsPeriod")]
    [Acl(DomainRight.Write)]
    [Acl(DomainRight.Save, Unless = DomainModificationImpact.Config | DomainModificationImpact.Live)]
    [Acl(DomainRight.Save, If = DomainModificationImpact.Config)]
    ValueTask SetMemoryStatisticsPeriodAsync(DomainRef domain, int period, DomainMemoryFlags flags, CancellationToken cancel);
}

/// <summary>How many vCPUs a domain has.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainVcpus
{
    /// <summary>The most vCPUs; of a running domain.</summary>
    [Procedure(18, Priority.High, Inline = true), CExport("virDomainGetMaxVcpus")]
    [Acl(DomainRight.Read)]
    ValueTask<int> GetMaxVcpusAsync(DomainRef domain, CancellationToken cancel);

    /// <summary>The number of vCPUs that the flags ask for.</summary>
    [Procedure(200, Inline = true), CExport("virDomainGetVcpusFlags")]
    [Acl(DomainRight.Read)]
    [Acl(DomainRight.Write, If = DomainVcpuFlags.Guest)]
    ValueTask<int> GetVcpuCountAsync(DomainRef domain, DomainVcpuFlags flags, CancellationToken cancel);

    /// <summary>State, time and place of each vCPU; maps of <paramref name="mapLength"/> bytes each.</summary>
    [Procedure(20, Priority.High), CExport("virDomainGetVcpus")]
    [Acl(DomainRight.Read)]
    ValueTask<DomainVcpus> GetVcpusAsync(DomainRef domain, int maxInfo, int mapLength, CancellationToken cancel);
}

/// <summary>Changing how many vCPUs a domain has.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainVcpuChanges
{
    /// <summary>Changes the number of vCPUs.</summary>
    [Procedure(199, Write = true), CExport("virDomainSetVcpusFlags")]
    [Acl(DomainRight.Write)]
    [Acl(DomainRight.Save, Unless = DomainModificationImpact.Config | DomainModificationImpact.Live)]
    [Acl(DomainRight.Save, If = DomainModificationImpact.Config)]
    [Acl(DomainRight.Write, If = DomainVcpuFlags.Guest)]
    ValueTask SetVcpuCountAsync(DomainRef domain, uint count, DomainVcpuFlags flags, CancellationToken cancel);

    /// <summary>Of a running domain.</summary>
    [Procedure(32, Write = true), CExport("virDomainSetVcpus")]
    [Acl(DomainRight.Write)]
    ValueTask SetVcpuCountAsync(
        DomainRef domain, uint count, CancellationToken cancel) =>
        SetVcpuCountAsync(domain, count, DomainVcpuFlags.Live, cancel);
}

/// <summary>Which of the host's processors a domain's threads may use.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainPins
{
    /// <summary>One map of <paramref name="mapLength"/> bytes for each vCPU, one behind the other.</summary>
    [Procedure(230), CExport("virDomainGetVcpuPinInfo")]
    [Acl(DomainRight.Read)]
    ValueTask<CpuMaps> GetVcpuPinsAsync(
        DomainRef domain, int maps, int mapLength, DomainModificationImpact flags, CancellationToken cancel);

    /// <summary>The map of the emulator's threads.</summary>
    [Procedure(280), CExport("virDomainGetEmulatorPinInfo")]
    [Acl(DomainRight.Read)]
    ValueTask<CpuMaps> GetEmulatorPinAsync(
        DomainRef domain, int mapLength, DomainModificationImpact flags, CancellationToken cancel);

    /// <summary>Restricts a vCPU.</summary>
    [Procedure(225, Write = true), CExport("virDomainPinVcpuFlags")]
    [Acl(DomainRight.Write)]
    [Acl(DomainRight.Save, Unless = DomainModificationImpact.Config | DomainModificationImpact.Live)]
    [Acl(DomainRight.Save, If = DomainModificationImpact.Config)]
    ValueTask PinVcpuAsync(
        DomainRef domain, uint vcpu, [Bound(2048)] byte[] map, DomainModificationImpact flags, CancellationToken cancel);

    /// <summary>Of a running domain.</summary>
    [Procedure(26, Write = true), CExport("virDomainPinVcpu")]
    [Acl(DomainRight.Write)]
    ValueTask PinVcpuAsync(
        DomainRef domain, uint vcpu, [Bound(2048)] byte[] map, CancellationToken cancel) =>
        PinVcpuAsync(domain, vcpu, map, DomainModificationImpact.Live, cancel);

    /// <summary>Restricts the emulator's threads.</summary>
    [Procedure(279, Write = true), CExport("virDomainPinEmulator")]
    [Acl(DomainRight.Write)]
    [Acl(DomainRight.Save, Unless = DomainModificationImpact.Config | DomainModificationImpact.Live)]
    [Acl(DomainRight.Save, If = DomainModificationImpact.Config)]
    ValueTask PinEmulatorAsync(
        DomainRef domain, [Bound(2048)] byte[] map, DomainModificationImpact flags, CancellationToken cancel);
}

/// <summary>Starting with the host.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainAutostart
{
    /// <summary>Whether it starts with the daemon.</summary>
    [Procedure(15, Priority.High, Inline = true), CExport("virDomainGetAutostart")]
    [Acl(DomainRight.Read)]
    ValueTask<bool> GetAutostartAsync(DomainRef domain, CancellationToken cancel);

    /// <summary>Whether it shall start with the daemon.</summary>
    [Procedure(29, Priority.High, Write = true), CExport("virDomainSetAutostart")]
    [Acl(DomainRight.Write)]
    ValueTask SetAutostartAsync(DomainRef domain, bool autostart, CancellationToken cancel);
}

/// <summary>Title, description and foreign metadata.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainMetadata
{
    /// <summary>The title, the description, or the metadata element of a namespace.</summary>
    [Procedure(265, Inline = true), CExport("virDomainGetMetadata")]
    [Acl(DomainRight.Read)]
    ValueTask<string> GetMetadataAsync(
        DomainRef domain, DomainMetadataType type, string? uri, DomainModificationImpact flags, CancellationToken cancel);

    /// <summary>Changes one of them; null removes it.</summary>
    [Procedure(264, Write = true), CExport("virDomainSetMetadata")]
    [Acl(DomainRight.Write)]
    [Acl(DomainRight.Save, Unless = DomainModificationImpact.Config | DomainModificationImpact.Live)]
    [Acl(DomainRight.Save, If = DomainModificationImpact.Config)]
    ValueTask SetMetadataAsync(
        DomainRef domain, DomainMetadataType type, string? metadata, string? key, string? uri, DomainModificationImpact flags, CancellationToken cancel);
}

/// <summary>The guest's own name.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainHostname
{
    /// <summary>The guest's host name.</summary>
    [Procedure(277, Write = true), CExport("virDomainGetHostname")]
    [Acl(DomainRight.Write)]
    ValueTask<string> GetHostnameAsync(DomainRef domain, DomainGetHostnameFlags flags, CancellationToken cancel);
}

/// <summary>The security label of a running domain.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainSecurity
{
    /// <summary>The label of the first security driver.</summary>
    [Procedure(121, Priority.High, Inline = true), CExport("virDomainGetSecurityLabel")]
    [Acl(DomainRight.Read)]
    ValueTask<SecurityLabel> GetSecurityLabelAsync(DomainRef domain, CancellationToken cancel);
}

/// <summary>Security labels of a running domain by all security drivers.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainSecurityList
{
    /// <summary>The labels of all security drivers.</summary>
    [Procedure(278, Priority.High, Inline = true, Shape = Shape.Counted), CExport("virDomainGetSecurityLabelList")]
    [Acl(DomainRight.Read)]
    [return: Bound(64)]
    ValueTask<SecurityLabel[]> GetSecurityLabelsAsync(DomainRef domain, CancellationToken cancel);
}

/// <summary>Saving state for the next start to pick up.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainManagedSave
{
    /// <summary>Saves state and stops.</summary>
    [Procedure(182, Write = true), CExport("virDomainManagedSave")]
    [Acl(DomainRight.Hibernate)]
    ValueTask ManagedSaveAsync(DomainRef domain, DomainSaveRestoreFlags flags, CancellationToken cancel);
}

/// <summary>Saved state that the next start picks up.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainManagedSaveImage
{
    /// <summary>Whether there is saved state.</summary>
    [Procedure(183, Inline = true), CExport("virDomainHasManagedSaveImage")]
    [Acl(DomainRight.Read)]
    ValueTask<bool> HasManagedSaveAsync(DomainRef domain, uint flags, CancellationToken cancel);

    /// <summary>Drops saved state.</summary>
    [Procedure(184, Write = true), CExport("virDomainManagedSaveRemove")]
    [Acl(DomainRight.Hibernate)]
    ValueTask RemoveManagedSaveAsync(DomainRef domain, uint flags, CancellationToken cancel);
}

/// <summary>Giving a domain another name.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainRename
{
    /// <summary>Renames an inactive domain.</summary>
    [Procedure(358, Write = true), CExport("virDomainRename")]
    [Acl(DomainRight.Write)]
    [Acl(DomainRight.Save)]
    ValueTask<int> RenameAsync(DomainRef domain, string? name, uint flags, CancellationToken cancel);
}
