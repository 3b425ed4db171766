using Vireo.Core.Errors;

namespace Vireo.Driver;

/// <summary>Making filters.</summary>
[Capability(ErrorDomain.Nwfilter)]
public interface INwFilterLifecycle
{
    /// <summary>Makes a filter of a document, or changes one.</summary>
    [Procedure(431, Priority.High, Write = true), CExport("virNWFilterDefineXMLFlags")]
    [Acl(NwFilterRight.Write)]
    [Acl(NwFilterRight.Save)]
    ValueTask<NwFilterRef> DefineAsync(string xml, NwFilterDefineFlags flags, CancellationToken cancel);

    /// <summary>Without flags.</summary>
    [Procedure(180, Priority.High, Write = true), CExport("virNWFilterDefineXML")]
    [Acl(NwFilterRight.Write)]
    [Acl(NwFilterRight.Save)]
    ValueTask<NwFilterRef> DefineAsync(string xml, CancellationToken cancel) =>
        DefineAsync(xml, default, cancel);

    /// <summary>Forgets it; no running guest may use it.</summary>
    [Procedure(181, Priority.High, Write = true), CExport("virNWFilterUndefine")]
    [Acl(NwFilterRight.Delete)]
    ValueTask UndefineAsync(NwFilterRef filter, CancellationToken cancel);
}

/// <summary>Tying filters to ports.</summary>
[Capability(ErrorDomain.Nwfilter)]
public interface INwFilterBindingLifecycle
{
    /// <summary>Ties a filter to a port.</summary>
    [Procedure(399, Priority.High, Write = true), CExport("virNWFilterBindingCreateXML")]
    [Acl(NwFilterBindingRight.Create)]
    ValueTask<NwFilterBindingRef> CreateBindingAsync(string xml, NwFilterBindingCreateFlags flags, CancellationToken cancel);

    /// <summary>Unties it.</summary>
    [Procedure(400, Priority.High, Write = true), CExport("virNWFilterBindingDelete")]
    [Acl(NwFilterBindingRight.Delete)]
    ValueTask DeleteBindingAsync(NwFilterBindingRef binding, CancellationToken cancel);
}
