using Vireo.Core.Errors;
using Vireo.Core.TypedParameters;

namespace Vireo.Driver;

/// <summary>Machines saved into files, and started again from them.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainSave
{
    /// <summary>Saves state into a file and stops.</summary>
    [Procedure(55, Write = true), CExport("virDomainSave")]
    [Acl(DomainRight.Hibernate)]
    ValueTask SaveAsync(DomainRef domain, string to, CancellationToken cancel) => SaveAsync(domain, to, null, DomainSaveRestoreFlags.None, cancel);

    /// <summary>Saves state into a file and stops; the file may describe another machine that looks the same to the guest.</summary>
    [Procedure(232, Write = true), CExport("virDomainSaveFlags")]
    [Acl(DomainRight.Hibernate)]
    ValueTask SaveAsync(DomainRef domain, string to, string? xml, DomainSaveRestoreFlags flags, CancellationToken cancel);

    /// <summary>Starts a machine from a file.</summary>
    [Procedure(54, Write = true), CExport("virDomainRestore")]
    [Acl(DomainRight.Start)]
    [Acl(DomainRight.Write)]
    ValueTask RestoreAsync(string from, CancellationToken cancel) => RestoreAsync(from, null, DomainSaveRestoreFlags.None, cancel);

    /// <summary>Starts a machine from a file, with another definition perhaps that looks the same to the guest.</summary>
    [Procedure(233, Write = true), CExport("virDomainRestoreFlags")]
    [Acl(DomainRight.Start)]
    [Acl(DomainRight.Write)]
    ValueTask RestoreAsync(string from, string? xml, DomainSaveRestoreFlags flags, CancellationToken cancel);

    /// <summary>The definition in a file.</summary>
    [Procedure(235, Priority.High, Write = true), CExport("virDomainSaveImageGetXMLDesc")]
    [Acl(DomainRight.Write)]
    ValueTask<string> GetSaveImageXmlAsync(string file, DomainSaveImageXmlFlags flags, CancellationToken cancel);

    /// <summary>Puts another definition into a file.</summary>
    [Procedure(236, Priority.High, Write = true), CExport("virDomainSaveImageDefineXML")]
    [Acl(DomainRight.Write)]
    [Acl(DomainRight.Hibernate)]
    ValueTask DefineSaveImageXmlAsync(string file, string xml, DomainSaveRestoreFlags flags, CancellationToken cancel);
}

/// <summary>Saving into files and starting from them, told by parameters.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainSaveParameters
{
    /// <summary>Saves state into a file and stops.</summary>
    [Procedure(440, Write = true), CExport("virDomainSaveParams")]
    [Acl(DomainRight.Hibernate)]
    ValueTask SaveParamsAsync(DomainRef domain, [Bound(64)] TypedParameter[] parameters, DomainSaveRestoreFlags flags, CancellationToken cancel);

    /// <summary>Starts a machine from a file.</summary>
    [Procedure(441, Write = true), CExport("virDomainRestoreParams")]
    [Acl(DomainRight.Start)]
    [Acl(DomainRight.Write)]
    ValueTask RestoreParamsAsync([Bound(64)] TypedParameter[] parameters, DomainSaveRestoreFlags flags, CancellationToken cancel);
}

/// <summary>The definition in the saved state that the next start picks up.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainManagedSaveXml
{
    /// <summary>Reads it.</summary>
    [Procedure(388), CExport("virDomainManagedSaveGetXMLDesc")]
    [Acl(DomainRight.Read)]
    [Acl(DomainRight.ReadSecure, If = DomainSaveImageXmlFlags.Secure)]
    ValueTask<string> GetManagedSaveXmlAsync(DomainRef domain, DomainSaveImageXmlFlags flags, CancellationToken cancel);

    /// <summary>Replaces it.</summary>
    [Procedure(389, Write = true), CExport("virDomainManagedSaveDefineXML")]
    [Acl(DomainRight.Write)]
    [Acl(DomainRight.Hibernate)]
    ValueTask DefineManagedSaveXmlAsync(DomainRef domain, string? xml, DomainSaveRestoreFlags flags, CancellationToken cancel);
}
