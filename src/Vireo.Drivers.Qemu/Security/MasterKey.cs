using System.Security.Cryptography;
using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Security;

/// <summary>The key of one run, with which everything secret is encrypted that stands on QEMU's command line: AES-256 in CBC mode, a new vector each time.</summary>
sealed class MasterKey(byte[] key) : ISecretSource
{
    const int Length = 32;

    /// <summary>The key itself.</summary>
    internal ReadOnlySpan<byte> Bytes => key;

    /// <summary>A new key.</summary>
    internal static MasterKey Make() => new(RandomNumberGenerator.GetBytes(Length));

    /// <inheritdoc/>
    public (string Data, string Iv) Encrypt(SecretRef secret) => throw VireoException.NoSupport("secrets of devices", ErrorDomain.Qemu);

    /// <inheritdoc/>
    public (string Data, string Iv) Encrypt(ReadOnlySpan<byte> value)
    {
        using var aes = Aes.Create();
        aes.Key = key;
        aes.GenerateIV();
        return (Convert.ToBase64String(aes.EncryptCbc(value, aes.IV)), Convert.ToBase64String(aes.IV));
    }
}
