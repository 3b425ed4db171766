using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using Vireo.Driver;
using Vireo.Driver.Contracts;
using Vireo.Model.Storage;

namespace Vireo.Drivers.Storage.Kinds.Rbd;

/// <summary>Who a pool's daemon is for the cluster.</summary>
/// <param name="User">The name; null: nobody, and the cluster must not ask.</param>
/// <param name="Key">The key as the cluster's files have it, in base64, with a zero behind; who has it wipes it.</param>
readonly record struct RbdLogin(string? User, byte[] Key) : IDisposable
{
    /// <summary>Of a pool.</summary>
    /// <exception cref="Core.Errors.VireoException">There is no such secret, or it has no value.</exception>
    public static async ValueTask<RbdLogin> OfAsync(StorageKeeper keeper, StoragePoolDef pool, CancellationToken cancel)
    {
        if (pool.Source!.Auth is not { } auth)
            return new(null, []);
        if (keeper.Options.Secrets is not { } secrets)
            throw StorageErrors.Unsupported("rbd 'ceph' authentication needs secrets, and there is no secret driver");
        byte[] key = await secrets.GetValueAsync(new SecretLookup(auth.Secret.Uuid, auth.Secret.Usage), SecretUsageType.Ceph, cancel).ConfigureAwait(false);
        try
        {
            byte[] text = new byte[Base64.GetMaxEncodedToUtf8Length(key.Length) + 1];
            return Base64.EncodeToUtf8(key, text, out _, out _) is OperationStatus.Done ? new(auth.Username, text) : throw StorageErrors.Internal("the secret is too long");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    public void Dispose() => CryptographicOperations.ZeroMemory(Key);
}
