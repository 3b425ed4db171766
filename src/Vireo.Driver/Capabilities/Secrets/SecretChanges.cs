using Vireo.Core.Errors;

namespace Vireo.Driver;

/// <summary>Making secrets and their values.</summary>
[Capability(ErrorDomain.Secret)]
public interface ISecretLifecycle
{
    /// <summary>Makes a secret of a document, or changes one.</summary>
    [Procedure(142, Priority.High, Write = true), CExport("virSecretDefineXML")]
    [Acl(SecretRight.Write)]
    [Acl(SecretRight.Save)]
    ValueTask<SecretRef> DefineAsync(string xml, SecretDefineFlags flags, CancellationToken cancel);

    /// <summary>Gives it a value, of at most 64 KiB.</summary>
    [Procedure(144, Priority.High, Write = true), CExport("virSecretSetValue")]
    [Acl(SecretRight.Write)]
    ValueTask SetValueAsync(SecretRef secret, [Bound(65536)] byte[] value, uint flags, CancellationToken cancel);

    /// <summary>Its value.</summary>
    [Procedure(145, Priority.High, Write = true), CExport("virSecretGetValue")]
    [Acl(SecretRight.ReadSecure)]
    [return: Bound(65536)]
    ValueTask<byte[]> GetValueAsync(SecretRef secret, uint flags, CancellationToken cancel);

    /// <summary>Forgets it.</summary>
    [Procedure(146, Priority.High, Write = true), CExport("virSecretUndefine")]
    [Acl(SecretRight.Delete)]
    ValueTask UndefineAsync(SecretRef secret, CancellationToken cancel);
}
