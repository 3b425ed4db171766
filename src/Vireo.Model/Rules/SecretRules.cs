using Vireo.Core.Errors;
using Vireo.Model.Domain.Devices;

namespace Vireo.Model.Rules;

/// <summary>References to secrets, and what they open.</summary>
public static class SecretRules
{
    /// <summary>A secret is named by its uuid or by its usage.</summary>
    public static void Check(SecretRef secret, Findings found)
    {
        if (secret.Uuid is null && secret.Usage is null)
            found.Add(secret, ErrorCode.XmlError, "missing secret uuid or usage attribute", ErrorDomain.None);
        else if (secret.Uuid is not null && secret.Usage is not null)
            found.Add(secret, ErrorCode.XmlError, "either secret uuid or usage expected", ErrorDomain.None);
    }

    /// <summary>Secrets of an encrypted image are passphrases; initial values belong to a cipher.</summary>
    public static void Check(DiskEncryption encryption, Findings found)
    {
        foreach (SecretRef secret in encryption.Secrets)
        {
            if (secret.Type is null)
                found.Add(secret, ErrorCode.XmlError, "unknown volume encryption secret type", ErrorDomain.Storage);
            else if (secret.Type != "passphrase")
                found.Add(secret, ErrorCode.ConfigUnsupported, $"unknown volume encryption secret type {secret.Type}", ErrorDomain.Storage);
            Check(secret, found);
        }
        if (encryption is { IvGenerator: { } generator, Cipher: null })
            found.Add(generator, ErrorCode.XmlError, "ivgen element found, but cipher is missing", ErrorDomain.Storage);
    }
}
