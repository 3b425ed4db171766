using Vireo.Core;

namespace Vireo.Driver;

/// <summary>
/// The object that a right is asked on, as its driver knows it, not as the caller named it. Members that its kind does not have, and
/// those that nobody knows, are null: an object that does not exist yet has no uuid unless its document says one.
/// </summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Name">Its name; of a volume the name within its pool, of a secret its usage, of a filter binding its port's device.</param>
/// <param name="Uuid">Its uuid.</param>
public readonly record struct AccessSubject(AccessObject Kind, string? Name = null, Uuid? Uuid = null)
{
    /// <summary>The pool of a volume, the network of a port.</summary>
    public string? Parent { get; init; }

    /// <summary>The uuid of <see cref="Parent"/>.</summary>
    public Uuid? ParentUuid { get; init; }

    /// <summary>A volume's key, an interface's MAC, a binding's filter.</summary>
    public string? Detail { get; init; }

    /// <summary>The device below a binding's port.</summary>
    public string? LinkDevice { get; init; }

    /// <summary>What a secret is for.</summary>
    public SecretUsageType Usage { get; init; }

    /// <summary>Owner and tags that are known already, from the document that the caller brings; null: to be asked for.</summary>
    public ObjectLabels? Labels { get; init; }

    /// <summary>
    /// What is null is not known, rather than not there: a rule that refuses must take it for what it refuses, one that allows must not.
    /// </summary>
    public bool Vague { get; init; }

    /// <summary>The connection itself.</summary>
    public static AccessSubject Connection { get; }

    /// <summary>For people: "domain 'vm1'".</summary>
    public override string ToString() =>
        Kind is AccessObject.Connect ? "the connection"
        : $"{AccessRight.NameOf(Kind)} '{(Parent is null ? "" : Parent + "/")}{Name ?? Uuid?.ToString() ?? "?"}'";
}

/// <summary>What an object's metadata says for policies: see <see cref="Namespace"/>.</summary>
/// <param name="Owner">Whose it is; null: nobody's.</param>
/// <param name="Tags">Words that policies may go by.</param>
public sealed record ObjectLabels(string? Owner, IReadOnlyList<string> Tags)
{
    /// <summary>
    /// The namespace of the element in an object's metadata: <c>&lt;v:rights xmlns:v="urn:vireo:rights:1" owner="alice" tags="web test"/></c>.
    /// </summary>
    public const string Namespace = "urn:vireo:rights:1";

    /// <summary>No owner, no tags.</summary>
    public static ObjectLabels None { get; } = new(null, []);
}

/// <summary>Knows owners and tags; asked only by policies whose rules go by them.</summary>
public interface ILabelSource
{
    /// <summary>The labels of an object; none if it has none or cannot be found.</summary>
    ObjectLabels LabelsOf(in AccessSubject subject);
}
