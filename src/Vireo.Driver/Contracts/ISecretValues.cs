using Vireo.Core;

namespace Vireo.Driver.Contracts;

/// <summary>What other drivers ask of secrets: the value that a document refers to.</summary>
public interface ISecretValues
{
    /// <summary>The value of a secret, of which the caller wipes his copy when he has used it.</summary>
    /// <param name="which">By uuid or by usage.</param>
    /// <param name="usage">What it is for: a secret for something else is none.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="Core.Errors.VireoException">VIR_ERR_NO_SECRET: there is none, or it has no value.</exception>
    ValueTask<byte[]> GetValueAsync(SecretLookup which, SecretUsageType usage, CancellationToken cancel);
}

/// <summary>Which secret.</summary>
/// <param name="Uuid">By uuid; null: by usage.</param>
/// <param name="Usage">What it is used for; null: by uuid.</param>
public readonly record struct SecretLookup(Uuid? Uuid, string? Usage);
