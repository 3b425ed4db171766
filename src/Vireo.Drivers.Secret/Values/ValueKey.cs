using System.Security.Cryptography;
using Vireo.Core.Errors;
using Vireo.Host.Files;

namespace Vireo.Drivers.Secret.Values;

/// <summary>
/// The key under which values of secrets are on the disk (AES-256-GCM, bound to the secret's uuid). It lies in a file of its own, away from the values: a backup or a
/// copy of the configuration alone opens none of them.
/// </summary>
sealed class ValueKey
{
    const int KeyLength = 32, NonceLength = 12, TagLength = 16;
    static ReadOnlySpan<byte> Magic => "VireoSecret1"u8;

    readonly byte[] key;

    ValueKey(byte[] key) => this.key = key;

    /// <summary>Reads the key of a file, which is made if it is not there.</summary>
    public static ValueKey Open(string file)
    {
        if (!File.Exists(file))
        {
            AtomicFile.MakeFolder(Path.GetDirectoryName(file)!, 0x1c0);
            AtomicFile.Write(file, RandomNumberGenerator.GetBytes(KeyLength));
        }
        byte[] key = File.ReadAllBytes(file);
        return key.Length == KeyLength ? new ValueKey(key)
            : throw VireoException.Internal(ErrorDomain.Secret, $"'{file}' is no key of {KeyLength} bytes");
    }

    /// <summary>What is written of a value.</summary>
    public byte[] Seal(ReadOnlySpan<byte> value, ReadOnlySpan<byte> boundTo)
    {
        // magic, nonce, tag, and the value in cipher
        byte[] sealed_ = new byte[Magic.Length + NonceLength + TagLength + value.Length];
        Magic.CopyTo(sealed_);
        Span<byte> nonce = sealed_.AsSpan(Magic.Length, NonceLength), tag = sealed_.AsSpan(Magic.Length + NonceLength, TagLength);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(key, TagLength);
        cipher.Encrypt(nonce, value, sealed_.AsSpan(Magic.Length + NonceLength + TagLength), tag, boundTo);
        return sealed_;
    }

    /// <summary>The value of what was written.</summary>
    /// <exception cref="VireoException">It was changed, is another secret's, or was written under another key.</exception>
    public byte[] Open(ReadOnlySpan<byte> written, ReadOnlySpan<byte> boundTo)
    {
        int head = Magic.Length + NonceLength + TagLength;
        if (written.Length < head || !written.StartsWith(Magic))
            throw VireoException.Internal(ErrorDomain.Secret, "the file of the value is none of ours");
        byte[] value = new byte[written.Length - head];
        using var cipher = new AesGcm(key, TagLength);
        try
        {
            cipher.Decrypt(written.Slice(Magic.Length, NonceLength), written[head..], written.Slice(Magic.Length + NonceLength, TagLength), value, boundTo);
        }
        catch (CryptographicException fault)
        {
            throw VireoException.Internal(ErrorDomain.Secret, "the value was written under another key, or changed since", fault);
        }
        return value;
    }
}
