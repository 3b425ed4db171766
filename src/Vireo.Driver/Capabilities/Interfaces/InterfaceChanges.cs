using Vireo.Core.Errors;

namespace Vireo.Driver;

/// <summary>Making, starting and stopping interfaces of the host.</summary>
[Capability(ErrorDomain.Interface)]
public interface IInterfaceLifecycle
{
    /// <summary>Makes an interface of a document, or changes one.</summary>
    [Procedure(131, Priority.High, Write = true), CExport("virInterfaceDefineXML")]
    [Acl(InterfaceRight.Write)]
    [Acl(InterfaceRight.Save)]
    ValueTask<InterfaceRef> DefineAsync(string xml, InterfaceDefineFlags flags, CancellationToken cancel);

    /// <summary>Forgets it.</summary>
    [Procedure(132, Priority.High, Write = true), CExport("virInterfaceUndefine")]
    [Acl(InterfaceRight.Delete)]
    ValueTask UndefineAsync(InterfaceRef @interface, CancellationToken cancel);

    /// <summary>Starts it.</summary>
    [Procedure(133, Write = true), CExport("virInterfaceCreate")]
    [Acl(InterfaceRight.Start)]
    ValueTask CreateAsync(InterfaceRef @interface, uint flags, CancellationToken cancel);

    /// <summary>Stops it.</summary>
    [Procedure(134, Priority.High, Write = true), CExport("virInterfaceDestroy")]
    [Acl(InterfaceRight.Stop)]
    ValueTask DestroyAsync(InterfaceRef @interface, uint flags, CancellationToken cancel);
}

/// <summary>Changes of the host's network that can be taken back.</summary>
[Capability(ErrorDomain.Interface)]
public interface IInterfaceTransactions
{
    /// <summary>Remembers what is.</summary>
    [Procedure(220, Write = true), CExport("virInterfaceChangeBegin")]
    [Acl(ConnectRight.InterfaceTransaction)]
    ValueTask BeginAsync(uint flags, CancellationToken cancel);

    /// <summary>Keeps what was changed since.</summary>
    [Procedure(221, Write = true), CExport("virInterfaceChangeCommit")]
    [Acl(ConnectRight.InterfaceTransaction)]
    ValueTask CommitAsync(uint flags, CancellationToken cancel);

    /// <summary>Goes back to what was.</summary>
    [Procedure(222, Write = true), CExport("virInterfaceChangeRollback")]
    [Acl(ConnectRight.InterfaceTransaction)]
    ValueTask RollbackAsync(uint flags, CancellationToken cancel);
}
