namespace Vireo.Driver;

/// <summary>
/// Decides what a caller may do. Null in place of a policy allows everything; the read-only flag of a connection is
/// checked before, always.
/// </summary>
public interface IAccessPolicy
{
    /// <summary>Its name in access_drivers.</summary>
    string Name { get; }

    /// <summary>
    /// Whether an answer may have to wait for somebody outside, so that it must not be asked for on a thread that serves others. Asked for once.
    /// </summary>
    bool MayWait { get; }

    /// <summary>Whether this caller holds this right on this object. Any thread.</summary>
    bool Allows(in AccessQuestion question);
}

/// <summary>A right that is asked for.</summary>
/// <param name="Caller">Who.</param>
/// <param name="Driver">The driver's type, such as "QEMU".</param>
/// <param name="Right">The right.</param>
/// <param name="Subject">The object; of the kind that the right is about.</param>
/// <param name="Labels">Knows owners and tags; null: nobody does.</param>
public readonly record struct AccessQuestion(Caller Caller, string Driver, AccessRight Right, AccessSubject Subject, ILabelSource? Labels = null);

/// <summary>Several policies, asked in order: all must agree.</summary>
public sealed class AccessPolicies(params IReadOnlyList<IAccessPolicy> policies) : IAccessPolicy
{
    readonly IAccessPolicy[] all = [.. policies];

    /// <inheritdoc/>
    public string Name { get; } = string.Join(' ', policies.Select(static policy => policy.Name));

    /// <inheritdoc/>
    public bool MayWait { get; } = policies.Any(static policy => policy.MayWait);

    /// <inheritdoc/>
    public bool Allows(in AccessQuestion question)
    {
        foreach (IAccessPolicy policy in all)
            if (!policy.Allows(question))
                return false;
        return true;
    }
}
