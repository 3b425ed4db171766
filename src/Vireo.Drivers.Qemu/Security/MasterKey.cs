using System.Security.Cryptography;

namespace Vireo.Drivers.Qemu.Security;

/// <summary>The key of one run, with which everything secret is encrypted that stands on QEMU's command line: AES-256 in CBC mode, a new vector each time.</summary>
sealed class MasterKey(byte[] key)
{
    const int Length = 32;

    /// <summary>The key itself.</summary>
    internal ReadOnlySpan<byte> Bytes => key;

    /// <summary>A new key.</summary>
    internal static MasterKey Make() => new(RandomNumberGenerator.GetBytes(Length));

    /// <summary>Encrypts for QEMU's secret object: base64 of what comes out, and of the vector.</summary>
    internal (string Data, string Iv) Encrypt(ReadOnlySpan<byte> value)
    {
        using var aes = Aes.Create();
        aes.Key = key;
        aes.GenerateIV();
        return (Convert.ToBase64String(aes.EncryptCbc(value, aes.IV)), Convert.ToBase64String(aes.IV));
    }
}
