using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Driver.Contracts;
using Vireo.Drivers.Secret.Values;
using Vireo.Model.Secret;

namespace Vireo.Drivers.Secret;

/// <summary>The secrets that the daemon knows. Reads take the table as it is; changes come one after the other.</summary>
sealed partial class SecretKeeper : ISecretValues
{
    readonly Lock gate = new();
    readonly SecretFiles files;
    readonly ILogger _logger;
    volatile Dictionary<Uuid, KeptSecret> all = [];

    internal SecretKeeper(SecretDriverOptions options)
    {
        files = new SecretFiles(options.Paths);
        _logger = options.Log;
        Events = new(SinkFailed);
    }

    internal EventHub<SecretEvent> Events { get; }

    internal IEnumerable<KeptSecret> All => all.Values.OrderBy(static secret => secret.Uuid.ToString(), StringComparer.Ordinal);

    internal KeptSecret Get(Uuid uuid) => all.GetValueOrDefault(uuid) ?? throw SecretErrors.NoSecretOf(uuid);

    internal KeptSecret? Find(SecretUsageType type, string usage) => all.Values.FirstOrDefault(secret => secret.UsageType == type && secret.UsageId == usage);

    /// <summary>What is on the disk, and what is in memory alone stays.</summary>
    internal void Load()
    {
        lock (gate)
        {
            var loaded = all.Values.Where(static secret => secret.IsEphemeral).ToDictionary(static secret => secret.Uuid);
            foreach (KeptSecret secret in files.Load(FileNotUnderstood))
                loaded[secret.Uuid] = secret;
            all = loaded;
        }
    }

    /// <summary>Makes a secret, or changes what is said of one; its use stays.</summary>
    internal KeptSecret Define(SecretDef written)
    {
        SecretDef def = written with { Uuid = written.Uuid ?? Uuid.NewRandom() };
        lock (gate)
        {
            var secret = new KeptSecret(def, null);
            if (all.TryGetValue(secret.Uuid, out KeptSecret? known))
            {
                if (known.UsageType != secret.UsageType || known.UsageId != secret.UsageId)
                    throw SecretErrors.Taken(known.Uuid, known.UsageId, bySame: true);
                if (known.IsPrivate && !secret.IsPrivate)
                    throw VireoException.Internal(ErrorDomain.Secret, "cannot change private flag on existing secret");
                secret = secret with { Value = known.Value };
            }
            else if (secret.UsageType is not SecretUsageType.None && Find(secret.UsageType, secret.UsageId) is { } other)
                throw SecretErrors.Taken(other.Uuid, other.UsageId, bySame: false);
            if (secret.IsEphemeral)
                files.Delete(secret.Uuid);
            else
            {
                files.Save(secret.Def);
                if (known is { IsEphemeral: true, Value: { } value })
                    files.SaveValue(secret.Uuid, value);
            }
            Put(secret);
            return secret;
        }
    }

    internal void SetValue(Uuid uuid, byte[] value)
    {
        lock (gate)
        {
            KeptSecret secret = Get(uuid);
            if (!secret.IsEphemeral)
                files.SaveValue(uuid, value);
            Put(secret with { Value = [.. value] });
            Wipe(secret.Value);
        }
    }

    internal void Undefine(Uuid uuid)
    {
        lock (gate)
        {
            KeptSecret secret = Get(uuid);
            files.Delete(uuid);
            var rest = new Dictionary<Uuid, KeptSecret>(all);
            rest.Remove(uuid);
            all = rest;
            Wipe(secret.Value);
        }
    }

    /// <summary>A copy of the value, the caller's.</summary>
    internal byte[] ValueOf(KeptSecret secret)
    {
        lock (gate)
            return Get(secret.Uuid).Value is { } value ? [.. value] : throw SecretErrors.NoValue(secret.Uuid);
    }

    /// <inheritdoc/>
    public ValueTask<byte[]> GetValueAsync(SecretLookup which, SecretUsageType usage, CancellationToken cancel)
    {
        KeptSecret secret = which.Uuid is { } uuid ? Get(uuid) : Find(usage, which.Usage ?? "") ?? throw SecretErrors.NoSecretFor(which.Usage ?? "");
        if (secret.UsageType != usage)
            throw SecretErrors.WrongUsage(secret.Uuid, secret.UsageType, usage);
        return new(ValueOf(secret));
    }

    void Put(KeptSecret secret) => all = new Dictionary<Uuid, KeptSecret>(all) { [secret.Uuid] = secret };

    static void Wipe(byte[]? value)
    {
        if (value is not null)
            CryptographicOperations.ZeroMemory(value);
    }

    [LoggerMessage(4100, LogLevel.Error, "File {Path} was not understood and is left alone: {Why}")]
    partial void FileNotUnderstood(string path, string why);

    [LoggerMessage(4101, LogLevel.Error, "An event was not delivered")]
    partial void SinkFailed(Exception fault);
}
